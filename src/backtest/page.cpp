#include "backtest/page.hpp"

namespace regulars::backtest {

std::string_view page_template() {
    return R"page(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>@TITLE@</title>
<link rel="icon" href="data:,">
<style>@STYLE@</style>
</head>
<body>
<header>
  <div><h1 id="title"></h1><p id="subtitle"></p></div>
  <div class="switch" role="group" aria-label="Language / 语言">
    <button type="button" data-language="en">English</button>
    <button type="button" data-language="zh">中文</button>
  </div>
</header>
<main id="main"></main>
<footer id="footer"></footer>
<script>@CHARTS@</script>
<script id="data" type="application/json">@DATA@</script>
<script>const labels = @LABELS@;
@SCRIPT@</script>
</body>
</html>
)page";
}

std::string_view page_style() {
    return R"style(
:root { --ink: #1d2433; --soft: #5b6577; --line: #d9dee7; --ground: #f6f7f9; --card: #fff; --mark: #2f5fd0; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 15px/1.5 system-ui, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
header, main, footer { max-width: 1120px; margin: 0 auto; padding: 0 20px; }
header { display: flex; justify-content: space-between; align-items: flex-start; gap: 16px; padding-top: 28px; }
h1 { margin: 0; font-size: 26px; } h2 { margin: 0 0 4px; font-size: 18px; } h3 { font-size: 15px; margin: 16px 0 4px; }
p { margin: 4px 0 12px; color: var(--soft); }
.switch { white-space: nowrap; }
button { font: inherit; border: 1px solid var(--line); background: var(--card); padding: 4px 12px; cursor: pointer; }
button:first-child { border-radius: 6px 0 0 6px; }
button:last-child { border-radius: 0 6px 6px 0; margin-left: -1px; }
button[aria-pressed="true"] { background: var(--mark); border-color: var(--mark); color: #fff; }
button:focus-visible, summary:focus-visible { outline: 3px solid #9db8f5; outline-offset: 2px; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin: 20px 0; }
.figure, section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 14px 16px; }
.figure dt { color: var(--soft); } )style"
    R"style(.figure dd { margin: 0; font-size: clamp(14px, 1.35vw, 18px); overflow-wrap: anywhere; font-weight: 600; }
.figure small { color: var(--soft); font-weight: 400; font-size: 13px; display: block; }
dl { margin: 0; }
section { margin: 0 0 18px; break-inside: avoid; }
.chart { width: 100%; height: 340px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: 14px; }
th, td { padding: 4px 10px; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
th:first-child, td:first-child { text-align: left; } thead th { color: var(--soft); font-weight: 600; }
details summary { cursor: pointer; color: var(--mark); margin: 8px 0; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(380px, 1fr)); gap: 18px; }
footer { color: var(--soft); padding-bottom: 40px; }
@media print {
  body { background: #fff; font-size: 12px; } .switch { display: none; }
  section, .figure { border-color: #bbb; } details > *:not(summary) { display: block; }
}
)style";
}

}  // namespace regulars::backtest

#include "api/pages.hpp"

#include <fmt/format.h>

#include "api/problem.hpp"
#include "assets/swagger_ui_script.hpp"
#include "assets/swagger_ui_style.hpp"

namespace regulars::api {

namespace {

constexpr std::string_view style = R"css(
:root { color-scheme: light dark; --ink: #1d2433; --soft: #5a6478; --paper: #fbfaf7; --card: #fff; --edge: #e3e0d8;
        --accent: #b4471f; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e9e6df; --soft: #a9a698; --paper: #191b20; --card: #22252c; --edge: #373b44; --accent: #f0916b; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.6 system-ui, "Noto Sans SC", sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 3rem 1.25rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .5rem; } h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; }
p { margin: .4rem 0; } a { color: var(--accent); } .soft { color: var(--soft); }
pre { background: var(--card); border: 1px solid var(--edge); border-radius: 8px; padding: .9rem 1rem; overflow-x: auto;
      font: 13px/1.5 ui-monospace, monospace; }
form { display: flex; gap: .5rem; flex-wrap: wrap; } input { flex: 1 1 16rem; }
input, button { font: inherit; padding: .5rem .75rem; border-radius: 8px; border: 1px solid var(--edge);
                background: var(--card); color: inherit; }
button { background: var(--accent); border-color: var(--accent); color: #fff; cursor: pointer; }
@media (prefers-color-scheme: dark) { button { color: #191b20; } }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; } td, th { text-align: left; padding: .45rem .6rem .45rem 0;
        border-bottom: 1px solid var(--edge); vertical-align: top; }
code { font-family: ui-monospace, monospace; font-size: .92em; }
)css";

struct LandingTexts {
    std::string_view language;
    std::string_view other_link;
    std::string_view lead;
    std::string_view documentation;
    std::string_view look_up;
    std::string_view look_up_label;
    std::string_view look_up_button;
    std::string_view look_up_hint;
    std::string_view from_shell;
    std::string_view more;
};

constexpr LandingTexts english{
    "en", R"(<a href="/?language=zh" lang="zh">中文</a>)",
    "The membership system of this shop is running. "
    "It decides what every order earns, keeps tiers and points in order, and says why.",
    R"(<a href="/docs">Documentation to read and try</a>, <a href="/openapi.json">OpenAPI</a>,
<a href="/problems">what the error codes mean</a>, <a href="/v1/programme">the programme in force</a>)",
    "Ask about a member", "Member id, or identity as KIND:VALUE", "Show",
    "For example <code>1</code>, <code>customer:shop:17850</code> or <code>phone:+8613800138000</code>.",
    "From a shell", R"(<a href="/healthz">healthz</a>, <a href="/readyz">readyz</a>, <a href="/metrics">metrics</a>)"};

constexpr LandingTexts chinese_texts{
    "zh", R"(<a href="/" lang="en">English</a>)",
    "本店的会员系统正在运行：它决定每笔订单的所得，管理等级与积分，并说明原因。",
    R"(<a href="/docs?language=zh">可试用的文档</a>、<a href="/openapi.json?language=zh">OpenAPI</a>、<a
href="/problems">错误代码说明</a>、<a href="/v1/programme">现行计划</a>)",
    "查询会员", "会员编号，或 KIND:VALUE 形式的身份", "查询",
    "例如 <code>1</code>、<code>customer:shop:17850</code> 或 <code>phone:+8613800138000</code>。", "命令行",
    R"(<a href="/healthz">healthz</a>、<a href="/readyz">readyz</a>、<a href="/metrics">metrics</a>)"};

constexpr std::string_view look_up_script = R"js(
const form = document.getElementById("look-up"), out = document.getElementById("answer");
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const who = form.who.value.trim();
  const path = /^[0-9]+$/.test(who) ? "/v1/members/" + who
                                    : "/v1/members?identity=" + encodeURIComponent(who);
  out.hidden = false;
  out.textContent = "…";
  try {
    const answer = await fetch(path);
    out.textContent = JSON.stringify(await answer.json(), null, 2);
  } catch (error) {
    out.textContent = String(error);
  }
});
)js";

constexpr std::string_view shell_example =
    "curl http://HOST/v1/members/1\n"
    "curl http://HOST/v1/members/1/entitlements\n"
    "curl http://HOST/v1/quotes -H 'Content-Type: application/json' \\\n"
    "     -d '{\"member\":\"1\",\"lines\":[{\"amount_minor\":19900}]}'\n";

constexpr std::string_view html = "text/html; charset=utf-8";
/// Scripts and styles of our own pages only; nothing from other origins.
constexpr std::string_view content_policy =
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

Response page(std::string body) {
    Response response{200, html, std::move(body), {}};
    response.headers.emplace_back("Content-Security-Policy", content_policy);
    return response;
}

std::string shell(std::string_view language, std::string_view title, std::string_view body) {
    return fmt::format("<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title>\n"
                       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                       "<link rel=\"icon\" href=\"data:,\"><style>{}</style></head>\n"
                       "<body><main>{}</main></body></html>\n",
                       language, title, style, body);
}

}  // namespace

Response landing_page(bool chinese) {
    const LandingTexts& texts = chinese ? chinese_texts : english;
    std::string body = fmt::format(
        "<p class=\"soft\">{}</p><h1>Regulars</h1><p>{}</p><p>{}</p>\n<h2>{}</h2>\n"
        "<form id=\"look-up\"><input name=\"who\" aria-label=\"{}\" placeholder=\"{}\" required>"
        "<button>{}</button></form>\n"
        "<p class=\"soft\">{}</p><pre id=\"answer\" aria-live=\"polite\" hidden></pre>\n",
        texts.other_link, texts.lead, texts.documentation, texts.look_up, texts.look_up_label, texts.look_up_label,
        texts.look_up_button, texts.look_up_hint);
    body += fmt::format("<h2>{}</h2><pre id=\"shell\">{}</pre><p class=\"soft\">{}</p>", texts.from_shell,
                        shell_example, texts.more);
    body += fmt::format("<script>{}document.getElementById(\"shell\").textContent = "
                        "document.getElementById(\"shell\").textContent.replaceAll(\"HOST\", location.host);</script>",
                        look_up_script);
    return page(shell(texts.language, "Regulars", body));
}

Response docs_page(bool chinese) {
    return page(fmt::format(
        "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><title>Regulars API</title>\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><link rel=\"icon\" href=\"data:,\">\n"
        "<link rel=\"stylesheet\" href=\"/docs/swagger-ui.css\"></head>\n<body><div id=\"swagger-ui\"></div>\n"
        "<script src=\"/docs/swagger-ui.js\"></script>\n"
        "<script>SwaggerUIBundle({{url: \"/openapi.json{}\", dom_id: \"#swagger-ui\", deepLinking: true}});</script>\n"
        "</body></html>\n",
        chinese ? "zh" : "en", chinese ? "?language=zh" : ""));
}

Response docs_script() {
    return {200, "text/javascript; charset=utf-8", std::string(assets::swagger_ui_script()), {}};
}

Response docs_style() {
    return {200, "text/css; charset=utf-8", std::string(assets::swagger_ui_style()), {}};
}

Response problems_page() {
    std::string body = "<h1>Problems</h1><p>Every error is an RFC 9457 problem with one of these codes. Codes are "
                       "stable; titles and details are for people.</p>\n<table><thead><tr><th>Status</th><th>Code</th>"
                       "<th>What happened</th><th>What to do</th></tr></thead><tbody>\n";
    for (const ProblemRow* row : all_problem_rows())
        body += fmt::format("<tr id=\"{}\"><td>{}</td><td><code>{}</code></td><td>{}</td><td>{}</td></tr>\n", row->code,
                            row->status, row->code, row->title, row->what_to_do);
    return page(shell("en", "Regulars: problems", body + "</tbody></table>"));
}

}  // namespace regulars::api

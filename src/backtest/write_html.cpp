#include "backtest/page.hpp"
#include "backtest/write.hpp"

namespace regulars::backtest {

namespace {

void replace(std::string& text, std::string_view placeholder, std::string_view value) {
    const auto place = text.find(placeholder);
    if (place != std::string::npos) text.replace(place, placeholder.size(), value);
}

std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : text) {
        switch (c) {
            case '<':
                result += "&lt;";
                break;
            case '>':
                result += "&gt;";
                break;
            case '&':
                result += "&amp;";
                break;
            case '"':
                result += "&quot;";
                break;
            default:
                result += c;
        }
    }
    return result;
}

}  // namespace

// The placeholders are replaced from the last to the first, so that no text put in can be taken for one.
std::string write_html(const Report& report, const Other& other, std::string_view chart_script) {
    std::string page(page_template());
    replace(page, "@SCRIPT@", page_script());
    replace(page, "@LABELS@", page_labels());
    replace(page, "@DATA@", page_data(report, other));
    replace(page, "@CHARTS@", chart_script);
    replace(page, "@STYLE@", page_style());
    replace(page, "@TITLE@", escaped(report.programme));
    return page;
}

}  // namespace regulars::backtest

// The texts of the HTML report: frame, style, labels in both languages, and the script that draws it.
#pragma once

#include <string_view>

namespace regulars::backtest {

/// The page with the places @TITLE@, @STYLE@, @CHARTS@, @DATA@, @LABELS@ and @SCRIPT@, in this order.
[[nodiscard]] std::string_view page_template();
[[nodiscard]] std::string_view page_style();
/// A JavaScript object: every label in English and Chinese.
[[nodiscard]] std::string_view page_labels();
/// Draws what page_data says with ECharts, and a table under each chart.
[[nodiscard]] std::string_view page_script();

}  // namespace regulars::backtest

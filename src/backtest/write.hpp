// A report as files: JSON for programs, CSV by member, HTML for people.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "backtest/order_table.hpp"
#include "backtest/report.hpp"
#include "base/time.hpp"

namespace regulars::backtest {

/// A report beside the one of another programme over the same orders; both may be null.
struct Other {
    const Report* report = nullptr;
    const Comparison* comparison = nullptr;
};

/// The figures with stable keys, indented, ending with a newline. Amounts are minor units.
[[nodiscard]] std::string write_json(const Report& report, const Other& other);

/// Called with stretches of a file, in order.
using WriteText = std::function<void(std::string_view)>;

/// customer_id,tier,growth,points_available,points_pending,balance_minor,orders,spend_minor,last_order_at: a line for
/// each member in order of first appearance. Orders and spend are those that have settled, less what came back. A
/// member who never ordered, of whom only facts tell, has no last_order_at.
void write_members_csv(std::span<const Standing> standings, const Report& report, const OrderTable& table,
                       const Zone& zone, const WriteText& write);

/// One page that needs nothing else: `chart_script` is the text of echarts.min.js.
[[nodiscard]] std::string write_html(const Report& report, const Other& other, std::string_view chart_script);

/// Everything that the HTML page shows, as JSON that may stand inside a script element.
[[nodiscard]] std::string page_data(const Report& report, const Other& other);

}  // namespace regulars::backtest

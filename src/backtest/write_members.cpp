#include <fmt/format.h>

#include <iterator>

#include "backtest/rejects.hpp"
#include "backtest/write.hpp"

namespace regulars::backtest {

void write_members_csv(std::span<const Standing> standings, const Report& report, const OrderTable& table,
                       const Zone& zone, const WriteText& write) {
    constexpr std::size_t stretch_size = 1 << 16;
    std::string text =
        "customer_id,tier,growth,points_available,points_pending,balance_minor,orders,spend_minor,last_order_at\n";
    for (const Standing& standing : standings) {
        fmt::format_to(std::back_inserter(text), "{},{},{},{},{},{},{},{},{}\n",
                       csv_field(table.customers().text(standing.customer)),
                       csv_field(report.tiers[standing.tier].name), standing.growth, standing.points_available,
                       standing.points_pending, standing.balance_minor, standing.orders, standing.spend_minor,
                       standing.last_order_at == instant_min ? "" : local_text_of(standing.last_order_at, zone));
        if (text.size() < stretch_size) continue;
        write(text);
        text.clear();
    }
    write(text);
}

}  // namespace regulars::backtest

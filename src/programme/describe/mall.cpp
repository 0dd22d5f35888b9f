#include <fmt/format.h>

#include <iterator>

#include "programme/describe/parts.hpp"
#include "programme/money_text.hpp"

namespace regulars::programme {

namespace {

std::string price_text(const Programme& programme, const MallPrice& price) {
    const std::string points = fmt::format("{} points", price.points.count());
    if (price.money.is_zero()) return points;
    return points + " and " + money_text(price.money, programme.minor_digits) + " " + programme.currency;
}

std::string count_text(const char* before, const std::optional<std::int64_t>& count, const char* after) {
    return count ? fmt::format(", {}{}{}", before, *count, after) : "";
}

std::string stock_text(const Stock& stock) {
    return count_text("", stock.total, " in all") + count_text("", stock.per_day, " a day");
}

void describe_item(const Programme& programme, const MallItem& item, std::string& text) {
    auto out = std::back_inserter(text);
    const bool goods = item.kind == MallItem::Kind::goods;
    fmt::format_to(out, "  {} ({}): {} {}", item.name, item.title.en, goods ? "goods" : "coupon",
                   goods ? item.product : programme.coupons.templates[item.coupon].name);
    if (!item.only_in_windows) fmt::format_to(out, ", {}", price_text(programme, item.price));
    fmt::format_to(out, "{}{}{}", count_text("at most ", item.limit.total, " for each member"),
                   count_text("at most ", item.limit.per_day, " for each member on a day"), stock_text(item.stock));
    if (goods && !item.cancellable) text += ", not to be cancelled";
    text += "\n";
    for (const MallWindow& window : item.windows)
        fmt::format_to(out, "    {} ({}): {}{}\n", window.name, window.title.en, price_text(programme, window.price),
                       stock_text(window.stock));
}

}  // namespace

void describe_mall(const Programme& programme, std::string& text) {
    if (!programme.mall.items.empty()) text += "Points mall\n";
    for (const MallItem& item : programme.mall.items) describe_item(programme, item, text);
}

}  // namespace regulars::programme

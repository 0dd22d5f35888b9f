#include <fmt/format.h>

#include <iterator>

#include "programme/describe/parts.hpp"
#include "programme/money_text.hpp"

namespace regulars::programme {

namespace {

std::string kind_text(const Promotion& promotion) {
    using Kind = Promotion::Kind;
    if (promotion.kind == Kind::newcomer) return "for newcomers";
    if (promotion.kind == Kind::flash) return "flash sale";
    if (promotion.kind == Kind::group)
        return fmt::format("for {} who buy together within {} hours", promotion.group_size, promotion.group_hours);
    return "price";
}

std::string price_text(const Programme& programme, const Promotion& promotion) {
    if (!promotion.price) return percent(promotion.rate) + " off";
    return money_text(*promotion.price, programme.minor_digits) + " " + programme.currency + " a piece";
}

std::string pieces_text(const std::optional<std::int64_t>& count, const char* what) {
    return count ? fmt::format(", {} piece{} {}", *count, *count == 1 ? "" : "s", what) : "";
}

}  // namespace

void describe_promotions(const Programme& programme, std::string& text) {
    if (programme.promotions.promotions.empty()) return;
    text += "Promotions\n";
    for (const Promotion& promotion : programme.promotions.promotions)
        fmt::format_to(std::back_inserter(text), "  {} ({}): {}, {}{}{}{}{}{}{}\n", promotion.name, promotion.title.en,
                       kind_text(promotion), price_text(programme, promotion),
                       pieces_text(promotion.stock.total, "in all"), pieces_text(promotion.stock.per_day, "a day"),
                       pieces_text(promotion.limit.total, "for each member"),
                       pieces_text(promotion.limit.per_day, "for each member on a day"),
                       promotion.with_tier_price ? ", tier discounts on top" : "",
                       promotion.with_coupons ? "" : ", no coupons");
}

}  // namespace regulars::programme

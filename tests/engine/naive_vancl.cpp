#include "naive_vancl.hpp"

namespace regulars::model {

namespace {

constexpr std::int64_t vip_from = 2000'00;
constexpr std::int64_t svip_from = 2500'00;
constexpr std::int64_t stay_from = 1000'00;

/// Points for 1.00, times two so that they are whole.
std::int64_t double_rate(const std::string& price_kind) {
    if (price_kind == "regular") return 4;
    if (price_kind == "gift_card") return 2;
    return 1;  // special, group and third-party goods: half a point
}

std::int64_t double_multiplier(const std::string& tier) {
    if (tier == "svip") return 4;
    if (tier == "vip") return 3;
    return 2;
}

}  // namespace

NaiveVancl::NaiveVancl() : NaiveShop("Asia/Shanghai") { tier_ = "normal"; }

Instant NaiveVancl::settles_at(const NaiveOrder& order) const {
    return order.shipped_at ? days_later(*order.shipped_at, 30) : instant_max;
}

std::int64_t NaiveVancl::points_of(const NaiveOrder& order) const {
    ExactSum sum;
    for (const NaiveLine& line : order.lines) {
        if (line.amount == 0) continue;
        const std::int64_t other = line.amount - line.by_gift_card;
        const std::int64_t whole_line = other * double_rate(line.price_kind) + line.by_gift_card * 2;
        sum.add(static_cast<Wide>(whole_line) * double_multiplier(order.tier_at_payment) * line.amount_left,
                static_cast<Wide>(line.amount) * 400);
    }
    return sum.rounded_down();
}

LocalDate NaiveVancl::renewed_until(LocalDate today) const { return add_years(today, 1); }

/// What was counted since the last change or new period is what is left of the orders counted in it.
std::int64_t NaiveVancl::counted() const {
    std::int64_t sum = 0;
    for (const NaiveOrder& order : orders())
        if (order.settled && order.counting == counting_) sum += amount_left(order);
    return sum;
}

Instant NaiveVancl::tier_due() const { return period_last_day_ ? zone_.end_of(*period_last_day_) : instant_max; }

void NaiveVancl::do_tier_due() {
    const LocalDate next_last_day = add_years(*period_last_day_, 1);
    if (counted() < stay_from) change_tier("normal", std::nullopt);
    else if (tier_ == "svip" && counted() < svip_from) change_tier("vip", next_last_day);
    else change_tier(tier_, next_last_day);
}

void NaiveVancl::climb() {
    const LocalDate last_day = add_years(today(), 1);
    if (tier_ == "normal" && counted() >= vip_from) change_tier("vip", last_day);
    else if (tier_ == "vip" && counted() >= svip_from) change_tier("svip", last_day);
}

void NaiveVancl::granted(const engine::TierGranted& fact) {
    if (fact.tier == "normal") change_tier("normal", std::nullopt);
    else change_tier(fact.tier, fact.until.value_or(add_years(today(), 1)));
}

void NaiveVancl::change_tier(const std::string& tier, std::optional<LocalDate> last_day) {
    tier_ = tier;
    period_last_day_ = last_day;
    restart_counting();
}

}  // namespace regulars::model

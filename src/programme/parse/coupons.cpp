#include <utility>

#include "programme/parse/scalars.hpp"
#include "programme/parse/sections.hpp"

namespace regulars::programme {

namespace {

std::string read_coupon_name(Context& context, const Section& section, const CouponPolicy& known) {
    const auto place = section.require("name", "the name that packs, grants and costs show");
    const auto name = place ? read_name(context.reader, *place) : std::nullopt;
    if (!name) return {};
    if (known.find(*name) != nullptr)
        context.reader.complain(*place, {"two coupons have one name", "another name"});
    else
        claim_code(context, *place, *name, "coupon");
    return *name;
}

bool read_flag(const Section& section, std::string_view key, bool otherwise) {
    const auto place = section.find(key);
    return place ? read_boolean(section.reader(), *place).value_or(otherwise) : otherwise;
}

// On which orders of whom, and when, it can be used.
void read_conditions(Context& context, const Section& section, CouponTemplate& coupon) {
    Reader& reader = context.reader;
    if (const auto minimum = section.find("minimum"))
        coupon.minimum = read_money(reader, *minimum, context.minor_digits).value_or(Money());
    coupon.match = read_match(context, section.find("for"), section.find("except"));
    if (coupon.match.tender)
        reader.complain(*section.find("for"),
                        {"a coupon is taken off before it is known how a line is paid", "no tender in for"});
    if (const auto tiers = section.find("tiers")) coupon.tiers = read_tier_mask(context, *tiers);
    if (const auto plans = section.find("plans")) coupon.plans = read_plan_mask(context, *plans);
    if (const auto stages = section.find("stages"))
        coupon.stages = read_mask(reader, *stages, context.stage_names, "stage");
    if (const auto when = section.find("when")) coupon.when = read_condition(context, *when, Sight::member);
    if (const auto times = section.find("times")) coupon.times = read_day_times(reader, *times);
    if (const auto valid = section.find("valid")) coupon.valid = read_validity(reader, *valid);
    if (const auto remind = section.find("remind")) coupon.remind_hours = read_reminder(reader, *remind, coupon.valid);
    if (const auto pass_on = section.find("pass_on")) {
        coupon.gift_hours = read_pass_on(reader, *pass_on);
        if (coupon.kind == CouponTemplate::Kind::partner)
            reader.complain(*pass_on, {"the other shop's code stays with whom it was given to", "no pass_on"});
    }
}

// What it goes together with on an order, and what a return does.
void read_company(const Section& section, CouponTemplate& coupon) {
    static constexpr Choices<bool, 2> return_choices{{{"give_back", true}, {"lost", false}}};
    Reader& reader = section.reader();
    if (const auto group = section.find("group")) coupon.group = read_name(reader, *group).value_or("");
    coupon.alone = read_flag(section, "alone", false);
    coupon.with_tier_price = read_flag(section, "with_tier_price", true);
    if (const auto on_return = section.find("on_return"))
        coupon.back_on_return = read_choice(reader, *on_return, return_choices).value_or(true);
}

CouponTemplate read_coupon(Context& context, const Place& place, const CouponPolicy& known) {
    const Section section(context.reader, place, keys::coupon);
    CouponTemplate coupon;
    coupon.name = read_coupon_name(context, section, known);
    coupon.title = read_title_or(section, coupon.name);
    read_coupon_kind(context, section, known, coupon);
    read_conditions(context, section, coupon);
    read_company(section, coupon);
    if (const auto claim = section.find("claim")) coupon.claim = read_claim(context.reader, *claim, known);
    if (const auto stock = section.find("stock")) coupon.stock = read_stock(context, *stock, coupon);
    return coupon;
}

}  // namespace

CouponPolicy read_coupons(Context& context, const Place& place) {
    Reader& reader = context.reader;
    const Section section(reader, place, keys::coupons);
    CouponPolicy policy;
    if (const auto templates = section.find("templates"))
        for (const Place& item : items_of(reader, *templates, limits::coupon_templates_max))
            policy.templates.push_back(read_coupon(context, item, policy));
    if (const auto packs = section.find("packs")) read_packs(reader, *packs, policy);
    if (const auto stacking = section.find("stacking")) read_stacking(reader, *stacking, policy);
    return policy;
}

}  // namespace regulars::programme

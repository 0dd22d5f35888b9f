#include <algorithm>
#include <utility>

#include "programme/parse/scalars.hpp"
#include "programme/parse/sections.hpp"

namespace regulars::programme {

namespace {

using On = Grant::On;

constexpr Choices<On, 11> on_choices{{{"registration", On::registration},
                                     {"first_order", On::first_order},
                                     {"tier_reached", On::tier_reached},
                                     {"birthday", On::birthday},
                                     {"birthday_month", On::birthday_month},
                                     {"monthly", On::monthly},
                                     {"quarterly", On::quarterly},
                                     {"yearly", On::yearly},
                                      {"anniversary", On::anniversary},
                                      {"plan_bought", On::plan_bought},
                                      {"profile_complete", On::profile_complete}}};

// Whether it comes by the passing of time (orders settle and tiers change by it too), when the shares of all members in
// a stock are not at hand.
bool comes_with_time(On on) { return on != On::registration; }

std::string read_grant_code(Reader& reader, const Section& section, const std::vector<Grant>& known) {
    const auto place = section.require("code", "the name that explanations show");
    const auto code = place ? read_name(reader, *place) : std::nullopt;
    const auto has_code = [&](const Grant& grant) { return code && grant.code == *code; };
    if (std::any_of(known.begin(), known.end(), has_code))
        reader.complain(*place, {"the code stands twice in this list", "another code"});
    return code.value_or("");
}

// One complaint for each name, even where it is that of a pack with several such coupons.
void check_items(Reader& reader, const std::vector<PlacedItem>& items, const CouponPolicy& policy, const Grant& grant) {
    const Node* told = nullptr;
    for (const PlacedItem& one : items) {
        const CouponTemplate& coupon = policy.templates[one.item.coupon];
        const Node* node = one.place.node;
        if (comes_with_time(grant.on) && coupon.kind == CouponTemplate::Kind::partner && told != node) {
            told = node;
            reader.complain(one.place, {"the pool of " + coupon.name +
                                            " is shared by all members, who are not counted when a grant comes by the "
                                            "passing of time",
                                        "a coupon of another kind, or claim: true instead of a grant"});
        }
        if (comes_with_time(grant.on) && coupon.stock.shared() && told != node) {
            told = node;
            reader.complain(one.place, {"the stock of " + coupon.name +
                                            " is shared by all members (total, per_day or budget), "
                                            "who are not counted when a grant comes by the passing of time",
                                        "a stock with per_member limits only, or claim: true instead of a grant"});
        }
        if ((coupon.tiers & grant.tiers) == 0 && told != node) {
            told = node;
            reader.complain(one.place,
                            {"none of the grant's tiers can use " + coupon.name, "a coupon for one of its tiers"});
        }
    }
}

void read_tier_card(Context& context, const Place& place, Grant& grant) {
    const Section section(context.reader, place, keys::tier_card);
    const auto name = section.require("name", "a tier above the base");
    grant.tier = name ? read_tier_rank(context, *name) : std::nullopt;
    const auto length = section.require("for", "how long it holds, such as 30 days");
    const auto span = length ? read_span(context.reader, *length) : std::nullopt;
    if (span) grant.tier_for = *span;
    if (!span) grant.tier.reset();
    if (grant.on == On::tier_reached)
        context.reader.complain(place, {"a tier cannot come with a tier that is reached", "another occasion"});
    if (grant.tier && (grant.tiers & ((1U << *grant.tier) - 1)) == 0)
        context.reader.complain(*name, {"none of the grant's tiers is below this one", "a higher tier"});
}

void read_gifts(Context& context, const Section& section, const CouponPolicy& policy, Grant& grant) {
    Reader& reader = context.reader;
    const auto points = section.find("points");
    const auto coupons = section.find("coupons");
    if (points) grant.points = Points(read_integer(reader, *points, 1, limits::points_max).value_or(0));
    if (coupons) {
        const auto items = read_coupon_items(reader, *coupons, policy);
        check_items(reader, items, policy, grant);
        for (const PlacedItem& one : items) grant.coupons.push_back(one.item);
    }
    const auto tier = section.find("tier");
    if (tier) read_tier_card(context, *tier, grant);
    if (!points && !coupons && !tier && section.place().is_mapping())
        reader.complain(section.place(), {"this gives nothing", "points, coupons or a tier"});
}

// `on`: nothing when it could not be read.
std::uint32_t read_grant_tiers(Context& context, const Place& place, std::optional<On> on) {
    constexpr std::uint32_t base = 1;
    Reader& reader = context.reader;
    const std::size_t before = reader.complaint_count();
    const std::uint32_t tiers = read_tier_mask(context, place);
    if (reader.complaint_count() != before) return ~0U;
    if (on == On::registration && (tiers & base) == 0)
        reader.complain(place, {"who registers stands on the base tier", "the base tier too, or no tiers"});
    if (on == On::tier_reached && (tiers & ~base) == 0)
        reader.complain(place, {"nobody climbs to the base tier", "a higher tier, or no tiers"});
    return tiers;
}

// `on`: nothing when it could not be read.
void read_grant_plans(Context& context, const Section& section, std::optional<On> on, Grant& grant) {
    const auto plans = section.find("plans");
    if (plans) grant.plans = read_plan_mask(context, *plans);
    if (plans && on == On::registration)
        context.reader.complain(*plans, {"nobody holds a plan when they register", "another occasion, or no plans"});
    if (on == On::plan_bought && context.plan_names.empty())
        context.reader.complain(*section.find("on"), {"the programme has no plans", "plans beside it"});
}

Grant read_grant(Context& context, const Place& place, const CouponPolicy& policy, const std::vector<Grant>& known) {
    Reader& reader = context.reader;
    const Section section(reader, place, keys::grant);
    Grant grant;
    grant.code = read_grant_code(reader, section, known);
    grant.title = read_title_or(section, grant.code);
    const auto occasion = section.require("on", "what it comes with, such as registration or monthly");
    const auto on = occasion ? read_choice(reader, *occasion, on_choices) : std::nullopt;
    grant.on = on.value_or(On::registration);
    if (const auto tiers = section.find("tiers")) grant.tiers = read_grant_tiers(context, *tiers, on);
    read_grant_plans(context, section, on, grant);
    const auto fields = section.find("fields");
    if (fields) grant.fields = read_grant_fields(context, *fields);
    if (on == On::profile_complete && !fields)
        reader.complain(*occasion, {"this does not say what makes the profile complete", "fields beside it"});
    if (fields && on && on != On::profile_complete)
        reader.complain(*fields, {"only a complete profile has fields", "on: profile_complete beside it"});
    if (const auto when = section.find("when")) grant.when = read_condition(context, *when, Sight::member);
    read_gifts(context, section, policy, grant);
    return grant;
}

}  // namespace

std::vector<Grant> read_grants(Context& context, const Place& place, const CouponPolicy& coupons) {
    std::vector<Grant> grants;
    for (const Place& item : items_of(context.reader, place, limits::grants_max))
        grants.push_back(read_grant(context, item, coupons, grants));
    return grants;
}

}  // namespace regulars::programme

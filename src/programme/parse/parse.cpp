#include "programme/parse.hpp"

#include <algorithm>
#include <utility>

#include "base/check.hpp"
#include "base/nearest.hpp"
#include "programme/names.hpp"
#include "programme/parse/currencies.hpp"
#include "programme/parse/document.hpp"
#include "programme/parse/scalars.hpp"
#include "programme/parse/scale.hpp"
#include "programme/parse/sections.hpp"

namespace regulars::programme {

namespace {

constexpr std::int64_t version_max = 1'000'000'000;

void read_currency(Context& context, const Place& place, Programme& programme) {
    const auto digits = place.is_text() ? minor_digits_of(place.node->text) : std::nullopt;
    if (!digits) {
        const auto codes = currency_codes();
        context.reader.complain(place, {"there is no such currency", "an ISO 4217 code such as CNY, EUR or USD",
                                        nearest(place.node->text, codes).value_or("")});
        return;
    }
    programme.currency = context.currency = place.node->text;
    programme.minor_digits = context.minor_digits = *digits;
}

void read_zone(Context& context, const Place& place, Programme& programme) {
    const auto zone = place.is_text() ? Zone::find(place.node->text) : std::nullopt;
    if (!zone) {
        const auto known = Zone::names();
        context.reader.complain(place, {"there is no such time zone", "an IANA name such as Asia/Shanghai",
                                        nearest(place.node->text, known).value_or("")});
        return;
    }
    programme.zone = context.zone = *zone;
}

std::vector<std::string> read_price_kind_names(Reader& reader, const Place& place) {
    std::vector<std::string> kinds;
    for (const Place& item : items_of(reader, place, limits::price_kinds_max)) {
        const auto name = read_name(reader, item);
        if (!name) continue;
        if (std::find(kinds.begin(), kinds.end(), *name) != kinds.end())
            reader.complain(item, {"this stands in the list twice", "each once"});
        else
            kinds.push_back(*name);
    }
    if (kinds.empty() && place.is_list() && place.node->items.empty())
        reader.complain(place, {"the list is empty", "at least one price kind, the default first"});
    return kinds;
}

void read_head(Context& context, const Section& root, Programme& programme) {
    Reader& reader = context.reader;
    if (const auto name = root.require("name", "a name such as my_shop"))
        programme.name = read_name(reader, *name).value_or("");
    programme.title = read_title_or(root, programme.name);
    if (const auto version = root.require("version", "a whole number, 1 for the first"))
        programme.version = static_cast<std::uint32_t>(read_integer(reader, *version, 1, version_max).value_or(1));
    if (const auto currency = root.require("currency", "an ISO 4217 code such as CNY, EUR or USD"))
        read_currency(context, *currency, programme);
    if (const auto zone = root.require("time_zone", "an IANA name such as Asia/Shanghai"))
        read_zone(context, *zone, programme);
    if (const auto kinds = root.find("price_kinds")) programme.price_kinds = read_price_kind_names(reader, *kinds);
    context.price_kinds = programme.price_kinds;
}

// What rules may speak of has to be known before the first of them is read.
void read_names(Context& context, const Section& root, const std::optional<Section>& tiers, Programme& programme) {
    if (const auto counters = root.find("counters")) context.counters = read_counters(context.reader, *counters);
    if (tiers && (tiers->find("metric") || tiers->find("window"))) context.counters.push_back(read_qualifying(*tiers));
    if (tiers) context.tier_names = peek_names(tiers->find("ladder"));
    context.plan_names = peek_names(root.find("plans"));
    context.stage_names = peek_names(root.find("stages"));
    context.schema = names(context.counters, context.tier_names, context.price_kinds, context.stage_names);
    programme.counters = context.counters;
    programme.needs_history = needs_history(programme.counters);
}

void read_coupon_sections(Context& context, const Section& root, Programme& programme) {
    if (const auto identity = root.find("identity")) programme.identity = read_identity(context, *identity);
    if (const auto profile = root.find("profile")) programme.profile = read_profile(context.reader, *profile);
    context.profile = programme.profile;
    if (const auto plans = root.find("plans")) programme.plans = read_plans(context, *plans);
    if (const auto benefits = root.find("benefits"))
        programme.member_benefits = read_member_benefits(context, *benefits);
    if (const auto stages = root.find("stages")) programme.stages = read_stages(context, *stages);
    if (const auto coupons = root.find("coupons")) programme.coupons = read_coupons(context, *coupons);
    if (const auto grants = root.find("grants")) programme.grants = read_grants(context, *grants, programme.coupons);
    if (const auto checkout = root.find("checkout"))
        programme.checkout = read_checkout(context.reader, *checkout, programme.points);
    if (const auto stored_value = root.find("stored_value"))
        programme.stored_value = read_stored_value(context, *stored_value);
}

void read_activity_sections(Context& context, const Section& root, Programme& programme) {
    const CouponPolicy& coupons = programme.coupons;
    if (const auto list = root.find("activities"))
        programme.activities.activities = read_activities(context, *list, coupons);
    if (const auto reviews = root.find("product_reviews"))
        programme.activities.reviews = read_product_reviews(context, *reviews);
    if (const auto referral = root.find("referral"))
        programme.activities.referral = read_referral(context, *referral, coupons);
    // Last, when everything that may give turns has been read.
    check_turns(context, programme.activities.activities);
    if (const auto mall = root.find("mall")) programme.mall = read_mall(context, *mall, coupons);
    if (const auto list = root.find("promotions")) programme.promotions = read_promotions(context, *list, coupons);
}

// The scale in which these rules are counted; complains at `place` when there is none that will do.
std::int64_t read_scale(Reader& reader, const std::optional<Place>& place, std::span<const EarningRule> rules,
                        std::span<const Fraction> tier_multipliers, std::span<const Multiplier> multipliers) {
    const auto scale = scale_of(rules, tier_multipliers, multipliers);
    if (scale && fits(rules, tier_multipliers, multipliers, *scale)) return *scale;
    check(place.has_value(), "only rules of the file can be too fine or too large");
    const std::string parts = std::to_string(scale_max);
    const Complaint too_fine{"these rates and multipliers need more than " + parts + " parts of one to be exact",
                             "simpler fractions"};
    const Complaint too_large{"the largest order would earn more than can be counted", "lower rates or multipliers"};
    reader.complain_at(place->node->offset, place->path, scale ? too_large : too_fine, {});
    return 1;
}

// A plan's multiplier counts instead of the tier's where that is smaller, or times whatever else there is.
void set_scales(Reader& reader, const Section& root, Programme& programme) {
    PointsPolicy& points = programme.points;
    std::vector<Fraction> one_of_these;
    std::vector<Multiplier> any_of_these = points.multipliers;
    for (const Tier& tier : programme.tiers) one_of_these.push_back(tier.points_multiplier);
    for (const Plan& plan : programme.plans.plans) {
        const Fraction factor = plan.privileges.points_multiplier;
        if (plan.with_tier == Plan::WithTier::better)
            one_of_these.push_back(factor);
        else
            any_of_these.push_back({plan.name, plan.title, {}, factor});
    }
    points.scale = read_scale(reader, root.find("points"), points.rules, one_of_these, any_of_these);
    const std::vector<Fraction> once{Fraction(1, 1)};
    programme.growth.scale = read_scale(reader, root.find("growth"), programme.growth.rules, once, {});
}

}  // namespace

expected<Programme, Diagnostics> parse(std::string_view yaml, std::string_view file_name) {
    auto document = load(yaml);
    if (!document) {
        document.error().file = file_name;
        return unexpected(Diagnostics{document.error()});
    }
    Reader reader(*document, file_name);
    Context context{reader};
    Programme programme;
    programme.source = yaml;
    const Section root(reader, {&document->root, ""}, keys::programme);
    std::optional<Section> tiers;
    if (root.place().is_mapping()) {
        const auto place = root.require("tiers", "the ladder, at least {ladder: [{name: member}]}");
        if (place) tiers.emplace(reader, *place, keys::tiers);
        read_head(context, root, programme);
        read_names(context, root, tiers, programme);
        if (const auto settlement = root.find("settlement"))
            programme.settlement = read_settlement(reader, *settlement);
        if (tiers && tiers->place().is_mapping()) read_tiers(context, *tiers, programme);
        if (const auto points = root.find("points")) programme.points = read_points(context, *points);
        if (const auto growth = root.find("growth")) programme.growth = read_growth(context, *growth);
        read_coupon_sections(context, root, programme);
        read_activity_sections(context, root, programme);
        programme.slots_used = context.slots_used;
        if (!reader.has_complaints()) set_scales(reader, root, programme);
    }
    if (reader.has_complaints()) return unexpected(reader.take());
    number_benefits(programme);
    return programme;
}

}  // namespace regulars::programme

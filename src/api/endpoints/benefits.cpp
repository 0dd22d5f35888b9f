// What holds for a member now, why and until when, so that the till, the warehouse and customer service can obey it;
// and what comes by itself next.
#include <algorithm>
#include <string>

#include "api/endpoints/common.hpp"
#include "api/endpoints/handlers.hpp"
#include "api/endpoints/registry.hpp"
#include "api/endpoints/write.hpp"

namespace regulars::api {

namespace {

/// One benefit after another; each says where it comes from.
class BenefitWriter {
public:
    explicit BenefitWriter(JsonWriter& json) : json_(json) {}

    struct Benefit {
        std::string_view kind;
        std::string_view code;
        const programme::Title& title;
        std::string rate{};
        std::string reason;
        Instant from = instant_min;  ///< instant_min: holds already
        Instant until = instant_max;
        CouponId coupon{};
    };
    void write(const Benefit& benefit) {
        json_.begin_object();
        json_.field("kind", benefit.kind);
        json_.field("code", benefit.code);
        json_.field_if("title", benefit.title.en);
        json_.field_if("title_zh", benefit.title.zh);
        json_.field_if("rate", benefit.rate);
        if (benefit.coupon.value != 0) json_.id_field("coupon", benefit.coupon.value);
        json_.field("reason", benefit.reason);
        json_.field("from", benefit.from);
        json_.field("until", benefit.until);
        json_.end_object();
    }

private:
    JsonWriter& json_;
};

void write_of_tier(BenefitWriter& benefits, const programme::Tier& tier, Instant until) {
    const std::string reason = "The member holds the tier " + tier.name + ".";
    const programme::Title none;
    for (const auto& one : tier.discounts)
        benefits.write({.kind = "discount", .code = one.code, .title = one.title, .rate = one.rate.text(),
                        .reason = reason, .until = until});
    if (tier.free_shipping)
        benefits.write({.kind = "free_shipping", .code = tier.free_shipping->code,
                        .title = tier.free_shipping->title, .reason = reason, .until = until});
    for (const auto& one : tier.cashbacks)
        benefits.write({.kind = "cashback", .code = one.code, .title = one.title, .rate = one.rate.text(),
                        .reason = reason, .until = until});
    if (tier.points_multiplier != Fraction(1, 1))
        benefits.write({.kind = "points_multiplier", .code = tier.name + ".points", .title = tier.title,
                        .rate = tier.points_multiplier.text(), .reason = reason, .until = until});
    for (const std::string& flag : tier.order_flags)
        benefits.write({.kind = "order_flag", .code = flag, .title = none, .reason = reason, .until = until});
}

void write_coupons(BenefitWriter& benefits, const engine::Member& member, const programme::Versions& versions) {
    const programme::Title none;
    for (const engine::Coupon& coupon : member.coupons) {
        const auto* made_by = versions.find(coupon.programme_version);
        const auto* terms = made_by == nullptr ? nullptr : made_by->coupons.find(coupon.name);
        benefits.write({.kind = "coupon", .code = coupon.name, .title = terms != nullptr ? terms->title : none,
                        .reason = "The member holds the coupon since " + text_of(coupon.granted_at) + ".",
                        .from = coupon.usable_from > member.advanced_to ? coupon.usable_from : instant_min,
                        .until = coupon.expires_at, .coupon = coupon.id});
    }
}

std::string_view name_of(programme::Grant::On on) {
    using On = programme::Grant::On;
    switch (on) {
        case On::registration: return "registration";
        case On::first_order: return "first_order";
        case On::tier_reached: return "tier_reached";
        case On::birthday: return "birthday";
        case On::birthday_month: return "birthday_month";
        case On::monthly: return "monthly";
        case On::quarterly: return "quarterly";
        case On::yearly: return "yearly";
    }
    return {};
}

/// When a grant comes next for a member who stays as they are; instant_max when no date is set.
Instant next_of(const programme::Grant& grant, const engine::Member& member, const programme::Programme& programme) {
    using On = programme::Grant::On;
    const LocalDate today = programme.zone.date(member.advanced_to);
    const auto after = [&](CalendarUnit unit) { return programme.zone.end_of(last_of(unit, today)); };
    switch (grant.on) {
        case On::monthly: return after(CalendarUnit::month);
        case On::quarterly: return after(CalendarUnit::quarter);
        case On::yearly: return after(CalendarUnit::year);
        case On::birthday:
        case On::birthday_month: return member.next_birthday_at;
        case On::registration:
        case On::first_order:
        case On::tier_reached: return instant_max;
    }
    return instant_max;
}

void write_coming(JsonWriter& json, const engine::Member& member, const programme::Programme& programme) {
    json.begin_array();
    for (const programme::Grant& grant : programme.grants) {
        const Instant at = next_of(grant, member, programme);
        if (at == instant_max || (grant.tiers >> member.tier.rank & 1U) == 0) continue;
        json.begin_object();
        json.field("code", grant.code);
        json.field_if("title", grant.title.en);
        json.field_if("title_zh", grant.title.zh);
        json.field("on", name_of(grant.on));
        json.field("at", at);
        json.end_object();
    }
    json.end_array();
}

}  // namespace

void write_benefits(JsonWriter& json, const engine::Member& member, const programme::Versions& versions) {
    const auto& tiers = versions.current().tiers;
    json.begin_array();
    BenefitWriter benefits(json);
    write_of_tier(benefits, tiers[std::min<std::size_t>(member.tier.rank, tiers.size() - 1)],
                  member.tier.period_ends_at);
    write_coupons(benefits, member, versions);
    json.end_array();
}

Answer get_benefits(const Call& call) {
    const auto view = view_of(call);
    if (!view) return unexpected(view.error());
    const auto programmes = call.service.programmes();
    const programme::Programme& programme = programmes->current();
    const engine::Member& member = view->member;
    Response response;
    JsonWriter json(response.body);
    json.begin_object();
    json.id_field("member", member.id.value);
    json.field("as_of", member.advanced_to);
    json.field("tier", tier_name(programme, member.tier.rank));
    json.name("benefits");
    write_benefits(json, member, *programmes);
    json.name("coming");
    write_coming(json, member, programme);
    json.end_object();
    return response;
}

std::vector<Endpoint> benefit_endpoints() {
    return {{.method = Method::get,
             .path = "/v1/members/{id}/benefits",
             .group = "Members",
             .scope = Scope::read,
             .summary = {"What holds for the member now, why and until when", "会员现有权益、原因与期限"},
             .about = {"The tier's benefits and marks, the coupons in the wallet, and what comes by itself next.",
                       "等级权益与标记、券包中的券，以及即将自动发放的内容。"},
             .path_parameters = {member_path_parameter()},
             .output = &schemas::benefits,
             .handler = FromStore{get_benefits}}};
}

}  // namespace regulars::api

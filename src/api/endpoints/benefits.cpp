// What holds for a member now, why and until when, so that the till, the warehouse and customer service can obey it;
// and what comes by itself next.
#include <algorithm>
#include <string>

#include "api/endpoints/common.hpp"
#include "api/endpoints/handlers.hpp"
#include "api/endpoints/registry.hpp"
#include "api/endpoints/write.hpp"
#include "engine/holdings/benefits.hpp"
#include "engine/holdings/plans.hpp"

namespace regulars::api {

namespace {

std::string_view name_of(CalendarUnit unit) {
    switch (unit) {
        case CalendarUnit::day: return "day";
        case CalendarUnit::week: return "week";
        case CalendarUnit::month: return "month";
        case CalendarUnit::quarter: return "quarter";
        case CalendarUnit::half_year: return "half_year";
        case CalendarUnit::year: return "year";
    }
    return {};
}

/// One benefit after another; each says where it comes from.
class BenefitWriter {
public:
    BenefitWriter(JsonWriter& json, const engine::Member& member, const programme::Programme& programme)
        : json_(json), member_(member), programme_(programme) {}

    struct Benefit {
        std::string_view kind;
        std::string_view code;
        const programme::Title& title;
        std::string rate{};
        std::string reason;
        Instant from = instant_min;  ///< instant_min: holds already
        Instant until = instant_max;
        CouponId coupon{};
        const engine::BenefitLimit* limit = nullptr;  ///< null: as often as one likes
        const programme::MemberBenefit* own = nullptr;
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
        if (benefit.limit != nullptr && benefit.limit->count) write_limit(*benefit.limit);
        if (benefit.own != nullptr && benefit.own->at_most) json_.field("at_most_minor", *benefit.own->at_most);
        if (benefit.own != nullptr && benefit.own->kind == programme::MemberBenefit::Kind::manager)
            json_.field_if("manager", member_.manager);
        json_.end_object();
    }

private:
    void write_limit(const engine::BenefitLimit& limit) {
        const LocalDate today = programme_.zone.date(member_.advanced_to);
        json_.name("limit");
        json_.begin_object();
        json_.field("count", *limit.count);
        json_.name("per");
        if (limit.per) json_.text(name_of(*limit.per));
        else json_.null();
        json_.end_object();
        json_.field("used", engine::used_of(member_, limit, today));
        json_.field("left", engine::left_of(member_, limit, today).value_or(0));
        if (limit.per) json_.field("renews_at", programme_.zone.end_of(last_of(*limit.per, today)));
    }

    JsonWriter& json_;
    const engine::Member& member_;
    const programme::Programme& programme_;
};

std::string_view name_of(programme::MemberBenefit::Kind kind) {
    using Kind = programme::MemberBenefit::Kind;
    switch (kind) {
        case Kind::service: return "service";
        case Kind::gift: return "gift";
        case Kind::access: return "access";
        case Kind::free_return: return "free_return";
        case Kind::instant_refund: return "instant_refund";
        case Kind::manager: return "manager";
    }
    return {};
}

std::string reason_of(const engine::BenefitHolding& holding, const std::string& tier) {
    switch (holding.by) {
        case engine::BenefitHolding::By::everybody: return "Every member has it.";
        case engine::BenefitHolding::By::tier: return "The member holds the tier " + tier + ".";
        case engine::BenefitHolding::By::plan: return "The member holds the plan " + holding.plan + ".";
    }
    return {};
}

// An access that is over is none; one that has not begun is told with its beginning.
void write_member_benefits(BenefitWriter& benefits, const engine::Member& member,
                           const programme::Programme& programme) {
    const Instant now = member.advanced_to;
    for (const programme::MemberBenefit& one : programme.member_benefits) {
        const auto holding = engine::holding_of(programme, member, one, now);
        if (!holding) continue;
        const Instant begins = one.dates ? programme.zone.start_of(one.dates->first) : instant_min;
        const Instant ends = one.dates ? programme.zone.end_of(one.dates->last) : instant_max;
        if (ends <= now) continue;
        const engine::BenefitLimit limit = engine::limit_of(one);
        benefits.write({.kind = name_of(one.kind), .code = one.name, .title = one.title,
                        .reason = reason_of(*holding, tier_name(programme, member.tier.rank)),
                        .from = begins > now ? begins : instant_min, .until = std::min(holding->until, ends),
                        .limit = &limit, .own = &one});
    }
}

// Calls `write` with each thing that a tier or a plan gives on orders. `name` and `title` are the tier's or plan's.
template <class Write>
void for_privileges(const programme::Privileges& given, const std::string& name, const programme::Title& title,
                    Write write) {
    using Benefit = BenefitWriter::Benefit;
    const programme::Title none;
    for (const auto& one : given.discounts)
        write(Benefit{.kind = "discount", .code = one.code, .title = one.title, .rate = one.rate.text(), .reason = {}});
    if (given.free_shipping) {
        const engine::BenefitLimit limit = engine::limit_of(*given.free_shipping);
        write(Benefit{.kind = "free_shipping", .code = given.free_shipping->code, .title = given.free_shipping->title,
                      .reason = {}, .limit = &limit});
    }
    for (const auto& one : given.cashbacks)
        write(Benefit{.kind = "cashback", .code = one.code, .title = one.title, .rate = one.rate.text(), .reason = {}});
    const std::string points = name + ".points";
    if (given.points_multiplier != Fraction(1, 1))
        write(Benefit{.kind = "points_multiplier", .code = points, .title = title,
                      .rate = given.points_multiplier.text(), .reason = {}});
    for (const std::string& flag : given.order_flags)
        write(Benefit{.kind = "order_flag", .code = flag, .title = none, .reason = {}});
}

void write_of_tier(BenefitWriter& benefits, const programme::Tier& tier, Instant until) {
    for_privileges(tier, tier.name, tier.title, [&](BenefitWriter::Benefit benefit) {
        benefit.reason = "The member holds the tier " + tier.name + ".";
        benefit.until = until;
        benefits.write(benefit);
    });
}

// To the end of what is paid, or of the grace after it.
void write_of_plans(BenefitWriter& benefits, const engine::Member& member, const programme::Programme& programme) {
    for (const engine::HeldPlan& held : member.plans) {
        const programme::Plan* plan = programme.plans.find(held.plan);
        if (plan == nullptr) continue;
        for_privileges(plan->privileges, plan->name, plan->title, [&](BenefitWriter::Benefit benefit) {
            benefit.reason = "The member holds the plan " + plan->name + ".";
            benefit.until = std::max(held.ends_at, programme.zone.end_of(held.last_day));
            benefits.write(benefit);
        });
    }
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
        case On::anniversary: return "anniversary";
        case On::plan_bought: return "plan_bought";
        case On::profile_complete: return "profile_complete";
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
        case On::anniversary: return member.next_anniversary_at;
        case On::registration:
        case On::first_order:
        case On::tier_reached:
        case On::plan_bought:
        case On::profile_complete: return instant_max;
    }
    return instant_max;
}

void write_coming(JsonWriter& json, const engine::Member& member, const programme::Programme& programme) {
    json.begin_array();
    for (const programme::Grant& grant : programme.grants) {
        const Instant at = next_of(grant, member, programme);
        if (at == instant_max || (grant.tiers >> member.tier.rank & 1U) == 0) continue;
        if (grant.plans != 0 && (grant.plans & engine::held_plans(programme, member)) == 0) continue;
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
    BenefitWriter benefits(json, member, versions.current());
    write_of_tier(benefits, tiers[std::min<std::size_t>(member.tier.rank, tiers.size() - 1)],
                  member.tier.period_ends_at);
    write_of_plans(benefits, member, versions.current());
    write_member_benefits(benefits, member, versions.current());
    write_coupons(benefits, member, versions);
    json.end_array();
}

void write_plan_benefits(JsonWriter& json, const programme::Plan& plan) {
    json.begin_array();
    for_privileges(plan.privileges, plan.name, plan.title, [&](const BenefitWriter::Benefit& benefit) {
        json.begin_object();
        json.field("kind", benefit.kind);
        json.field("code", benefit.code);
        json.field_if("title", benefit.title.en);
        json.field_if("title_zh", benefit.title.zh);
        json.field_if("rate", benefit.rate);
        json.end_object();
    });
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
             .about = {"What tier, plans and programme give, the coupons in the wallet, and what comes by itself next.",
                       "等级与付费方案的权益与标记、券包中的券，以及即将自动发放的内容。"},
             .path_parameters = {member_path_parameter()},
             .output = &schemas::benefits,
             .handler = FromStore{get_benefits}}};
}

}  // namespace regulars::api

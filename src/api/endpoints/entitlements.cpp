// What a member may claim now: the tier's benefits with their reasons and until when, the way to the next tier, points
// and balance.
#include <algorithm>

#include "api/endpoints/common.hpp"
#include "api/endpoints/handlers.hpp"
#include "api/endpoints/registry.hpp"
#include "api/endpoints/write.hpp"
#include "engine/counters.hpp"

namespace regulars::api {

namespace {

std::string_view name_of(programme::Metric metric) {
    switch (metric) {
        case programme::Metric::spend: return "spend";
        case programme::Metric::growth: return "growth";
        case programme::Metric::orders: return "orders";
        case programme::Metric::points: return "points";
    }
    return {};
}

/// The next tier up that can be reached by itself; nothing at the top.
const programme::Tier* next_tier(const programme::Programme& programme, programme::TierRank rank) {
    for (std::size_t next = rank + std::size_t{1}; next < programme.tiers.size(); ++next)
        if (programme.tiers[next].enter.by_itself()) return &programme.tiers[next];
    return nullptr;
}

void write_next_tier(JsonWriter& json, const programme::Programme& programme, const engine::Member& member) {
    const programme::Tier* tier = next_tier(programme, member.tier.rank);
    json.name("next_tier");
    if (tier == nullptr) {
        json.null();
        return;
    }
    const LocalDate today = programme.zone.date(member.advanced_to);
    json.begin_object();
    json.field("tier", tier->name);
    json.name("thresholds");
    json.begin_array();
    for (const programme::Threshold& threshold : tier->enter.thresholds) {
        const programme::Counter& counter = programme.counters[threshold.counter];
        const std::int64_t have = engine::counter_value(programme, member, counter, today);
        json.begin_object();
        json.field("counter", counter.name);
        json.field("metric", name_of(counter.metric));
        json.field("need", threshold.at_least);
        json.field("have", have);
        json.field("missing", std::max<std::int64_t>(threshold.at_least - have, 0));
        json.end_object();
    }
    json.end_array();
    json.field("by_rule", tier->enter.when.has_value());
    json.end_object();
}

}  // namespace

Answer get_entitlements(const Call& call) {
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
    json.field("currency", programme.currency);
    json.name("tier");
    write_tier_state(json, member, programme);
    json.name("benefits");
    write_benefits(json, member, *programmes);
    write_next_tier(json, programme, member);
    json.name("points");
    write_points(json, *view);
    json.field("points_worth_minor", multiply(member.points_available.count(), programme.points.value, Rounding::down));
    json.name("balance");
    write_balance(json, member.balance);
    json.end_object();
    return response;
}

std::vector<Endpoint> entitlement_endpoints() {
    return {{.method = Method::get,
             .path = "/v1/members/{id}/entitlements",
             .group = "Members",
             .scope = Scope::read,
             .summary = {"What the member may claim now", "会员现在可享的权益"},
             .about = {"Tier, benefits with reasons and until when, the way to the next tier, points and balance.",
                       "等级、权益（原因与期限）、升级进度、积分与余额。"},
             .path_parameters = {member_path_parameter()},
             .output = &schemas::entitlements,
             .handler = FromStore{get_entitlements}}};
}

}  // namespace regulars::api

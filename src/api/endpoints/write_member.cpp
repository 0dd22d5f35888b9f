#include <algorithm>

#include "engine/holdings/stages.hpp"

#include "api/endpoints/write.hpp"

namespace regulars::api {

namespace {

/// Lots shown with a member; the ledger tells the rest.
constexpr std::size_t lots_shown_max = 100;

void write_totals(JsonWriter& json, const engine::Totals& totals) {
    json.begin_object();
    json.field("spend_minor", totals.spend);
    json.field("orders", totals.orders);
    json.field("growth", totals.growth);
    json.field("points", totals.points);
    json.end_object();
}

void write_profile(JsonWriter& json, const engine::Profile& profile) {
    json.begin_object();
    json.field_if("name", profile.name);
    json.field_if("gender", profile.gender);
    if (profile.birthday) json.field("birthday", text_of(*profile.birthday));
    json.field_if("region", profile.region);
    json.name("attributes");
    json.begin_object();
    for (const auto& [name, value] : profile.attributes) json.text_field(name, value);
    json.end_object();
    json.name("tags");
    write_texts(json, profile.tags);
    json.end_object();
}

Points points_spent_on(const engine::Order& order) {
    Points sum;
    for (const engine::SpentLot& spent : order.points_spent) sum += spent.points;
    for (const engine::SpentLot& spent : order.tenders.points) sum += spent.points;
    return sum;
}

void write_coupons_of(JsonWriter& json, const engine::Order& order) {
    json.begin_array();
    for (const engine::UsedCoupon& used : order.tenders.coupons) {
        json.begin_object();
        json.id_field("coupon", used.coupon.id.value);
        json.field("amount_minor", used.amount);
        json.end_object();
    }
    json.end_array();
}

void write_consents(JsonWriter& json, const std::vector<engine::Consent>& consents) {
    json.begin_array();
    for (const engine::Consent& consent : consents) {
        json.begin_object();
        json.field("channel", consent.channel);
        json.field("purpose", consent.purpose);
        json.field("granted", consent.granted);
        json.field("at", consent.at);
        json.field_if("source", consent.source);
        json.end_object();
    }
    json.end_array();
}

void write_acquisition(JsonWriter& json, const engine::Acquisition& acquisition) {
    json.begin_object();
    json.field_if("channel", acquisition.channel);
    json.field_if("source", acquisition.source);
    json.field_if("store", acquisition.store);
    json.field_if("staff", acquisition.staff);
    json.field_if("code", acquisition.code);
    json.field_if("inviter", acquisition.inviter);
    json.end_object();
}

void write_identities(JsonWriter& json, const std::vector<engine::Identity>& identities) {
    json.begin_array();
    for (const engine::Identity& identity : identities) {
        json.begin_object();
        json.field("kind", identity.kind);
        json.field("value", identity.value);
        json.end_object();
    }
    json.end_array();
}

}  // namespace

void write_tier_state(JsonWriter& json, const engine::Member& member, const programme::Programme& programme) {
    json.begin_object();
    json.field("name", tier_name(programme, member.tier.rank));
    json.field("rank", std::int64_t{member.tier.rank});
    json.field("since", member.tier.since);
    json.field("period_ends_at", member.tier.period_ends_at);
    json.field("in_grace", member.tier.in_grace);
    json.end_object();
}

void write_points(JsonWriter& json, const service::MemberView& view) {
    const engine::Member& member = view.member;
    json.begin_object();
    json.field("available", member.points_available);
    json.field("pending", view.points_pending);
    json.field("owed", member.points_owed);
    json.name("lots");
    json.begin_array();
    for (std::size_t index = 0; index < std::min(member.lots.size(), lots_shown_max); ++index) {
        const engine::Lot& lot = member.lots[index];
        json.begin_object();
        json.field("points", lot.left);
        json.field("earned_at", lot.earned_at);
        json.field("expires_at", std::min(lot.expires_at, member.rolling_expires_at));
        json.end_object();
    }
    json.end_array();
    json.end_object();
}

void write_balance(JsonWriter& json, const engine::Balance& balance) {
    json.begin_object();
    json.field("topped_up_minor", balance.topped_up);
    json.field("bonus_minor", balance.bonus);
    json.field("cashback_minor", balance.cashback);
    json.field("total_minor", balance.total());
    json.end_object();
}

void write_member(JsonWriter& json, const service::MemberView& view, const programme::Programme& programme) {
    const engine::Member& member = view.member;
    json.begin_object();
    json.id_field("id", member.id.value);
    json.id_field("version", view.version);
    json.field("registered_at", member.registered_at);
    json.field("as_of", member.advanced_to);
    json.name("identities");
    write_identities(json, member.identities);
    json.name("profile");
    write_profile(json, member.profile);
    json.name("consents");
    write_consents(json, member.consents);
    json.name("acquisition");
    write_acquisition(json, member.acquisition);
    json.name("tier");
    if (member.merged_into == MemberId()) write_tier_state(json, member, programme);
    else json.null();
    json.name("points");
    write_points(json, view);
    json.name("balance");
    write_balance(json, member.balance);
    json.name("lifetime");
    write_totals(json, member.lifetime);
    json.name("period");
    write_totals(json, member.period);
    json.count_field("coupons", member.coupons.size());
    json.name("holds");
    json.begin_array();
    for (const engine::Hold& hold : member.holds) json.text(hold.hold_id);
    json.end_array();
    json.name("open_orders");
    json.begin_array();
    for (const engine::Order& order : member.open_orders) json.text(order.order_id);
    json.end_array();
    json.count_field("parked_events", member.parked.size());
    json.field("last_order_at", member.last_order_at);
    if (member.merged_into != MemberId()) json.id_field("merged_into", member.merged_into.value);
    if (member.erased) json.field("erased", true);
    if (const auto stage = engine::stage_of(programme, member, member.advanced_to)) {
        json.field("stage", programme.stages[*stage].name);
    } else {
        json.name("stage");
        json.null();
    }
    json.field_if("manager", member.manager);
    json.end_object();
}

void write_order(JsonWriter& json, const engine::Order& order, const programme::Programme& programme) {
    json.begin_object();
    json.field("order_id", order.order_id);
    json.count_field("number", order.number.value);
    json.field("status", engine::name_of(order.status));
    json.field("ordered_at", order.ordered_at);
    write_instant_if(json, "paid_at", order.paid_at);
    write_instant_if(json, "shipped_at", order.shipped_at);
    write_instant_if(json, "delivered_at", order.delivered_at);
    json.field("settles_at", order.settles_at);
    write_instant_if(json, "settled_at", order.settled_at);
    json.field("tier", tier_name(programme, order.tier));
    json.name("lines");
    json.begin_array();
    for (std::size_t index = 0; index < order.lines.size(); ++index) {
        const engine::OrderLine& line = order.lines[index];
        json.begin_object();
        json.count_field("line", index);
        json.field_if("sku", line.sku);
        json.field_if("product", line.product);
        json.field("price_kind", line.price_kind < programme.price_kinds.size()
                                     ? std::string_view(programme.price_kinds[line.price_kind])
                                     : std::string_view("unknown"));
        json.field("quantity", line.quantity);
        json.field("quantity_returned", line.quantity_returned);
        json.field("amount_minor", line.amount);
        json.field("amount_returned_minor", line.amount_returned);
        json.field_if("promotion", line.promotion);
        json.end_object();
    }
    json.end_array();
    json.field("shipping_fee_minor", order.shipping_fee);
    json.field("gift_card_minor", order.gift_card);
    json.field_if("channel", order.channel);
    json.field_if("store", order.store);
    json.field("points", order.points);
    json.field("growth", order.growth);
    json.field("cashback_minor", order.cashback);
    json.field("points_spent", points_spent_on(order));
    json.field("by_points_minor", order.tenders.points_worth);
    json.field("balance_minor", order.tenders.balance.total());
    json.name("coupons");
    write_coupons_of(json, order);
    json.name("flags");
    write_texts(json, order.flags);
    json.field_if("group", order.group);
    json.field("waits_for_group", order.group_leader != MemberId());
    json.count_field("programme_version", order.programme_version);
    json.end_object();
}

}  // namespace regulars::api

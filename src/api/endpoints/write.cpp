#include "api/endpoints/write.hpp"

#include <algorithm>

namespace regulars::api {

std::string tier_name(const programme::Programme& programme, programme::TierRank rank) {
    return rank < programme.tiers.size() ? programme.tiers[rank].name : std::to_string(rank);
}

namespace {

void write_coupon_changes(JsonWriter& json, const std::vector<engine::CouponChange>& changes) {
    json.begin_array();
    for (const engine::CouponChange& change : changes) {
        json.begin_object();
        json.id_field("coupon", change.coupon.id.value);
        json.field("name", change.coupon.name);
        json.field("status", engine::name_of(change.status));
        json.field("at", change.at);
        json.field("usable_from", change.coupon.usable_from);
        json.field("expires_at", change.coupon.expires_at);
        json.field("amount_minor", change.amount);
        json.end_object();
    }
    json.end_array();
}

void write_refund(JsonWriter& json, const engine::Refund& refund, Money kept) {
    json.begin_object();
    json.field("cash_minor", refund.cash);
    json.field("balance_minor", refund.balance);
    json.field("points", refund.points);
    json.field("kept_minor", kept);
    json.end_object();
}

void write_quoted_coupons(JsonWriter& json, const std::vector<engine::QuotedCoupon>& coupons) {
    json.begin_array();
    for (const engine::QuotedCoupon& coupon : coupons) {
        json.begin_object();
        if (coupon.id.value != 0) {
            json.id_field("coupon", coupon.id.value);
        } else {
            json.name("coupon");
            json.null();
        }
        json.field("name", coupon.name);
        json.field("used", coupon.used);
        json.field("amount_minor", coupon.amount);
        json.field_if("product", coupon.product);
        if (!coupon.used) {
            json.name("why_not");
            json.begin_object();
            json.field("code", coupon.reason.code);
            json.field("text", coupon.reason.text);
            json.end_object();
        }
        json.end_object();
    }
    json.end_array();
}

void write_plan_changes(JsonWriter& json, const std::vector<engine::PlanChange>& changes) {
    json.begin_array();
    for (const engine::PlanChange& change : changes) {
        json.begin_object();
        json.field("at", change.at);
        json.field("plan", change.plan);
        json.field("kind", engine::name_of(change.kind));
        json.field("amount_minor", change.amount);
        json.field("last_day", text_of(change.last_day));
        json.end_object();
    }
    json.end_array();
}

}  // namespace

void write_done(JsonWriter& json, const service::Done& done, const programme::Programme& programme) {
    json.begin_object();
    json.id_field("member", done.member.value);
    if (done.sequence != 0) {
        json.id_field("sequence", done.sequence);
    } else {
        json.name("sequence");
        json.null();
    }
    json.field("created_member", done.created_member);
    json.field("duplicate", done.duplicate);
    json.field("parked", done.parked);
    json.field("tier", done.tier);
    json.field("points_available", done.points_available);
    json.field("points_pending", done.points_pending);
    json.field_if("manager", done.manager);
    json.name("ledger");
    json.begin_array();
    for (const engine::LedgerEntry& entry : done.ledger) write_ledger_entry(json, entry, 0);
    json.end_array();
    json.name("tier_changes");
    json.begin_array();
    for (const engine::TierChange& change : done.tier_changes) {
        json.begin_object();
        json.field("at", change.at);
        json.field("from", tier_name(programme, change.from));
        json.field("to", tier_name(programme, change.to));
        json.field("reason", engine::name_of(change.reason));
        json.end_object();
    }
    json.end_array();
    if (!done.coupons.empty()) {
        json.name("coupons");
        write_coupon_changes(json, done.coupons);
    }
    if (!done.plan_changes.empty()) {
        json.name("plan_changes");
        write_plan_changes(json, done.plan_changes);
    }
    if (!done.activity_results.empty()) {
        json.name("activity_results");
        json.begin_array();
        for (const engine::ActivityResult& result : done.activity_results) write_activity_result(json, result);
        json.end_array();
    }
    if (done.refund) {
        json.name("refund");
        write_refund(json, *done.refund, done.kept_from_refund);
    }
    if (done.quote != nullptr) {
        json.name("quote");
        write_quote(json, *done.quote);
    }
    if (!done.reasons.empty()) {
        json.name("reasons");
        write_reasons(json, done.reasons);
    }
    json.end_object();
}

void write_ledger_entry(JsonWriter& json, const engine::LedgerEntry& entry, std::uint64_t event_sequence) {
    json.begin_object();
    json.id_field("sequence", entry.sequence);
    if (event_sequence != 0) json.id_field("event_sequence", event_sequence);
    json.field("at", entry.at);
    json.field("from", engine::name_of(entry.from));
    json.field("to", engine::name_of(entry.to));
    json.field("amount", entry.amount);
    json.field("cause", engine::name_of(entry.cause));
    if (entry.order.value != 0) json.count_field("order_number", entry.order.value);
    if (entry.lot.value != 0) json.count_field("lot", entry.lot.value);
    json.count_field("programme_version", entry.programme_version);
    json.end_object();
}

void write_reasons(JsonWriter& json, const std::vector<engine::Reason>& reasons) {
    json.begin_array();
    for (const engine::Reason& reason : reasons) {
        json.begin_object();
        json.field("code", reason.code);
        json.field("text", reason.text);
        json.end_object();
    }
    json.end_array();
}

void write_texts(JsonWriter& json, const std::vector<std::string>& texts) {
    json.begin_array();
    for (const std::string& text : texts) json.text(text);
    json.end_array();
}

void write_instant_if(JsonWriter& json, std::string_view name, const std::optional<Instant>& instant) {
    json.field(name, instant.value_or(instant_max));
}

void write_quote(JsonWriter& json, const engine::Quote& quote) {
    json.begin_object();
    json.field("tier", quote.tier);
    json.name("lines");
    json.begin_array();
    for (const engine::QuotedLine& line : quote.lines) {
        json.begin_object();
        json.field("amount_minor", line.amount);
        json.field_if("promotion", line.promotion);
        json.field("by_promotion_minor", line.by_promotion);
        json.field("discount_minor", line.discount);
        json.field("coupon_minor", line.coupon);
        json.field("by_points_minor", line.by_points);
        json.field("payable_minor", line.payable);
        json.field("points", line.points);
        json.field("not_for_member", line.not_for_member);
        json.end_object();
    }
    json.end_array();
    json.field("amount_minor", quote.amount);
    json.field("by_promotion_minor", quote.promotion_discount);
    json.field("discount_minor", quote.discount);
    json.field("coupon_minor", quote.coupon_discount);
    json.field("shipping_fee_minor", quote.shipping_fee);
    json.field("free_shipping", quote.free_shipping);
    json.field("points_used", quote.points_used);
    json.field("by_points_minor", quote.by_points);
    json.field("payable_minor", quote.payable);
    json.field("balance_used_minor", quote.balance_used);
    json.field("to_pay_minor", quote.to_pay);
    json.field("points", quote.points);
    json.field("cashback_minor", quote.cashback);
    json.name("coupons");
    write_quoted_coupons(json, quote.coupons);
    json.field("exact", quote.exact);
    json.name("flags");
    write_texts(json, quote.flags);
    json.name("reasons");
    write_reasons(json, quote.reasons);
    json.end_object();
}

}  // namespace regulars::api

// Events as JSON. Hand-written because it runs once for every event that is stored.
#include "service/event_json.hpp"

#include "service/event_json_activities.hpp"
#include "service/json_object_writer.hpp"

namespace regulars::service {

namespace {

void write(ObjectWriter& writer, const engine::Registered& fact) {
    writer.text_if("channel", fact.channel);
    writer.text_if("source", fact.source);
    writer.text_if("store", fact.store);
    writer.text_if("staff", fact.staff);
    writer.text_if("code", fact.code);
    writer.text_if("inviter", fact.inviter);
}

void write(ObjectWriter& writer, const engine::ProfileChanged& fact) {
    if (fact.name) writer.text("name", *fact.name);
    if (fact.gender) writer.text("gender", *fact.gender);
    if (fact.birthday) writer.text("birthday", text_of(*fact.birthday));
    if (fact.region) writer.text("region", *fact.region);
    if (!fact.attributes.empty()) {
        writer.name("attributes");
        ObjectWriter attributes(writer.out());
        bool first = true;
        for (const auto& [key, value] : fact.attributes) {
            if (!first) writer.out() += ',';
            first = false;
            writer.append_text(key);
            writer.out() += ':';
            writer.append_text(value);
        }
    }
    if (fact.tags) write_array(writer, "tags", *fact.tags, [&](const std::string& tag) { writer.append_text(tag); });
}

void write(ObjectWriter& writer, const engine::IdentityLinked& fact) {
    writer.text("kind", fact.kind);
    writer.text("value", fact.value);
}

void write(ObjectWriter& writer, const engine::ConsentChanged& fact) {
    writer.text("channel", fact.channel);
    writer.text("purpose", fact.purpose);
    writer.name("granted");
    writer.out() += fact.granted ? "true" : "false";
    writer.text_if("source", fact.source);
}

void write_line(std::string& out, const engine::Line& line) {
    ObjectWriter writer(out);
    writer.integer("amount_minor", line.amount.count());
    if (line.quantity != 1) writer.integer("quantity", line.quantity);
    writer.text_if("sku", line.sku);
    writer.text_if("product", line.product);
    writer.text_if("category", line.category);
    writer.text_if("price_kind", line.price_kind);
    if (line.list_amount) writer.integer("list_amount_minor", line.list_amount->count());
    if (line.cost) writer.integer("cost_minor", line.cost->count());
    writer.text_if("promotion", line.promotion);
}

void write_coupon(ObjectWriter& writer, CouponId id) { writer.text("coupon", std::to_string(id.value)); }

void write(ObjectWriter& writer, const engine::OrderCreated& fact) {
    writer.text("order_id", fact.order_id);
    write_array(writer, "lines", fact.lines, [&](const engine::Line& line) { write_line(writer.out(), line); });
    writer.amount_if("shipping_fee_minor", fact.shipping_fee);
    writer.amount_if("gift_card_minor", fact.gift_card);
    writer.text_if("channel", fact.channel);
    writer.text_if("store", fact.store);
    writer.instant_if("paid_at", fact.paid_at);
    writer.instant_if("shipped_at", fact.shipped_at);
    writer.instant_if("delivered_at", fact.delivered_at);
    if (!fact.coupons.empty())
        write_array(writer, "coupons", fact.coupons, [&](const engine::CouponUse& use) {
            ObjectWriter coupon(writer.out());
            write_coupon(coupon, use.coupon);
            coupon.integer("amount_minor", use.amount.count());
        });
    if (!fact.points.is_zero()) writer.integer("points", fact.points.count());
    writer.amount_if("balance_minor", fact.balance);
    writer.text_if("hold_id", fact.hold_id);
}

void write(ObjectWriter& writer, const engine::OrderPaid& fact) {
    writer.text("order_id", fact.order_id);
    writer.amount_if("gift_card_minor", fact.gift_card);
}

void write(ObjectWriter& writer, const engine::OrderShipped& fact) { writer.text("order_id", fact.order_id); }
void write(ObjectWriter& writer, const engine::OrderDelivered& fact) { writer.text("order_id", fact.order_id); }
void write(ObjectWriter& writer, const engine::OrderSettled& fact) { writer.text("order_id", fact.order_id); }
void write(ObjectWriter& writer, const engine::OrderCancelled& fact) { writer.text("order_id", fact.order_id); }

void write_returned(ObjectWriter& outer, const std::vector<engine::ReturnedLine>& lines) {
    if (lines.empty()) return;
    write_array(outer, "lines", lines, [&](const engine::ReturnedLine& line) {
        ObjectWriter writer(outer.out());
        writer.integer("line", line.line);
        if (line.quantity != 0) writer.integer("quantity", line.quantity);
        if (line.amount) writer.integer("amount_minor", line.amount->count());
    });
}

void write(ObjectWriter& writer, const engine::OrderRefunded& fact) {
    writer.text("order_id", fact.order_id);
    writer.text("refund_id", fact.refund_id);
    write_returned(writer, fact.lines);
}

void write(ObjectWriter& writer, const engine::OrderExchanged& fact) {
    writer.text("order_id", fact.order_id);
    writer.text("exchange_id", fact.exchange_id);
    write_returned(writer, fact.lines);
}

void write(ObjectWriter& writer, const engine::PointsAdjusted& fact) {
    writer.integer("points", fact.points.count());
    writer.text("reference", fact.reference);
    writer.text_if("reason", fact.reason);
}

void write(ObjectWriter& writer, const engine::PointsSpent& fact) {
    writer.integer("points", fact.points.count());
    writer.text("reference", fact.reference);
    writer.text_if("order_id", fact.order_id);
}

void write(ObjectWriter& writer, const engine::TierGranted& fact) {
    writer.text("tier", fact.tier);
    if (fact.until) writer.text("until", text_of(*fact.until));
    writer.text_if("reason", fact.reason);
}

void write(ObjectWriter& writer, const engine::TiersReviewed& fact) {
    write_array(writer, "thresholds", fact.thresholds, [&](std::int64_t value) { writer.append_integer(value); });
}

void write(ObjectWriter& writer, const engine::BalanceToppedUp& fact) {
    writer.integer("amount_minor", fact.amount.count());
    writer.amount_if("bonus_minor", fact.bonus);
    writer.text("reference", fact.reference);
}

void write(ObjectWriter& writer, const engine::BalanceSpent& fact) {
    writer.integer("amount_minor", fact.amount.count());
    writer.text("reference", fact.reference);
    writer.text_if("order_id", fact.order_id);
}

void write(ObjectWriter& writer, const engine::CouponGranted& fact) {
    writer.text("coupon", fact.coupon);
    if (fact.count != 1) writer.integer("count", fact.count);
    writer.text("reference", fact.reference);
    writer.text_if("reason", fact.reason);
}

void write(ObjectWriter& writer, const engine::CouponClaimed& fact) {
    writer.text_if("coupon", fact.coupon);
    writer.text_if("code", fact.code);
    writer.text("reference", fact.reference);
}

void write(ObjectWriter& writer, const engine::CouponRevoked& fact) {
    write_coupon(writer, fact.coupon);
    writer.text_if("reason", fact.reason);
}

void write(ObjectWriter& writer, const engine::HoldPlaced& fact) {
    writer.text("hold_id", fact.hold_id);
    write_array(writer, "lines", fact.lines, [&](const engine::Line& line) { write_line(writer.out(), line); });
    writer.amount_if("shipping_fee_minor", fact.shipping_fee);
    writer.text_if("channel", fact.channel);
    writer.text_if("store", fact.store);
    if (fact.coupons)
        write_array(writer, "coupons", *fact.coupons,
                    [&](CouponId id) { writer.append_text(std::to_string(id.value)); });
    if (!fact.points.is_zero()) writer.integer("points", fact.points.count());
    writer.amount_if("balance_minor", fact.balance);
    if (fact.minutes) writer.integer("minutes", *fact.minutes);
}

void write(ObjectWriter& writer, const engine::HoldReleased& fact) { writer.text("hold_id", fact.hold_id); }

void write(ObjectWriter& writer, const engine::BalanceRefunded& fact) {
    writer.integer("amount_minor", fact.amount.count());
    writer.text("reference", fact.reference);
}

void write(ObjectWriter& writer, const engine::IdentityUnlinked& fact) {
    writer.text("kind", fact.kind);
    writer.text("value", fact.value);
}

void write(ObjectWriter& writer, const engine::CouponOffered& fact) {
    write_coupon(writer, fact.coupon);
    writer.text("gift", fact.gift);
}

void write(ObjectWriter& writer, const engine::OfferWithdrawn& fact) { writer.text("gift", fact.gift); }
void write(ObjectWriter& writer, const engine::CouponPassed& fact) { writer.text("gift", fact.gift); }

void write(ObjectWriter& writer, const engine::CouponReceived& fact) {
    writer.text("gift", fact.gift);
    writer.text("coupon", fact.coupon);
    writer.integer("programme_version", fact.programme_version);
    writer.instant("usable_from", fact.usable_from);
    if (fact.expires_at != instant_max) writer.instant("expires_at", fact.expires_at);
    write_member(writer, "giver", fact.giver);
}

void write(ObjectWriter& writer, const engine::PlanBought& fact) {
    writer.text("plan", fact.plan);
    writer.flag_if("trial", fact.trial);
    if (fact.paid) writer.integer("paid_minor", fact.paid->count());
    writer.text("reference", fact.reference);
}

void write(ObjectWriter& writer, const engine::PlanCancelled& fact) {
    writer.text("plan", fact.plan);
    writer.flag_if("at_once", fact.at_once);
    writer.text("reference", fact.reference);
    writer.text_if("reason", fact.reason);
}

void write(ObjectWriter& writer, const engine::BenefitUsed& fact) {
    writer.text("benefit", fact.benefit);
    writer.text("reference", fact.reference);
    writer.text_if("order_id", fact.order_id);
    writer.amount_if("amount_minor", fact.amount);
    if (fact.cost) writer.integer("cost_minor", fact.cost->count());
}

void write(ObjectWriter& writer, const engine::ManagerAssigned& fact) {
    writer.text_if("staff", fact.staff);
    writer.text_if("reason", fact.reason);
}

void write(ObjectWriter& writer, const engine::MembersMerged& fact) {
    write_member(writer, "from", fact.from);
    writer.integer("from_sequence", static_cast<std::int64_t>(fact.from_sequence));
    writer.text_if("reason", fact.reason);
}

void write(ObjectWriter& writer, const engine::MergedInto& fact) { write_member(writer, "into", fact.into); }

void write(ObjectWriter& writer, const engine::MergeUndone& fact) {
    write_member(writer, "other", fact.other);
    writer.text_if("reason", fact.reason);
}

void write(ObjectWriter& writer, const engine::MemberErased& fact) { writer.text_if("reason", fact.reason); }

void write_stock(ObjectWriter& outer, const std::vector<engine::StockLeft>& stock) {
    if (stock.empty()) return;
    write_array(outer, "stock", stock, [&](const engine::StockLeft& left) {
        ObjectWriter writer(outer.out());
        writer.text("coupon", left.coupon);
        writer.integer("left", left.left);
    });
}

}  // namespace

void append_json(std::string& out, const engine::Event& event) {
    ObjectWriter writer(out);
    writer.text("type", engine::name_of(event.fact));
    writer.instant("at", event.at);
    std::visit([&](const auto& fact) { write(writer, fact); }, event.fact);
    write_stock(writer, event.stock);
    writer.text_if("redeems", event.redeems);
    write_chance(writer, event.chance);
}

std::string to_json(const engine::Event& event) {
    std::string out;
    out.reserve(256);
    append_json(out, event);
    return out;
}

}  // namespace regulars::service

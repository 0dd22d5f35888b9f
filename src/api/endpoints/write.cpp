#include "api/endpoints/write.hpp"

#include <algorithm>

namespace regulars::api {

std::string tier_name(const programme::Programme& programme, programme::TierRank rank) {
    return rank < programme.tiers.size() ? programme.tiers[rank].name : std::to_string(rank);
}

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
        json.field("discount_minor", line.discount);
        json.field("payable_minor", line.payable);
        json.field("points", line.points);
        json.end_object();
    }
    json.end_array();
    json.field("amount_minor", quote.amount);
    json.field("discount_minor", quote.discount);
    json.field("shipping_fee_minor", quote.shipping_fee);
    json.field("free_shipping", quote.free_shipping);
    json.field("payable_minor", quote.payable);
    json.field("points", quote.points);
    json.field("cashback_minor", quote.cashback);
    json.name("flags");
    write_texts(json, quote.flags);
    json.name("reasons");
    write_reasons(json, quote.reasons);
    json.end_object();
}

}  // namespace regulars::api

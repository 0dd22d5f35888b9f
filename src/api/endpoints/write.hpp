// The service's values as the JSON that schemas.hpp promises.
#pragma once

#include <vector>

#include "api/json_writer.hpp"
#include "engine/member.hpp"
#include "engine/orders/quote.hpp"
#include "engine/outcome.hpp"
#include "programme/programme.hpp"
#include "service/service.hpp"

namespace regulars::api {

/// A rank's name; the number where the current programme has no such tier any more.
[[nodiscard]] std::string tier_name(const programme::Programme& programme, programme::TierRank rank);

void write_done(JsonWriter& json, const service::Done& done, const programme::Programme& programme);
/// As a value of a list; `event_sequence` 0: unknown, left out.
void write_ledger_entry(JsonWriter& json, const engine::LedgerEntry& entry, std::uint64_t event_sequence);
void write_reasons(JsonWriter& json, const std::vector<engine::Reason>& reasons);
void write_texts(JsonWriter& json, const std::vector<std::string>& texts);

/// An instant that may be missing.
void write_instant_if(JsonWriter& json, std::string_view name, const std::optional<Instant>& instant);

// Parts of a member, each as a value.
void write_tier_state(JsonWriter& json, const engine::Member& member, const programme::Programme& programme);
void write_points(JsonWriter& json, const service::MemberView& view);
void write_balance(JsonWriter& json, const engine::Balance& balance);
void write_member(JsonWriter& json, const service::MemberView& view, const programme::Programme& programme);

/// Rows of the lists, each as a value (history.cpp, coupons.cpp).
void write_event(JsonWriter& json, const service::EventRow& row);
void write_coupon(JsonWriter& json, const service::CouponSummary& coupon, const programme::Versions& versions);

void write_order(JsonWriter& json, const engine::Order& order, const programme::Programme& programme);
void write_quote(JsonWriter& json, const engine::Quote& quote);

/// What is left of a stock that members share; nothing where it is not limited.
[[nodiscard]] std::optional<std::int64_t> stock_left(const programme::Stock& terms, const std::string& name,
                                                     const std::vector<service::CouponStock>& stocks, LocalDate today);
/// When and for whom something is, each as a value; and what is left of such a stock, as the field "left".
void write_opening(JsonWriter& json, const programme::Opening& opening);
void write_who(JsonWriter& json, const programme::Who& who, const programme::Programme& programme);
void write_stock_left(JsonWriter& json, const programme::Stock& terms, const std::string& name,
                      const std::vector<service::CouponStock>& stocks, LocalDate today);

/// What doing something in an activity has brought, as a value (endpoints/turns.cpp).
void write_activity_result(JsonWriter& json, const engine::ActivityResult& result);

/// What a plan gives on orders, as a list (endpoints/benefits.cpp).
void write_plan_benefits(JsonWriter& json, const programme::Plan& plan);
/// All that holds for a member now, the tier's and plans' benefits and the coupons, as a list (endpoints/benefits.cpp).
void write_benefits(JsonWriter& json, const engine::Member& member, const programme::Versions& versions);

}  // namespace regulars::api

// Rows to values: what each statement of store/sql/reading.hpp gives. Throws Failed.
#pragma once

#include "service/store.hpp"
#include "store/connection.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace regulars::store {

// One result for each key, in the order of the keys, empty where there is no row.
[[nodiscard]] std::vector<std::optional<service::StoredMember>> read_members(Connection& connection,
                                                                             std::span<const MemberId> ids);
[[nodiscard]] std::vector<std::optional<MemberId>> read_identities(Connection& connection,
                                                                   std::span<const engine::Identity> identities);
[[nodiscard]] std::vector<std::optional<engine::Order>> read_closed_orders(Connection& connection,
                                                                           std::span<const service::OrderKey> keys);
[[nodiscard]] std::vector<std::optional<service::Answer>> read_answers(Connection& connection,
                                                                       std::span<const std::string> keys);
[[nodiscard]] std::vector<std::optional<service::CouponStock>> read_stocks(Connection& connection,
                                                                           std::span<const std::string> coupons);

// Lists, in the order that the port promises.
[[nodiscard]] MemberId read_last_member_id(Connection& connection);
[[nodiscard]] std::vector<service::MemberSummary> read_member_summaries(Connection& connection,
                                                                        const service::Page<MemberId>& page);
[[nodiscard]] std::vector<service::EventRow> read_events(Connection& connection, MemberId member,
                                                         const service::Page<std::uint64_t>& page);
[[nodiscard]] std::vector<service::LedgerRow> read_ledger(Connection& connection, MemberId member,
                                                          const service::Page<std::uint64_t>& page);
[[nodiscard]] std::vector<service::OrderSummary> read_order_summaries(Connection& connection, MemberId member,
                                                                      const service::Page<std::string>& page);
[[nodiscard]] std::vector<service::CouponSummary> read_coupon_summaries(Connection& connection, MemberId member,
                                                                        const service::Page<std::uint32_t>& page);
[[nodiscard]] std::vector<MemberId> read_due_members(Connection& connection, Instant until, std::size_t limit);
[[nodiscard]] std::vector<service::ProgrammeRow> read_programmes(Connection& connection);
[[nodiscard]] std::optional<MemberId> read_giver(Connection& connection, const std::string& gift);
[[nodiscard]] std::optional<service::Snapshot> read_snapshot(Connection& connection, MemberId member);
[[nodiscard]] std::optional<std::string> read_setting(Connection& connection, std::string_view name);

}  // namespace regulars::store

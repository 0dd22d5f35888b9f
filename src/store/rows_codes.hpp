// Notices, unique codes and partners' codes: rows to values and back. Throws Failed.
#pragma once

#include "service/store.hpp"
#include "store/connection.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace regulars::store {

// One result for each key, in the order of the keys, empty where there is no row.
[[nodiscard]] std::vector<std::optional<service::UniqueCode>> read_codes(Connection& connection,
                                                                         std::span<const std::string> hashes);
[[nodiscard]] std::vector<std::optional<service::PartnerPool>> read_pools(Connection& connection,
                                                                          std::span<const std::string> names);

// Lists, in the order that the port promises.
[[nodiscard]] std::vector<service::NoticeRow> read_notices(Connection& connection, Instant until,
                                                           const service::Page<service::NoticeKey>& page);
[[nodiscard]] std::vector<service::NoticeRow> read_member_notices(Connection& connection, MemberId member,
                                                                  Instant since,
                                                                  const service::Page<service::NoticeKey>& page);
[[nodiscard]] std::vector<service::CodeBatch> read_code_batches(Connection& connection);
[[nodiscard]] std::vector<service::PartnerPool> read_all_pools(Connection& connection);

// Inside a transaction that the caller holds.
void write_notices(Connection& connection, const service::Batch& batch);
/// How many were removed.
[[nodiscard]] std::int64_t remove_notices(Connection& connection, Instant before, std::size_t limit);
/// Fails with conflict where a code does not work any more.
void write_code_uses(Connection& connection, const service::Batch& batch);
/// Fails with conflict where a pool is not as it was found.
void write_partner_uses(Connection& connection, const service::Batch& batch);
void write_code_batch(Connection& connection, const service::CodeBatch& batch);
void write_codes(Connection& connection, const service::CodeBatch& batch, std::span<const std::string> hashes);
/// False when there is no such batch.
[[nodiscard]] bool change_code_batch(Connection& connection, const service::CodeBatch& batch);
/// How many of them are new.
[[nodiscard]] std::int64_t write_partner_codes(Connection& connection, const std::string& pool,
                                               std::span<const std::string> codes);

}  // namespace regulars::store

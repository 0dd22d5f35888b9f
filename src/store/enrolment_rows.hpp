// One-time codes and the codes that people scan to enrol: rows to values and back. Throws Failed.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "service/store.hpp"
#include "store/connection.hpp"

namespace regulars::store {

/// In the order of the subjects.
[[nodiscard]] std::vector<std::optional<service::OneTimeCode>> read_one_time_codes(
    Connection& connection, std::span<const std::string> subjects);
[[nodiscard]] std::optional<service::EnrolmentCode> read_enrolment_code(Connection& connection,
                                                                        const std::string& code);
[[nodiscard]] std::optional<service::EnrolmentCode> read_invitation(Connection& connection, MemberId member);
[[nodiscard]] std::vector<service::EnrolmentCode> read_enrolment_codes(Connection& connection,
                                                                       const service::Page<std::string>& page);

// Each writes inside a transaction that the caller holds.
void write_one_time_codes(Connection& connection, std::span<const service::OneTimeCode> codes);
void remove_one_time_codes(Connection& connection, Instant before);
/// All of them.
void clear_one_time_codes(Connection& connection);
void write_enrolment_code(Connection& connection, const service::EnrolmentCode& code);

}  // namespace regulars::store

// One-time codes: six digits that go to a phone or an e-mail address, and show that whoever tells them reads what is
// sent there. Nothing here knows members, so nothing can be learnt here about who is one.
//
//   A code works once, for five minutes and five tries, and for what it was asked for. Each address gets one a minute,
//   five an hour and ten a day; each place that requests come from may ask and be wrong so often; and so many are sent
//   a day in all, whoever asks. What counts as an hour or a day begins with the first request in it.
//
// Addresses, places and codes are kept as hashes. That keeps them out of sight, and no more: six digits, and phone
// numbers too, are soon tried through by whoever has the table. What protects a code is its short life.
#pragma once

#include <cstdint>
#include <string>

#include "base/time.hpp"
#include "service/service.hpp"
#include "service/store.hpp"

namespace regulars::service {

inline constexpr std::int64_t code_life_ms = 5 * 60 * ms_per_second;
inline constexpr std::int32_t code_tries_max = 5;

/// How often something may happen.
struct Pace {
    std::int64_t pause_ms = 0;   ///< between two
    std::int32_t per_hour = 0;
    std::int32_t per_day = 0;
};
inline constexpr Pace codes_to_one_address{60 * ms_per_second, 5, 10};
inline constexpr Pace codes_from_one_place{0, 60, 300};
inline constexpr Pace wrong_from_one_place{0, 60, 300};
inline constexpr Pace codes_in_all{0, 5'000, 20'000};

/// Whether it may happen once more now, without counting it.
[[nodiscard]] bool may_happen(const OneTimeCode& state, const Pace& pace, Instant now);
/// It happens.
void count_one(OneTimeCode& state, Instant now);

/// Whether the code is the one that is out. Takes the same time whatever is wrong.
[[nodiscard]] bool is_code(const OneTimeCode& state, const CodeTrial& trial, Instant now);

/// Six digits and a salt, from the system's random numbers.
[[nodiscard]] std::string random_digits();
[[nodiscard]] std::string random_salt();

// One transaction each; they try again when somebody else was first.
[[nodiscard]] Stored<CodeVerdict> ask_code(Store& store, const CodeRequest& request, Instant now);
[[nodiscard]] Stored<CodeVerdict> try_code(Store& store, const CodeTrial& trial, Instant now);

}  // namespace regulars::service

// Checking what was drawn, from outside: the answer of GET /v1/activities/{name}/chance and one result, as the API
// tells them, are all that is needed. See service/fair_chance.hpp for what follows from what.
//
//   {"member": "42", "result": RESULT, "chance": CHANCE}
//
// RESULT is one of a member's results, CHANCE that answer, with the seed of the result's day among its seeds, and with
// the odds of the programme version that was in force then.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.hpp"
#include "base/ids.hpp"
#include "base/time.hpp"
#include "service/event_json.hpp"
#include "service/fair_chance.hpp"

namespace regulars::service {

struct DrawProof {
    struct Odds {
        std::string name;
        std::int64_t weight = 0;
        bool limited = false;
        bool rare = false;
    };
    std::string activity;
    MemberId member;
    std::string turn;                 ///< as the number's text tells it
    LocalDate day;
    std::uint64_t number = 0;
    std::string what;
    std::string won;
    Seed seed{};
    LocalDate first_day;              ///< of the chain
    Seed anchor{};
    std::vector<Odds> odds;           ///< empty: what came of the number is not looked at
    std::optional<std::int64_t> pity;
};

inline constexpr std::size_t draw_proof_size_max = 4 << 20;

[[nodiscard]] expected<DrawProof, JsonProblems> read_draw_proof(std::string_view json);

/// What shows that it is forged, in one sentence; nothing when it is as it should be. That something was used up cannot
/// be seen from here: where what was hit could be, it is taken to have been.
[[nodiscard]] std::optional<std::string> forgery_of(const DrawProof& proof);

}  // namespace regulars::service

// Draws and collections: turns, prizes and pieces by chance, pity, steps, pieces that go to another member.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/expected.hpp"
#include "engine/decision.hpp"
#include "engine/event.hpp"
#include "engine/rejection.hpp"

namespace regulars::engine {

/// Which of these a number by chance stands for: each is hit in proportion to its weight, to one part in 2^64. The
/// weights are not negative, sum to something, and at most to 2^62.
[[nodiscard]] std::size_t pick(std::span<const std::int64_t> weights, std::uint64_t number);

// What ActivityResult::what says of a turn, so that whoever checks it knows what was chosen among.
inline constexpr std::string_view turn_taken = "turn_taken";        ///< by weight among all
inline constexpr std::string_view turn_replaced = "turn_replaced";  ///< that one was used up: the first that never is
inline constexpr std::string_view turn_rare_due = "turn_rare_due";  ///< by weight among the rare ones that were left

// Each checks first, in the order of the rejections, and then only changes.
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const TurnTaken& fact);
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const TurnsGranted& fact);
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const PiecePassed& fact);
[[nodiscard]] expected<void, Rejection> on_fact(Decision& decision, const PieceReceived& fact);

/// A settled order gives turns of every draw that says so, while its dates last. A return does not take them back:
/// they may have been taken, and what they won may be gone.
void give_turns_for_order(Decision& decision, const Order& order);

}  // namespace regulars::engine

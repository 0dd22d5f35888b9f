// Assertions on our own mistakes. They stay on in release builds, print both sides of a comparison and abort: a
// wrong balance is worse than a stopped process. What comes from outside is never checked here; it is parsed
// into a valid type or refused.
#pragma once

#include <concepts>
#include <source_location>
#include <string>
#include <string_view>
#include <utility>

namespace regulars {

/// Prints where and what, then aborts. Called by the checks below; call it directly for "cannot happen" branches.
[[noreturn]] void check_failed(std::string_view what, std::source_location where = std::source_location::current());

/// Aborts with `what` unless `holds`.
constexpr void check(bool holds, std::string_view what, std::source_location where = std::source_location::current()) {
    if (!holds) [[unlikely]] check_failed(what, where);
}

/// Aborts unless both sides are equal, and prints them.
template <std::integral Left, std::integral Right>
void check_equal(Left left, Right right, std::string_view what,
                 std::source_location where = std::source_location::current()) {
    if (!std::cmp_equal(left, right)) [[unlikely]]
        check_failed(std::string(what) + ": " + std::to_string(left) + " is not " + std::to_string(right), where);
}

}  // namespace regulars

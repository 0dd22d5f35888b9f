// What all activities have in common: when they are open, for whom, how often, and how a member stands in one.
#pragma once

#include <optional>
#include <string_view>

#include "base/expected.hpp"
#include "engine/decision.hpp"
#include "engine/rejection.hpp"

namespace regulars::engine {

/// Whether the member is one of those at the decision's present.
[[nodiscard]] bool is_among(const Decision& decision, const programme::Who& who);
[[nodiscard]] bool is_among(const programme::Programme& programme, const Member& member, Instant now,
                            const programme::Who& who);
/// Whether it is open for the member at the decision's present.
[[nodiscard]] bool is_open(const programme::Programme& programme, const Member& member,
                           const programme::Opening& opening, Instant at);
/// Whether it is open for the member at some hour of this local day.
[[nodiscard]] bool is_open_on(const Member& member, const programme::Opening& opening, LocalDate day);

/// How the member stands in it; null: has never done anything there.
[[nodiscard]] const ActivityState* find_state(const Member& member, std::string_view activity);
/// The same, with a new state where there was none.
[[nodiscard]] ActivityState& state_of(Member& member, std::string_view activity);

/// How many of that name, in all; 0 where there is no such count.
[[nodiscard]] std::int64_t total_of(const std::vector<NamedCount>& counts, std::string_view name);
[[nodiscard]] std::int64_t on_day_of(const std::vector<NamedCount>& counts, std::string_view name, LocalDate day);
/// Adds to the count of that name, which is kept sorted by name; one that comes to nothing goes.
void add_to(std::vector<NamedCount>& counts, std::string_view name, std::int64_t more, LocalDate day);

/// Why `more` cannot be done by a member who has done so much, in all and today; nothing when it can.
[[nodiscard]] bool is_within(const programme::MemberLimit& limit, std::int64_t total, std::int64_t on_day,
                             std::int64_t more);

/// How many are left of a stock that members share, as the event was told; nothing when it is not scarce.
[[nodiscard]] std::optional<std::int64_t> left_in_stock(const Decision& decision, std::string_view stock);
[[nodiscard]] bool is_in_stock(const Decision& decision, std::string_view stock, std::int64_t count);

/// An activity that this may happen to now.
template <class Terms>
struct OpenActivity {
    const programme::Activity& activity;
    const Terms& terms;
};

/// Why the member cannot take part in it now; nothing when they can. Looks at who, when and how often.
[[nodiscard]] std::optional<Rejection> check_activity(const Decision& decision, const programme::Activity& activity);

/// The activity of that name and kind, with everything checked that all have in common.
template <class Terms>
[[nodiscard]] expected<OpenActivity<Terms>, Rejection> open_activity(const Decision& decision, std::string_view name) {
    const programme::Activity* activity = decision.programme.activities.find(name);
    const Terms* terms = activity == nullptr ? nullptr : activity->as<Terms>();
    if (terms == nullptr) return unexpected(Rejection::unknown_activity);
    if (const auto rejection = check_activity(decision, *activity)) return unexpected(*rejection);
    return OpenActivity<Terms>{*activity, *terms};
}

/// The member has done it once more, today.
void count_activity(Decision& decision, ActivityState& state);

}  // namespace regulars::engine

// What stories tell of reviews, friends and trials, and what is then true of them. Part of story_activities.hpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/event.hpp"
#include "story.hpp"
#include "world.hpp"

namespace regulars::model {

/// review ORDER PRODUCT SCORE [text=TEXT] [picture] | moderate ORDER PRODUCT yes|no
/// friend MEMBER registered|ordered|returned|erased|registration_counts|order_counts [MARK ...]
/// look-at MEMBER yes|no | marks MARK ... | apply ACTIVITY | choose ACTIVITY yes|no | report ACTIVITY
[[nodiscard]] std::optional<engine::Fact> friend_fact(const std::vector<std::string>& words);

/// review ORDER PRODUCT STATUS (or -), invited NUMBER (how many orders are to be reviewed later), friend MEMBER STATUS,
/// friends NUMBER ordered NUMBER, brought MEMBER (by whom; 0: nobody), marked NUMBER, trial ACTIVITY STATUS.
[[nodiscard]] std::string found_of_friends(const World& world, const std::vector<std::string>& claim);

/// Between the two members of a story: what follows for one from what has happened to the other. One that is refused is
/// dropped.
class FollowUps {
public:
    FollowUps(World& one, World& two, Telling& telling) : one_(one), two_(two), telling_(telling) {}
    void apply(const engine::Outcome& outcome);

private:
    World& one_;
    World& two_;
    Telling& telling_;
};

}  // namespace regulars::model

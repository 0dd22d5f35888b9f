// Rows about what members do beside buying, as a draft gathers them: of what stands in a list as it is now, the last.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/outcome.hpp"
#include "service/store.hpp"

namespace regulars::service {

class ActivityRows {
public:
    /// `first_index`: of the first result with this event.
    void keep(MemberId member, std::uint64_t event_sequence, std::uint32_t first_index,
              const engine::Outcome& outcome);
    /// The order is another member's from now on, and so are its reviews.
    void pass_reviews(MemberId from, MemberId to, const engine::Order& order, Instant at);
    /// Moves all of it into the batch, in the order of members.
    void move_into(Batch& batch);

private:
    std::vector<ActivityResultRow> results_;
    std::map<MemberTextKey, RedemptionRow> redemptions_;
    std::map<MemberTextKey, GroupRow> groups_;
    std::map<std::pair<MemberTextKey, std::string>, ReviewRow> reviews_;
    std::map<std::pair<MemberId, MemberId>, FriendRow> friends_;
    std::map<MemberTextKey, TrialRow> trials_;
};

}  // namespace regulars::service

#include "store/memory_activities.hpp"

#include <algorithm>
#include <tuple>

namespace regulars::store {

namespace {

// Of a map's rows after `page.after` those that `wanted` lets through, up to the limit.
template <class Row, class Map, class Key, class Wanted>
std::vector<Row> page_of(const Map& rows, const Key& after, std::size_t limit, Wanted wanted) {
    std::vector<Row> found;
    for (auto it = rows.upper_bound(after); it != rows.end() && found.size() < limit; ++it)
        if (wanted(it->second)) found.push_back(it->second);
    return found;
}

}  // namespace

std::string text_of_review(const engine::ReviewChange& change) {
    return change.order_id + '\n' + change.review.product;
}

std::vector<service::ActivityResultRow> MemoryActivities::results(MemberId member, const std::string& activity,
                                                                  const service::Page<service::ResultKey>& page) const {
    return page_of<service::ActivityResultRow>(
        results_, std::pair(member, page.after), page.limit, [&](const auto& row) {
            return row.member == member && (activity.empty() || row.result.activity == activity);
        });
}

std::vector<service::RedemptionRow> MemoryActivities::redemptions(MemberId member,
                                                                  const service::Page<std::string>& page) const {
    return page_of<service::RedemptionRow>(redemptions_, service::MemberTextKey{member, page.after}, page.limit,
                                           [&](const auto& row) { return row.member == member; });
}

std::vector<service::RedemptionRow> MemoryActivities::redemptions(
    engine::RedemptionStatus status, const service::Page<service::MemberTextKey>& page) const {
    return page_of<service::RedemptionRow>(redemptions_, page.after, page.limit,
                                           [&](const auto& row) { return row.redemption.status == status; });
}

std::optional<service::GroupRow> MemoryActivities::group(const std::string& group) const {
    const auto found = groups_.find(group);
    return found == groups_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<service::GroupRow> MemoryActivities::open_groups(const std::string& promotion,
                                                             const service::Page<std::string>& page) const {
    return page_of<service::GroupRow>(groups_, page.after, page.limit, [&](const auto& row) {
        return row.change.group.promotion == promotion && row.change.group.status == engine::GroupStatus::open;
    });
}

std::vector<service::ReviewRow> MemoryActivities::reviews(engine::ReviewStatus status,
                                                          const service::Page<service::MemberTextKey>& page) const {
    return page_of<service::ReviewRow>(reviews_, page.after, page.limit,
                                       [&](const auto& row) { return row.change.review.status == status; });
}

std::vector<service::FriendRow> MemoryActivities::friends(engine::FriendStatus status,
                                                          const service::Page<service::MemberTextKey>& page) const {
    return page_of<service::FriendRow>(friends_, page.after, page.limit,
                                       [&](const auto& row) { return row.change.who.status == status; });
}

std::vector<service::TrialRow> MemoryActivities::applicants(const std::string& activity, bool by_number,
                                                            std::size_t limit) const {
    std::vector<service::TrialRow> found;
    for (const auto& [key, row] : trials_)
        if (key.first == activity && row.change.status == engine::TrialStatus::applied) found.push_back(row);
    std::ranges::sort(found, {}, [&](const service::TrialRow& row) {
        return std::tuple(by_number ? row.change.number : 0, row.change.at, row.member);
    });
    if (found.size() > limit) found.resize(limit);
    return found;
}

std::int64_t MemoryActivities::count_trials(const std::string& activity, engine::TrialStatus status) const {
    return std::ranges::count_if(trials_, [&](const auto& entry) {
        return entry.first.first == activity && entry.second.change.status == status;
    });
}

std::vector<service::SeedChain> MemoryActivities::seed_chains() const {
    std::vector<service::SeedChain> chains;
    for (const auto& [activity, chain] : chains_) chains.push_back(chain);
    return chains;
}

bool MemoryActivities::all_new(const service::Batch& batch) const {
    const auto is_new = [&](const service::ActivityResultRow& row) {
        return !results_.contains({row.member, {row.event_sequence, row.index}});
    };
    const auto is_own = [&](const service::GroupRow& row) {
        const auto found = groups_.find(row.change.group.group);
        return found == groups_.end() || found->second.leader == row.leader;
    };
    return std::ranges::all_of(batch.activity_results, is_new) && std::ranges::all_of(batch.groups, is_own);
}

void MemoryActivities::write(const service::Batch& batch) {
    for (const auto& row : batch.activity_results)
        results_.emplace(std::pair(row.member, service::ResultKey{row.event_sequence, row.index}), row);
    for (const auto& row : batch.redemptions)
        redemptions_.insert_or_assign({row.member, row.redemption.redemption_id}, row);
    for (const auto& row : batch.groups) groups_.insert_or_assign(row.change.group.group, row);
    for (const auto& row : batch.reviews) reviews_.insert_or_assign({row.member, text_of_review(row.change)}, row);
    for (const auto& row : batch.friends)
        friends_.insert_or_assign({row.member, std::to_string(row.change.who.member.value)}, row);
    for (const auto& row : batch.trials) trials_.insert_or_assign({row.change.activity, row.member}, row);
}

bool MemoryActivities::add(const service::SeedChain& chain) { return chains_.emplace(chain.activity, chain).second; }

}  // namespace regulars::store

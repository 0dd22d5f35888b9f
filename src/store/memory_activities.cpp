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

std::tuple<std::string, std::string, service::GivenAnswerKey> place_of(const service::GivenAnswerRow& row) {
    return {row.activity, row.question, {row.at, row.member, row.event_sequence}};
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

std::vector<service::GivenAnswerRow> MemoryActivities::given_answers(
    const std::string& activity, const std::string& question,
    const service::Page<service::GivenAnswerKey>& page) const {
    std::vector<service::GivenAnswerRow> found;
    auto it = given_answers_.lower_bound({activity, question, page.after});
    while (it != given_answers_.begin() && found.size() < page.limit) {
        const auto& [place, row] = *--it;
        if (std::get<0>(place) != activity || std::get<1>(place) != question) break;
        found.push_back(row);
    }
    return found;
}

std::vector<service::AnswerCountRow> MemoryActivities::answer_counts(const std::string& activity) const {
    std::vector<service::AnswerCountRow> found;
    for (auto it = answer_counts_.lower_bound({activity, "", ""});
         it != answer_counts_.end() && it->second.activity == activity; ++it)
        found.push_back(it->second);
    return found;
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
    const auto is_unanswered = [&](const service::GivenAnswerRow& row) {
        return !given_answers_.contains(place_of(row));
    };
    return std::ranges::all_of(batch.activity_results, is_new) && std::ranges::all_of(batch.groups, is_own) &&
           std::ranges::all_of(batch.given_answers, is_unanswered);
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
    write_answers(batch);
}

void MemoryActivities::write_answers(const service::Batch& batch) {
    for (const auto& row : batch.given_answers) given_answers_.emplace(place_of(row), row);
    for (const auto& row : batch.answer_counts) {
        const auto [known, is_new] = answer_counts_.emplace(std::tuple(row.activity, row.question, row.answer), row);
        if (is_new) continue;
        known->second.times += row.times;
        known->second.left_out += row.left_out;
        known->second.members += row.members;
    }
    for (const MemberId member : batch.forgotten_answers)
        std::erase_if(given_answers_, [&](const auto& entry) { return entry.second.member == member; });
}

bool MemoryActivities::add(const service::SeedChain& chain) { return chains_.emplace(chain.activity, chain).second; }

}  // namespace regulars::store

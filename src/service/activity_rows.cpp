#include "service/activity_rows.hpp"

#include <algorithm>

namespace regulars::service {

namespace {

template <class Map, class Row>
void move_values(Map& from, std::vector<Row>& to) {
    for (auto& [key, row] : from) to.push_back(std::move(row));
    from.clear();
}

}  // namespace

void ActivityRows::keep(MemberId member, std::uint64_t event_sequence, std::uint32_t first_index,
                        const engine::Outcome& outcome) {
    std::uint32_t index = first_index;
    for (const engine::ActivityResult& result : outcome.activity_results)
        results_.push_back({member, event_sequence, index++, result});
    for (const engine::Redemption& redemption : outcome.redemptions)
        redemptions_.insert_or_assign({member, redemption.redemption_id}, RedemptionRow{member, redemption});
    for (const engine::GroupChange& change : outcome.groups)
        groups_.insert_or_assign({member, change.group.group}, GroupRow{member, change});
    for (const engine::ReviewChange& change : outcome.reviews) {
        const std::pair key{MemberTextKey{member, change.order_id}, change.review.product};
        reviews_.insert_or_assign(key, ReviewRow{member, change.review.event_sequence, change});
    }
    for (const engine::FriendChange& change : outcome.friends)
        friends_.insert_or_assign({member, change.who.member}, FriendRow{member, change});
    for (const engine::TrialChange& change : outcome.trials)
        trials_.insert_or_assign({member, change.activity}, TrialRow{member, change});
}

void ActivityRows::pass_reviews(MemberId from, MemberId to, const engine::Order& order, Instant at) {
    for (engine::ProductReview review : order.reviews) {
        const auto keep = [&](MemberId member) {
            const std::pair key{MemberTextKey{member, order.order_id}, review.product};
            reviews_.insert_or_assign(key, ReviewRow{member, review.event_sequence, {order.order_id, review, at}});
        };
        keep(to);
        // Nothing waits there any more.
        review.status = engine::ReviewStatus::taken_back;
        keep(from);
    }
}

void ActivityRows::move_into(Batch& batch) {
    std::stable_sort(results_.begin(), results_.end(),
                     [](const auto& a, const auto& b) { return a.member < b.member; });
    batch.activity_results = std::move(results_);
    move_values(redemptions_, batch.redemptions);
    move_values(groups_, batch.groups);
    move_values(reviews_, batch.reviews);
    move_values(friends_, batch.friends);
    move_values(trials_, batch.trials);
}

}  // namespace regulars::service

// Random activities, reviews, friends, redemptions and groups of members: part of random_member.hpp.
#pragma once

#include <vector>

#include "engine/member.hpp"
#include "store/random_parts.hpp"

namespace regulars::store {

template <class Enum>
Enum some_choice(Enum last) {
    return static_cast<Enum>(*rc::gen::inRange(0, static_cast<int>(last) + 1));
}

template <class Value, class Make>
std::vector<Value> some_list(Make make) {
    return *rc::gen::resize(4, rc::gen::container<std::vector<Value>>(rc::gen::exec(make)));
}

inline engine::NamedCount some_count() {
    engine::NamedCount value;
    value.name = *random_text();
    value.total = number<std::int64_t>();
    value.day = *random_date();
    value.on_day = number<std::int64_t>();
    return value;
}

inline engine::ActivityState some_activity() {
    engine::ActivityState value;
    value.name = *random_text();
    value.total = number<std::int64_t>();
    value.day = *random_date();
    value.on_day = number<std::int64_t>();
    value.days = *rc::gen::container<std::vector<LocalDate>>(random_date());
    value.kept = *rc::gen::container<std::vector<LocalDate>>(random_date());
    value.streak_before = number<std::int64_t>();
    value.streak = number<std::int64_t>();
    value.best_streak = number<std::int64_t>();
    value.freezes = number<std::int64_t>();
    value.make_up_month = *random_date();
    value.made_up = number<std::int64_t>();
    value.turns = number<std::int64_t>();
    value.free_day = *random_date();
    value.free_taken = number<std::int64_t>();
    value.turns_taken = number<std::int64_t>();
    value.since_rare = number<std::int64_t>();
    value.had = some_list<engine::NamedCount>(some_count);
    value.kinds_had = *random_texts();
    value.steps = *random_texts();
    value.subjects = *random_texts();
    value.trial = some_choice(engine::TrialStatus::overdue);
    value.trial_number = number<std::uint64_t>();
    value.report_until = *random_instant();
    value.trial_spent = some_list<engine::SpentLot>([] {
        return engine::SpentLot{some<Points>(), *random_instant(), number<std::uint32_t>()};
    });
    return value;
}

inline engine::ProductReview some_review() {
    engine::ProductReview value;
    value.product = *random_text();
    value.status = some_choice(engine::ReviewStatus::taken_back);
    value.score = number<std::int64_t>();
    value.pictures = number<bool>();
    value.length = number<std::int64_t>();
    value.points = some<Points>();
    value.cashback = some<Money>();
    value.programme_version = number<std::uint32_t>();
    value.event_sequence = number<std::uint64_t>();
    return value;
}

inline engine::ReviewInvitation some_review_invitation() {
    engine::ReviewInvitation value;
    value.order_id = *random_text();
    value.at = *random_instant();
    return value;
}

inline engine::Friend some_friend() {
    engine::Friend value;
    value.member = MemberId{number<std::uint64_t>()};
    value.at = *random_instant();
    value.status = some_choice(engine::FriendStatus::returned);
    value.counted = number<bool>();
    value.has_ordered = number<bool>();
    value.points = some<Points>();
    value.cashback = some<Money>();
    value.order_points = some<Points>();
    value.order_cashback = some<Money>();
    value.programme_version = number<std::uint32_t>();
    value.marks = *random_texts();
    return value;
}

inline engine::Brought some_brought() {
    engine::Brought value;
    value.by = MemberId{number<std::uint64_t>()};
    value.ordered = number<bool>();
    value.order = number<std::uint32_t>();
    value.known_as = MemberId{number<std::uint64_t>()};
    value.registration_counts = number<bool>();
    value.order_counts = number<bool>();
    value.points = some<Points>();
    value.cashback = some<Money>();
    value.programme_version = number<std::uint32_t>();
    return value;
}

inline engine::Redemption some_redemption() {
    engine::Redemption value;
    value.redemption_id = *random_text();
    value.item = *random_text();
    value.window = *random_text();
    value.quantity = number<std::int64_t>();
    value.points = some<Points>();
    value.money = some<Money>();
    value.order_id = *random_text();
    value.programme_version = number<std::uint32_t>();
    value.at = *random_instant();
    value.status = some_choice(engine::RedemptionStatus::passed);
    value.carrier = *random_text();
    value.tracking = *random_text();
    value.spent = some_list<engine::SpentLot>([] {
        return engine::SpentLot{some<Points>(), *random_instant(), number<std::uint32_t>()};
    });
    return value;
}

inline engine::GroupSeat some_seat() {
    engine::GroupSeat value;
    value.member = MemberId{number<std::uint64_t>()};
    value.order_id = *random_text();
    return value;
}

inline engine::Group some_group() {
    engine::Group value;
    value.group = *random_text();
    value.promotion = *random_text();
    value.programme_version = number<std::uint32_t>();
    value.size = number<std::int64_t>();
    value.ends_at = *random_instant();
    value.status = some_choice(engine::GroupStatus::failed);
    value.seats = some_list<engine::GroupSeat>(some_seat);
    return value;
}

inline void draw_activities(engine::Member& member) {
    member.activities = some_list<engine::ActivityState>(some_activity);
    member.reviewed_products = *random_texts();
    member.review_invitations = some_list<engine::ReviewInvitation>(some_review_invitation);
    member.marks = *random_texts();
    member.friends = some_list<engine::Friend>(some_friend);
    member.friends_ordered = number<std::int64_t>();
    member.brought = some_brought();
    member.mall_counts = some_list<engine::NamedCount>(some_count);
    member.redemptions = some_list<engine::Redemption>(some_redemption);
    member.promotion_counts = some_list<engine::NamedCount>(some_count);
    member.groups = some_list<engine::Group>(some_group);
}

}  // namespace regulars::store

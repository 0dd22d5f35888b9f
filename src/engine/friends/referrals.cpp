#include "engine/friends/referrals.hpp"

#include <algorithm>
#include <iterator>

#include "base/limits.hpp"
#include "engine/activities/common.hpp"
#include "engine/follow_ups.hpp"
#include "engine/friends/rewards.hpp"

namespace regulars::engine {

namespace {

using programme::ReferralPolicy;
using What = FriendActed::What;

const ReferralPolicy& policy_of(const Decision& decision) { return decision.programme.activities.referral; }

// Friends mean something to the programme: for themselves, or as turns of a collection.
bool wants_friends(const programme::Programme& programme) {
    const auto gives_turns = [](const programme::Activity& activity) {
        const auto* collection = activity.as<programme::Collection>();
        return collection != nullptr && collection->turns_per_friend > 0;
    };
    const auto& activities = programme.activities.activities;
    return programme.activities.referral.on || std::any_of(activities.begin(), activities.end(), gives_turns);
}

Friend* find_friend(Member& member, MemberId id) {
    const auto found = std::find_if(member.friends.begin(), member.friends.end(),
                                    [&](const Friend& one) { return one.member == id; });
    return found == member.friends.end() ? nullptr : &*found;
}

void changed(Decision& decision, const Friend& one) { decision.outcome.friends.push_back({one, decision.now}); }

bool share_one(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    std::vector<std::string> both;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
    return !both.empty();
}

bool shares_marks(const Member& member, const Friend& one) {
    if (share_one(member.marks, one.marks)) return true;
    return std::any_of(member.friends.begin(), member.friends.end(), [&](const Friend& other) {
        return other.member != one.member && share_one(other.marks, one.marks);
    });
}

bool too_many_today(const Decision& decision, const Friend& one) {
    const auto& most = policy_of(decision).friends_per_day;
    if (!most) return false;
    const Zone& zone = decision.programme.zone;
    const auto& friends = decision.member.friends;
    return std::count_if(friends.begin(), friends.end(), [&](const Friend& other) {
        return zone.date(other.at) == zone.date(one.at);
    }) > *most;
}

// Nothing more is given for the friend until people have looked.
void hold_back(Decision& decision, Friend& one) {
    one.status = FriendStatus::suspicious;
    decision.outcome.notices.push_back({decision.now, NoticeKind::friend_suspicious,
                                        std::to_string(one.member.value), {}, {}});
    explain(decision, referral_code, [] { return std::string("people look at this friend first"); });
}

expected<void, Rejection> befriend(Decision& decision, const FriendActed& fact) {
    Member& member = decision.member;
    const bool possible = wants_friends(decision.programme) && !member.erased && fact.who != member.id &&
                          fact.who != member.brought.by && find_friend(member, fact.who) == nullptr &&
                          member.friends.size() < limits::friends_max;
    if (!possible) return unexpected(Rejection::friend_not_possible);

    // Nothing can fail from here on.
    Friend& one = member.friends.emplace_back();
    one.member = fact.who;
    one.at = decision.now;
    one.marks = fact.marks;
    const ReferralPolicy& policy = policy_of(decision);
    const bool suspicious =
        policy.on && (too_many_today(decision, one) || (policy.review_same_device && shares_marks(member, one)));
    if (suspicious) hold_back(decision, one);
    else count_registration(decision, one);
    changed(decision, one);
    return {};
}

// Marks may have been told since the friend registered, above all those of payment.
expected<void, Rejection> on_order(Decision& decision, const FriendActed& fact) {
    Friend* one = find_friend(decision.member, fact.who);
    if (one == nullptr || one->status == FriendStatus::refused) return unexpected(Rejection::friend_not_found);
    if (one->has_ordered) return unexpected(Rejection::friend_not_possible);

    // Nothing can fail from here on.
    one->has_ordered = true;
    one->marks = fact.marks;
    const bool suspicious = policy_of(decision).review_same_device && shares_marks(decision.member, *one);
    if (suspicious && one->status != FriendStatus::suspicious) hold_back(decision, *one);
    if (one->status != FriendStatus::suspicious) count_order(decision, *one);
    changed(decision, *one);
    return {};
}

expected<void, Rejection> on_return(Decision& decision, const FriendActed& fact) {
    Friend* one = find_friend(decision.member, fact.who);
    if (one == nullptr || !one->has_ordered || one->status == FriendStatus::refused)
        return unexpected(Rejection::friend_not_found);

    one->has_ordered = false;
    if (one->status != FriendStatus::suspicious) uncount_order(decision, *one);
    changed(decision, *one);
    return {};
}

expected<void, Rejection> on_erased(Decision& decision, const FriendActed& fact) {
    Friend* one = find_friend(decision.member, fact.who);
    if (one == nullptr) return unexpected(Rejection::friend_not_found);
    one->marks.clear();
    changed(decision, *one);
    return {};
}

MemberId name_of_self(const Member& member) {
    return member.brought.known_as != MemberId() ? member.brought.known_as : member.id;
}

void tell(Decision& decision, What what, Money amount = {}) {
    const Member& member = decision.member;
    FriendActed fact{name_of_self(member), what, {}, amount};
    if (what == What::registered || what == What::ordered) fact.marks = member.marks;
    decision.outcome.follow_ups.push_back({member.brought.by, decision.now, std::move(fact)});
}

}  // namespace

expected<void, Rejection> on_fact(Decision& decision, const FriendActed& fact) {
    switch (fact.what) {
        case What::registered: return befriend(decision, fact);
        case What::ordered: return on_order(decision, fact);
        case What::returned: return on_return(decision, fact);
        case What::erased: return on_erased(decision, fact);
        case What::registration_counts: return welcome(decision);
        case What::order_counts: return thank_for_order(decision);
    }
    return unexpected(Rejection::friend_not_found);
}

expected<void, Rejection> on_fact(Decision& decision, const ReferralDecided& fact) {
    Friend* one = find_friend(decision.member, fact.who);
    const FriendStatus refused_or_not = one == nullptr ? FriendStatus::registered : one->status;
    if (!fact.approved && refused_or_not == FriendStatus::refused) {
        decision.outcome.duplicate = true;
        return {};
    }
    if (refused_or_not != FriendStatus::suspicious) return unexpected(Rejection::friend_not_found);

    // Nothing can fail from here on.
    if (!fact.approved) {
        refuse_friend(decision, *one);
    } else {
        one->status = FriendStatus::registered;
        if (!one->counted) count_registration(decision, *one);
        if (one->has_ordered) count_order(decision, *one);
    }
    changed(decision, *one);
    return {};
}

// New ones always count; of those that were told before as many as there is room for.
expected<void, Rejection> on_fact(Decision& decision, const MarksTold& fact) {
    std::vector<std::string> marks = fact.marks;
    std::sort(marks.begin(), marks.end());
    marks.erase(std::unique(marks.begin(), marks.end()), marks.end());
    const auto& own = decision.member.marks;
    const bool says_nothing_new = std::includes(own.begin(), own.end(), marks.begin(), marks.end());
    if (says_nothing_new && decision.member.event_sequence > 0) {
        decision.outcome.duplicate = true;
        return {};
    }
    std::vector<std::string> earlier;
    std::set_difference(own.begin(), own.end(), marks.begin(), marks.end(), std::back_inserter(earlier));
    const std::size_t room = limits::marks_max - std::min(limits::marks_max, marks.size());
    if (earlier.size() > room) earlier.resize(room);
    marks.insert(marks.end(), earlier.begin(), earlier.end());
    std::sort(marks.begin(), marks.end());
    decision.member.marks = std::move(marks);
    return {};
}

// Whoever has brought somebody was a member before, so nobody comes round in a circle to who brought them.
void tell_of_registration(Decision& decision, const Registered& fact) {
    Member& member = decision.member;
    if (fact.inviter.empty() || !wants_friends(decision.programme)) return;
    const auto inviter = companion_of(Fact(fact));
    const bool is_newcomer = member.lifetime.orders == 0 && member.friends.empty();
    if (!inviter || *inviter == MemberId() || *inviter == member.id || !is_newcomer) {
        explain(decision, referral_code, [&] {
            return is_newcomer ? std::string("the inviter is no other member: nobody is rewarded")
                               : std::string("the member is no newcomer: nobody is rewarded");
        });
        return;
    }
    member.brought.by = *inviter;
    tell(decision, What::registered);
}

void tell_of_settlement(Decision& decision, const Order& order) {
    Member& member = decision.member;
    const ReferralPolicy& policy = policy_of(decision);
    if (member.brought.by == MemberId() || member.brought.ordered || !policy.on) return;
    const Zone& zone = decision.programme.zone;
    const LocalDate last_day = add_days(zone.date(member.registered_at), policy.within_days);
    if (order.counted < policy.order_at_least || order.ordered_at >= zone.end_of(last_day)) return;
    member.brought.ordered = true;
    member.brought.order = order.number.value;
    tell(decision, What::ordered, order.counted);
}

void tell_of_return(Decision& decision, const Order& order) {
    Member& member = decision.member;
    if (!member.brought.ordered || member.brought.order != order.number.value) return;
    take_back_thanks(decision, order.number);
    member.brought.order = 0;
    tell(decision, What::returned);
}

void forget_friends(Decision& decision) {
    Member& member = decision.member;
    member.marks.clear();
    for (Friend& one : member.friends) {
        one.marks.clear();
        changed(decision, one);
    }
    member.friends.clear();
    if (member.brought.by != MemberId()) tell(decision, What::erased);
    member.brought = {};
}

}  // namespace regulars::engine

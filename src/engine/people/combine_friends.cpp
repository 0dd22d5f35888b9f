#include "engine/people/combine_friends.hpp"

#include <algorithm>
#include <iterator>

#include "base/limits.hpp"

namespace regulars::engine {

namespace {

// Both sorted; what does not fit is left out, and `into` keeps all of its own.
void unite_up_to(std::vector<std::string>& into, const std::vector<std::string>& from, std::size_t size_max) {
    std::vector<std::string> added;
    std::set_difference(from.begin(), from.end(), into.begin(), into.end(), std::back_inserter(added));
    const std::size_t room = size_max - std::min(size_max, into.size());
    if (added.size() > room) added.resize(room);
    into.insert(into.end(), added.begin(), added.end());
    std::sort(into.begin(), into.end());
}

bool knows(const Member& member, MemberId id) {
    return std::any_of(member.friends.begin(), member.friends.end(),
                       [&](const Friend& one) { return one.member == id; });
}

void combine_brought(Member& into, const Member& from) {
    if (into.brought.by == from.id) into.brought = {};
    if (into.brought.by != MemberId() || from.brought.by == MemberId() || from.brought.by == into.id) return;
    into.brought = from.brought;
    if (into.brought.known_as == MemberId()) into.brought.known_as = from.id;
    if (into.brought.order != 0) into.brought.order += into.last_order_number;
}

}  // namespace

void combine_reviews(Member& into, const Member& from) {
    unite_up_to(into.reviewed_products, from.reviewed_products, limits::reviewed_products_max);
    into.review_invitations.insert(into.review_invitations.end(), from.review_invitations.begin(),
                                   from.review_invitations.end());
    std::stable_sort(into.review_invitations.begin(), into.review_invitations.end(),
                     [](const ReviewInvitation& a, const ReviewInvitation& b) { return a.at < b.at; });
}

void combine_friends(Member& into, const Member& from) {
    unite_up_to(into.marks, from.marks, limits::marks_max);
    std::erase_if(into.friends, [&](const Friend& one) { return one.member == from.id; });
    for (const Friend& one : from.friends)
        if (one.member != into.id && !knows(into, one.member) && into.friends.size() < limits::friends_max)
            into.friends.push_back(one);
    std::stable_sort(into.friends.begin(), into.friends.end(),
                     [](const Friend& a, const Friend& b) { return a.at < b.at; });
    into.friends_ordered = std::count_if(into.friends.begin(), into.friends.end(), [](const Friend& one) {
        return one.status == FriendStatus::rewarded;
    });
    combine_brought(into, from);
}

}  // namespace regulars::engine

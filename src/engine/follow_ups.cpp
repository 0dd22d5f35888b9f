#include "engine/follow_ups.hpp"

#include "base/id_text.hpp"

namespace regulars::engine {

std::vector<MemberId> companions_of(const Member& member) {
    std::vector<MemberId> ids;
    if (member.brought.by != MemberId()) ids.push_back(member.brought.by);
    if (member.brought.known_as != MemberId()) ids.push_back(member.brought.known_as);
    if (member.merged_into != MemberId()) ids.push_back(member.merged_into);
    for (const Group& group : member.groups)
        for (const GroupSeat& seat : group.seats)
            if (seat.member != member.id) ids.push_back(seat.member);
    for (const Order& order : member.open_orders)
        if (order.group_leader != MemberId() && order.group_leader != member.id) ids.push_back(order.group_leader);
    return ids;
}

std::optional<MemberId> companion_of(const Fact& fact) {
    if (const auto* joined = std::get_if<GroupJoined>(&fact)) return joined->leader;
    if (const auto* decided = std::get_if<ReferralDecided>(&fact)) return decided->who;
    const auto* registered = std::get_if<Registered>(&fact);
    if (registered == nullptr || registered->inviter.empty()) return std::nullopt;
    return parse_member_id(registered->inviter);
}

}  // namespace regulars::engine

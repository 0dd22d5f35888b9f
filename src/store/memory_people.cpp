#include "store/memory_people.hpp"

#include <algorithm>
#include <set>

namespace regulars::store {

std::optional<MemberId> MemoryPeople::giver_of(const std::string& gift) const {
    const auto found = gifts_.find(gift);
    return found == gifts_.end() ? std::optional<MemberId>() : found->second;
}

std::optional<service::Snapshot> MemoryPeople::snapshot_of(MemberId member) const {
    const auto found = snapshots_.find(member.value);
    return found == snapshots_.end() ? std::optional<service::Snapshot>() : found->second;
}

bool MemoryPeople::identities_as_found(const service::Batch& batch, const Identities& identities) {
    return std::all_of(batch.identity_moves.begin(), batch.identity_moves.end(), [&](const auto& move) {
        const auto found = identities.find(move.identity);
        if (found != identities.end()) return found->second == move.from;
        return std::any_of(batch.identities.begin(), batch.identities.end(), [&](const auto& row) {
            return row.identity == move.identity && row.member == move.from;
        });
    });
}

bool MemoryPeople::all_new(const service::Batch& batch) const {
    std::set<std::string> seen;
    return std::all_of(batch.gifts.begin(), batch.gifts.end(), [&](const service::GiftRow& row) {
        return !gifts_.contains(row.gift) && seen.insert(row.gift).second;
    });
}

void MemoryPeople::write(const service::Batch& batch, Identities& identities) {
    for (const service::IdentityMove& move : batch.identity_moves) {
        if (move.to == MemberId()) identities.erase(move.identity);
        else identities[move.identity] = move.to;
    }
    for (const service::Snapshot& row : batch.snapshots) snapshots_.insert_or_assign(row.member.id.value, row);
    for (const service::GiftRow& row : batch.gifts) gifts_.emplace(row.gift, row.giver);
}

}  // namespace regulars::store

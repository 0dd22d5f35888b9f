// The members and identities that were lately in use, shared by the writer and all readers.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <utility>

#include "base/ids.hpp"
#include "engine/member.hpp"
#include "service/cache.hpp"
#include "service/coupon_stocks.hpp"
#include "service/fair_chance.hpp"

namespace regulars::service {

/// A member as it is stored. Never changed once it is shared.
struct HeldMember {
    engine::Member member;
    std::uint64_t version = 0;       ///< that a save must still find
    std::uint32_t last_version = 0;  ///< programme version of its last event; 0: not known, or no event yet
};

struct MemberIdHash {
    std::size_t operator()(MemberId id) const { return std::hash<std::uint64_t>()(id.value); }
};

inline std::size_t hash_of(std::string_view kind, std::string_view value) {
    return std::hash<std::string_view>()(value) * 31U + std::hash<std::string_view>()(kind);
}

struct IdentityHash {
    std::size_t operator()(const engine::Identity& identity) const { return hash_of(identity.kind, identity.value); }
};

/// That nobody has an identity is not kept. A reader may keep one that has just gone to another member: whoever uses
/// what is kept checks that the member still lists it.
struct MemberCache {
    explicit MemberCache(std::size_t members_max)
        : members(members_max), identities(members_max), keeps_stocks(members_max > 0) {}

    Cache<MemberId, std::shared_ptr<const HeldMember>, MemberIdHash> members;
    Cache<engine::Identity, MemberId, IdentityHash> identities;
    StockCache stocks;
    FairChance chance;
    bool keeps_stocks;

    /// Keeps what a reader loaded, unless the writer has put something newer meanwhile.
    void put_loaded(const std::shared_ptr<const HeldMember>& held) {
        const auto is_newer = [&](const std::shared_ptr<const HeldMember>& present) {
            return present->version >= held->version;
        };
        members.put(held->member.id, held, is_newer);
    }
};

}  // namespace regulars::service

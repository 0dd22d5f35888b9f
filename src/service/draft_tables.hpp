// The lookup tables of a draft. Private to draft*.cpp.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "service/activity_rows.hpp"
#include "service/draft.hpp"
#include "service/partner_pools.hpp"
#include "service/rebuild.hpp"
#include "service/unique_codes.hpp"

namespace regulars::service {

struct Draft::Identified {
    std::string_view kind;
    std::string_view value;
    friend bool operator==(const Identified&, const Identified&) = default;

    struct Hash {
        std::size_t operator()(const Identified& identity) const { return hash_of(identity.kind, identity.value); }
    };
};

/// An accepted event with the order that was handed to it, or (no event) the passing of time.
struct Draft::Step {
    const engine::Event* event = nullptr;
    std::optional<engine::Order> closed_order;
    Instant to;
};

struct Draft::Slot {
    std::shared_ptr<const HeldMember> before;  ///< as stored; null for a new member, or one that does not exist
    std::shared_ptr<HeldMember> state;         ///< the working copy; null until something happens
    std::shared_ptr<const HeldMember> base;    ///< what `steps` start from; null: `before`
    std::vector<Step> steps;                   ///< accepted since `base`
    std::vector<OrderNumber> changed_orders;
    std::vector<engine::CouponChange> changed_coupons;  ///< in order; the last of each counts
    bool written = false;                      ///< something was accepted: it has to be saved

    [[nodiscard]] bool exists() const { return before != nullptr || base != nullptr; }
    /// The member as it stands in this batch.
    [[nodiscard]] const engine::Member& member() const {
        if (state != nullptr) return state->member;
        return base != nullptr ? base->member : before->member;
    }
    /// Under which programme version its last event was decided.
    [[nodiscard]] std::uint32_t last_version() const {
        if (state != nullptr) return state->last_version;
        return base != nullptr ? base->last_version : before->last_version;
    }
    [[nodiscard]] std::uint64_t expected_version() const { return before != nullptr ? before->version : 0; }
    HeldMember& working() {
        if (state == nullptr) state = std::make_shared<HeldMember>(base != nullptr ? *base : *before);
        return *state;
    }
};

struct Draft::Tables {
    /// What a member's tables hold, all of it.
    struct Past {
        std::vector<std::string> order_ids;
        std::vector<engine::Order> closed_orders;
        std::vector<RewrittenEvent> rewritten;   ///< events that tell of the person, without that
    };
    struct ClosedOrder {
        engine::Order order;
        bool changed = false;
    };
    struct OrderHash {
        std::size_t operator()(const std::pair<std::uint64_t, std::string>& key) const {
            return std::hash<std::string>()(key.second) * 31U + key.first;
        }
    };

    CouponStocks stocks;
    UniqueCodes codes;
    PartnerPools pools;
    ActivityRows activities;
    std::unordered_map<Identified, MemberId, Identified::Hash> identities;  ///< id 0: nobody has it
    std::unordered_map<MemberId, Slot, MemberIdHash> slots;
    std::unordered_map<std::pair<std::uint64_t, std::string>, ClosedOrder, OrderHash> closed_orders;

    // For what goes together (draft_together.cpp).
    std::unordered_map<MemberId, Past, MemberIdHash> pasts;
    std::unordered_map<MemberId, Standing, MemberIdHash> before_merges;
    std::unordered_map<MemberId, engine::Member, MemberIdHash> others;  ///< by the survivor: who is to be taken in
    std::unordered_map<MemberId, engine::Member, MemberIdHash> survivors;  ///< as they were right before the merge
    std::vector<MemberId> with_shared_orders;                           ///< survivors who cannot be
    std::vector<engine::Member> taken_in;                               ///< by the one who is to be erased
    std::vector<Snapshot> bystanders;
};

}  // namespace regulars::service

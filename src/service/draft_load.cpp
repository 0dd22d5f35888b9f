// Loading for a draft: each kind of thing in one call for the whole batch, and only what the cache does not hold.
#include <algorithm>
#include <unordered_set>
#include <utility>

#include "base/check.hpp"
#include "engine/follow_ups.hpp"
#include "service/draft.hpp"
#include "service/draft_tables.hpp"

namespace regulars::service {

namespace {

// An order that is not paid yet has no version.
bool knows(const ProgrammeHistory& history, std::uint32_t version) { return version == 0 || history.knows(version); }

bool knows_versions_of(const ProgrammeHistory& history, const engine::Tenders& tenders) {
    return std::all_of(tenders.coupons.begin(), tenders.coupons.end(),
                       [&](const engine::UsedCoupon& used) { return knows(history, used.coupon.programme_version); }) &&
           std::all_of(tenders.points.begin(), tenders.points.end(),
                       [&](const engine::SpentLot& lot) { return knows(history, lot.programme_version); });
}

bool knows_versions_of(const ProgrammeHistory& history, const engine::Order& order) {
    return knows(history, order.programme_version) && knows_versions_of(history, order.tenders) &&
           std::all_of(order.reviews.begin(), order.reviews.end(), [&](const engine::ProductReview& review) {
               return knows(history, review.programme_version);
           });
}

// What was given for friends, and paid for trials.
bool knows_versions_of_activities(const ProgrammeHistory& history, const engine::Member& member) {
    const auto knows_lot = [&](const engine::SpentLot& lot) { return knows(history, lot.programme_version); };
    return knows(history, member.brought.programme_version) &&
           std::all_of(member.friends.begin(), member.friends.end(),
                       [&](const engine::Friend& one) { return knows(history, one.programme_version); }) &&
           std::all_of(member.activities.begin(), member.activities.end(), [&](const engine::ActivityState& state) {
               return std::all_of(state.trial_spent.begin(), state.trial_spent.end(), knows_lot);
           });
}

bool knows_versions_of(const ProgrammeHistory& history, const engine::Member& member) {
    return knows_versions_of_activities(history, member) &&
           std::all_of(member.open_orders.begin(), member.open_orders.end(),
                       [&](const engine::Order& order) { return knows_versions_of(history, order); }) &&
           std::all_of(member.holds.begin(), member.holds.end(),
                       [&](const engine::Hold& hold) { return knows_versions_of(history, hold.tenders); }) &&
           std::all_of(member.offers.begin(), member.offers.end(),
                       [&](const engine::Offer& offer) { return knows(history, offer.coupon.programme_version); }) &&
           std::all_of(member.lots.begin(), member.lots.end(),
                       [&](const engine::Lot& lot) { return knows(history, lot.programme_version); }) &&
           std::all_of(member.redemptions.begin(), member.redemptions.end(),
                       [&](const engine::Redemption& one) { return knows(history, one.programme_version); }) &&
           std::all_of(member.coupons.begin(), member.coupons.end(),
                       [&](const engine::Coupon& coupon) { return knows(history, coupon.programme_version); });
}

}  // namespace

Stored<void> Draft::load(Store& store, std::span<const Command* const> commands, std::span<const MemberId> advances,
                         std::optional<MemberId> last_member) {
    last_member_ = last_member;
    const bool may_create =
        std::any_of(commands.begin(), commands.end(), [](const Command* command) { return command->create_member; });
    if (may_create && !last_member_) {
        const auto last = store.last_member_id();
        if (!last) return unexpected(last.error());
        last_member_ = *last;
    }
    if (auto loaded = load_identities(store, commands); !loaded) return loaded;
    std::vector<MemberId> ids(advances.begin(), advances.end());
    for (const Command* command : commands) ids.push_back(owner(command->target));
    tables_->slots.reserve(ids.size());
    if (auto loaded = load_members(store, ids); !loaded) return loaded;
    if (auto loaded = load_companions(store, commands); !loaded) return loaded;
    if (auto checked = recheck_identities(store, commands); !checked) return checked;
    // Another process may have made members since the highest id was asked for, and they may be in this very batch.
    if (last_member_)
        for (const auto& [id, slot] : tables_->slots)
            if (slot.exists()) last_member_ = std::max(*last_member_, id);
    if (auto loaded = load_last_versions(store); !loaded) return loaded;
    if (auto loaded = tables_->stocks.load(store, *history_, cache_.stocks,
                                           before_ != nullptr ? &before_->tables_->stocks : nullptr);
        !loaded)
        return loaded;
    if (auto loaded = load_codes(store, commands); !loaded) return loaded;
    if (auto loaded = load_seeds(store, commands); !loaded) return loaded;
    if (auto loaded = load_closed_orders(store, commands); !loaded) return loaded;
    return load_together(store, commands);
}

Stored<void> Draft::load_codes(Store& store, std::span<const Command* const> commands) {
    const Tables* const before = before_ != nullptr ? before_->tables_.get() : nullptr;
    const programme::Programme& programme = history_->current();
    auto loaded = tables_->codes.load(store, programme.coupons, commands, before != nullptr ? &before->codes : nullptr);
    if (!loaded) return loaded;
    return tables_->pools.load(store, programme, commands, before != nullptr ? &before->pools : nullptr);
}

// They are made when a programme comes into force; here only where another process has put one in force, or where the
// old ones come to their end.
Stored<void> Draft::load_seeds(Store& store, std::span<const Command* const> commands) {
    const programme::Programme& programme = history_->current();
    const bool missing = std::any_of(commands.begin(), commands.end(), [&](const Command* command) {
        return cache_.chance.misses(command->event.fact, programme, now_);
    });
    return missing ? cache_.chance.provide(store, programme, now_) : Stored<void>();
}

Stored<void> Draft::load_identities(Store& store, std::span<const Command* const> commands) {
    std::vector<engine::Identity> missing;
    std::vector<Identified> missing_views;
    const auto want = [&](std::string_view kind, std::string_view value) {
        const auto [at, added] = tables_->identities.try_emplace({kind, value});
        if (!added) return;
        if (before_ != nullptr) {
            if (const IdentityMove* move = before_->move_of(kind, value)) {
                at->second = move->to;
                return;
            }
            const auto found = before_->tables_->identities.find({kind, value});
            if (found != before_->tables_->identities.end() && found->second != MemberId()) {
                at->second = found->second;
                return;
            }
        }
        engine::Identity identity{std::string(kind), std::string(value)};
        if (const auto known = cache_.identities.find(identity)) {
            at->second = *known;
            return;
        }
        missing.push_back(std::move(identity));
        missing_views.push_back({kind, value});
    };
    tables_->identities.reserve(commands.size());
    for (const Command* command : commands) {
        const auto* identity = std::get_if<engine::Identity>(&command->target);
        if (identity != nullptr) want(identity->kind, identity->value);
        const auto* fact = std::get_if<engine::IdentityLinked>(&command->event.fact);
        if (fact != nullptr) want(fact->kind, fact->value);
        const auto* gone = std::get_if<engine::IdentityUnlinked>(&command->event.fact);
        if (gone != nullptr) want(gone->kind, gone->value);
    }
    if (missing.empty()) return {};
    const auto found = store.find_identities(missing);
    if (!found) return unexpected(found.error());
    check_equal(found->size(), missing.size(), "storage answers for every identity");
    for (std::size_t i = 0; i < missing.size(); ++i) {
        if (!(*found)[i]) continue;
        tables_->identities[missing_views[i]] = *(*found)[i];
        cache_.identities.put(missing[i], *(*found)[i]);
    }
    return {};
}

// Members to whom something may happen because of what happens to those who are loaded; and because of what happens to
// them, in turn: a friend's order is told to who brought them, a joining to the leader, and by them to all others.
Stored<void> Draft::load_companions(Store& store, std::span<const Command* const> commands) {
    constexpr int steps_max = 3;
    std::vector<MemberId> ids;
    for (const Command* command : commands)
        if (const auto id = engine::companion_of(command->event.fact)) ids.push_back(*id);
    std::unordered_set<MemberId, MemberIdHash> looked_at;
    for (int step = 0; step < steps_max; ++step) {
        for (const auto& [id, slot] : tables_->slots) {
            if (!slot.exists()) continue;
            const std::vector<MemberId> companions = engine::companions_of(slot.member());
            if (!companions.empty() && looked_at.insert(id).second)
                ids.insert(ids.end(), companions.begin(), companions.end());
        }
        if (ids.empty()) return {};
        if (auto loaded = load_members(store, ids); !loaded) return loaded;
        ids.clear();
    }
    return {};
}

Stored<void> Draft::load_members(Store& store, std::span<const MemberId> ids) {
    std::vector<MemberId> missing;
    const auto want = [&](MemberId id) {
        if (id == MemberId()) return;
        const auto [at, added] = tables_->slots.try_emplace(id);
        if (!added) return;
        if (auto held = before_ != nullptr ? before_->left(id) : nullptr) at->second.before = std::move(held);
        else if (auto known = cache_.members.find(id)) at->second.before = std::move(*known);
        else missing.push_back(id);
    };
    for (const MemberId id : ids) want(id);
    if (missing.empty()) return {};
    auto loaded = store.load_members(missing);
    if (!loaded) return unexpected(std::move(loaded.error()));
    check_equal(loaded->size(), missing.size(), "storage answers for every member");
    for (std::size_t i = 0; i < missing.size(); ++i) {
        auto& stored = (*loaded)[i];
        if (!stored) continue;
        auto held = std::make_shared<const HeldMember>(HeldMember{std::move(stored->member), stored->version, 0});
        if (knows_versions_of(*history_, held->member)) cache_.put_loaded(held);
        else meets_unknown_version_ = true;
        tables_->slots[missing[i]].before = std::move(held);
    }
    return {};
}

// Needed only after a programme was activated, once for every member that is touched for the first time since then.
Stored<void> Draft::load_last_versions(Store& store) {
    for (auto& [id, slot] : tables_->slots) {
        if (slot.before == nullptr || slot.before->last_version != 0) continue;
        if (!history_->needs_last_version(slot.before->member)) continue;
        const auto rows = store.list_events(id, {slot.before->member.event_sequence - 1, 1});
        if (!rows) return unexpected(rows.error());
        if (rows->empty()) return unexpected(StoreFailure{StoreError::corrupt, "a member's last event is missing"});
        auto held = std::make_shared<HeldMember>(*slot.before);
        held->last_version = rows->front().programme_version;
        slot.before = std::move(held);
    }
    return {};
}

// An event may refer to an order that has left its aggregate, and an order's creation may be a repetition of one that
// has. A member all of whose orders are still open has none such.
Stored<void> Draft::load_closed_orders(Store& store, std::span<const Command* const> commands) {
    std::vector<OrderKey> keys;
    for (const Command* command : commands) {
        const std::string_view order_id = engine::order_id_of(command->event.fact);
        if (order_id.empty()) continue;
        const auto slot = tables_->slots.find(owner(command->target));
        if (slot == tables_->slots.end() || slot->second.before == nullptr) continue;
        const engine::Member& member = slot->second.before->member;
        if (member.open_orders.size() == member.last_order_number) continue;
        const bool is_open = std::any_of(member.open_orders.begin(), member.open_orders.end(),
                                         [&](const engine::Order& order) { return order.order_id == order_id; });
        if (is_open) continue;
        const engine::Order* closed = before_ != nullptr ? before_->closed_order(member, order_id) : nullptr;
        if (closed == nullptr) keys.push_back({member.id, std::string(order_id)});
        else
            tables_->closed_orders.insert_or_assign({member.id.value, std::string(order_id)},
                                                    Tables::ClosedOrder{*closed, false});
    }
    if (keys.empty()) return {};
    auto orders = store.load_closed_orders(keys);
    if (!orders) return unexpected(std::move(orders.error()));
    check_equal(orders->size(), keys.size(), "storage answers for every order");
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (!(*orders)[i]) continue;
        if (!knows_versions_of(*history_, *(*orders)[i])) meets_unknown_version_ = true;
        tables_->closed_orders.insert_or_assign({keys[i].member.value, std::move(keys[i].order_id)},
                                                Tables::ClosedOrder{std::move(*(*orders)[i]), false});
    }
    return {};
}

const engine::Event* Draft::told_again(const Command& command, const Slot& slot) {
    const engine::Event& event = command.event;
    if (!command.at_left_out || !std::holds_alternative<engine::OrderCreated>(event.fact)) return &event;
    const std::string_view order_id = engine::order_id_of(event.fact);
    const engine::Member& member = slot.member();
    const auto open = std::find_if(member.open_orders.begin(), member.open_orders.end(),
                                   [&](const engine::Order& order) { return order.order_id == order_id; });
    const engine::Order* const known =
        open != member.open_orders.end() ? &*open : closed_order(member, order_id);
    if (known == nullptr) return &event;
    engine::Event& own = own_events_.emplace_back(event);
    own.at = known->ordered_at;
    return &own;
}

}  // namespace regulars::service

#include "store/memory_database.hpp"

#include "store/summary.hpp"

#include <set>

namespace regulars::store {

namespace {

using service::Batch;
using service::StoreError;
using service::StoreFailure;

RowKey key_of(const service::EventRow& row) {
    return {row.member.value, row.sequence};
}
RowKey key_of(const service::LedgerRow& row) {
    return {row.member.value, row.entry.sequence};
}
NoteKey key_of(const service::TierChangeRow& row) {
    return {row.member.value, row.event_sequence, row.change.at, row.index};
}
NoteKey key_of(const service::CostRow& row) {
    return {row.member.value, row.event_sequence, row.cost.at, row.index};
}
NoteKey key_of(const service::PlanChangeRow& row) {
    return {row.member.value, row.event_sequence, row.change.at, row.index};
}
const engine::Identity& key_of(const service::IdentityRow& row) {
    return row.identity;
}
const std::string& key_of(const service::Answer& row) {
    return row.key;
}

/// True when no row's key is in the table already, nor twice among the rows.
template <class Table, class Rows>
bool all_new(const Table& table, const Rows& rows) {
    std::set<typename Table::key_type> seen;
    for (const auto& row : rows)
        if (table.contains(key_of(row)) || !seen.insert(key_of(row)).second) return false;
    return true;
}

}  // namespace

std::optional<StoreFailure> MemoryDatabase::conflict_in(const Batch& batch) const {
    std::set<std::uint64_t> seen;
    for (const auto& write : batch.members) {
        const auto found = members.find(write.member->id.value);
        const std::uint64_t version = found == members.end() ? 0 : found->second.stored.version;
        if (version != write.expected_version || !seen.insert(write.member->id.value).second)
            return StoreFailure{StoreError::conflict, "a member was changed by somebody else"};
    }
    if (!stocks_as_found(batch))
        return StoreFailure{StoreError::conflict, "a stock of coupons was changed by somebody else"};
    if (!MemoryPeople::identities_as_found(batch, identities))
        return StoreFailure{StoreError::conflict, "an identity was changed by somebody else"};
    if (const auto refused = codes.conflict_in(batch)) return refused;
    const bool fresh = all_new(identities, batch.identities) &&
                       all_new(events, batch.events) && all_new(ledger, batch.ledger) &&
                       all_new(tier_changes, batch.tier_changes) &&
                       all_new(costs, batch.costs) &&
                       all_new(plan_changes, batch.plan_changes) &&
                       notices.are_new(batch.notices) && all_new(answers, batch.answers) &&
                       people.all_new(batch) && activities.all_new(batch);
    if (!fresh) return StoreFailure{StoreError::conflict, "a row with that key exists already"};
    return std::nullopt;
}

bool MemoryDatabase::stocks_as_found(const Batch& batch) const {
    std::set<std::string> seen;
    for (const auto& stock : batch.stocks) {
        const auto found = stocks.find(stock.coupon);
        const std::uint64_t version = found == stocks.end() ? 0 : found->second.version;
        if (version != stock.version || !seen.insert(stock.coupon).second) return false;
    }
    return true;
}

void MemoryDatabase::write_stocks(const Batch& batch) {
    for (const auto& stock : batch.stocks) {
        auto& kept = stocks[stock.coupon];
        kept = stock;
        ++kept.version;
    }
}

void MemoryDatabase::write_members(const Batch& batch) {
    for (const auto& write : batch.members) {
        MemberRecord& record = members[write.member->id.value];
        const Instant noted_at = write.same_due && write.expected_version != 0 ? record.due_noted_at : write.now;
        record = {{*write.member, write.expected_version + 1}, summary_of(write), engine::next_due(*write.member),
                  noted_at};
    }
}

service::Stored<void> MemoryDatabase::keep(const Batch& batch) {
    if (const auto refused = conflict_in(batch)) return unexpected(*refused);
    // From here on nothing fails: all or nothing is kept by having checked all of it.
    write_members(batch);
    for (const auto& row : batch.identities) identities.emplace(row.identity, row.member);
    people.write(batch, identities);
    for (const auto& row : batch.events) events.emplace(key_of(row), row);
    for (const auto& row : batch.rewritten_events)
        if (const auto found = events.find({row.member.value, row.sequence});
            found != events.end())
            found->second.payload = row.payload;
    for (const auto& key : batch.removed_orders) orders.erase({key.member.value, key.order_id});
    for (const auto& row : batch.ledger) ledger.emplace(key_of(row), row);
    for (const auto& [member, order, closed] : batch.orders)
        orders[{member.value, order->order_id}] = {
            summary_of(*order), closed ? std::optional<engine::Order>(*order) : std::nullopt};
    for (const auto& row : batch.tier_changes) tier_changes.emplace(key_of(row), row);
    for (const auto& row : batch.costs) costs.emplace(key_of(row), row);
    for (const auto& row : batch.plan_changes) plan_changes.emplace(key_of(row), row);
    for (const auto& [member, change] : batch.coupons)
        coupons[{member.value, change.coupon.id.value}] = summary_of(change);
    write_stocks(batch);
    codes.write(batch);
    notices.add(batch.notices);
    activities.write(batch);
    for (const auto& row : batch.answers) answers.emplace(row.key, row);
    return {};
}

}  // namespace regulars::store

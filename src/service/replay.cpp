#include "service/replay.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "service/rebuild.hpp"

namespace regulars::service {

namespace {

constexpr std::size_t page_size = 500;
// A member that a service writes while it is compared is looked at again, this often at most.
constexpr int attempts_max = 5;

using engine::Member;

// Collects what differs for one member.
class Comparison {
public:
    Comparison(Store& store, const Rebuilt& rebuilt, const Member& stored)
        : store_(store), rebuilt_(rebuilt), stored_(stored) {}

    Stored<std::vector<ReplayDifference>> run(const ReplayOptions& options);

private:
    void differ(std::string field, std::string detail) {
        differences_.push_back({stored_.id, std::move(field), std::move(detail)});
    }
    void compare_fields();
    Stored<void> compare_ledger();
    Stored<void> compare_orders();
    Stored<void> compare_closed_orders(const std::vector<OrderKey>& keys);
    Stored<void> compare_identities();

    Store& store_;
    const Rebuilt& rebuilt_;
    const Member& stored_;
    std::vector<ReplayDifference> differences_;
};

struct Field {
    std::string_view name;
    bool (*same)(const Member&, const Member&);
};

template <auto member_pointer>
bool same(const Member& a, const Member& b) {
    return a.*member_pointer == b.*member_pointer;
}

constexpr std::array fields{
    Field{"registered_at", same<&Member::registered_at>},
    Field{"advanced_to", same<&Member::advanced_to>},
    Field{"event_sequence", same<&Member::event_sequence>},
    Field{"ledger_sequence", same<&Member::ledger_sequence>},
    Field{"last_order_number", same<&Member::last_order_number>},
    Field{"last_lot_id", same<&Member::last_lot_id>},
    Field{"profile", same<&Member::profile>},
    Field{"identities", same<&Member::identities>},
    Field{"consents", same<&Member::consents>},
    Field{"tier", same<&Member::tier>},
    Field{"lifetime", same<&Member::lifetime>},
    Field{"period", same<&Member::period>},
    Field{"counting_epoch", same<&Member::counting_epoch>},
    Field{"history", same<&Member::history>},
    Field{"last_order_at", same<&Member::last_order_at>},
    Field{"lots", same<&Member::lots>},
    Field{"points_available", same<&Member::points_available>},
    Field{"points_owed", same<&Member::points_owed>},
    Field{"rolling_expires_at", same<&Member::rolling_expires_at>},
    Field{"balance", same<&Member::balance>},
    Field{"balance_expires_at", same<&Member::balance_expires_at>},
    Field{"coupons", same<&Member::coupons>},
    Field{"coupon_counts", same<&Member::coupon_counts>},
    Field{"last_coupon_id", same<&Member::last_coupon_id>},
    Field{"holds", same<&Member::holds>},
    Field{"next_grants_at", same<&Member::next_grants_at>},
    Field{"next_birthday_at", same<&Member::next_birthday_at>},
    Field{"open_orders", same<&Member::open_orders>},
    Field{"parked", same<&Member::parked>},
    Field{"references", same<&Member::references>},
};

void Comparison::compare_fields() {
    if (rebuilt_.member == stored_) return;
    for (const Field& field : fields)
        if (!field.same(rebuilt_.member, stored_)) differ(std::string(field.name), "stored and replayed differ");
    if (differences_.empty()) differ("member", "stored and replayed differ");
}

Stored<void> Comparison::compare_ledger() {
    std::size_t compared = 0;
    for (std::uint64_t after = rebuilt_.ledger_from;;) {
        const auto rows = store_.list_ledger(stored_.id, {after, page_size});
        if (!rows) return unexpected(rows.error());
        for (const LedgerRow& row : *rows) {
            after = row.entry.sequence;
            if (after > stored_.ledger_sequence) break;
            if (compared >= rebuilt_.ledger.size() || rebuilt_.ledger[compared] != row.entry)
                differ("ledger entry " + std::to_string(after), "stored and replayed differ");
            ++compared;
        }
        if (rows->size() < page_size || after >= stored_.ledger_sequence) break;
    }
    if (compared < rebuilt_.ledger.size())
        differ("ledger", std::to_string(rebuilt_.ledger.size()) + " entries replayed, " + std::to_string(compared) +
                             " stored");
    return {};
}

Stored<void> Comparison::compare_orders() {
    std::size_t known = 0;
    for (std::string after;;) {
        const auto rows = store_.list_orders(stored_.id, {after, page_size});
        if (!rows) return unexpected(rows.error());
        for (const OrderSummary& row : *rows) {
            after = row.order_id;
            const auto& open = rebuilt_.member.open_orders;
            const auto is_it = [&](const engine::Order& order) { return order.order_id == row.order_id; };
            const bool is_open = std::any_of(open.begin(), open.end(), is_it);
            if (is_open || rebuilt_.closed_orders.contains(row.order_id)) ++known;
            else differ("order " + row.order_id, "stored, but not replayed");
        }
        if (rows->size() < page_size) break;
    }
    const std::size_t replayed = rebuilt_.closed_orders.size() + rebuilt_.member.open_orders.size();
    if (known < replayed)
        differ("orders", std::to_string(replayed) + " orders replayed, " + std::to_string(known) + " of them stored");

    std::vector<OrderKey> keys;
    for (const auto& [order_id, order] : rebuilt_.closed_orders) {
        keys.push_back({stored_.id, order_id});
        if (keys.size() < page_size) continue;
        if (auto compared = compare_closed_orders(keys); !compared) return compared;
        keys.clear();
    }
    return keys.empty() ? Stored<void>() : compare_closed_orders(keys);
}

Stored<void> Comparison::compare_closed_orders(const std::vector<OrderKey>& keys) {
    const auto orders = store_.load_closed_orders(keys);
    if (!orders) return unexpected(orders.error());
    for (std::size_t i = 0; i < keys.size(); ++i)
        if ((*orders)[i] != rebuilt_.closed_orders.at(keys[i].order_id))
            differ("order " + keys[i].order_id,
                   (*orders)[i] ? "stored and replayed differ" : "replayed, but not stored");
    return {};
}

Stored<void> Comparison::compare_identities() {
    if (stored_.identities.empty()) return {};
    const auto found = store_.find_identities(stored_.identities);
    if (!found) return unexpected(found.error());
    for (std::size_t i = 0; i < found->size(); ++i)
        if ((*found)[i] != stored_.id) differ("identities", "an identity does not lead to its member");
    return {};
}

Stored<std::vector<ReplayDifference>> Comparison::run(const ReplayOptions& options) {
    if (!rebuilt_.problem.empty()) {
        differ("event " + std::to_string(rebuilt_.problem_sequence), rebuilt_.problem);
        return std::move(differences_);
    }
    if (!options.verify) return std::move(differences_);
    compare_fields();
    if (differences_.empty() && options.encode && options.encode(rebuilt_.member) != options.encode(stored_))
        differ("document", "equal values have different bytes");
    if (auto compared = compare_ledger(); !compared) return unexpected(std::move(compared.error()));
    if (auto compared = compare_orders(); !compared) return unexpected(std::move(compared.error()));
    if (auto compared = compare_identities(); !compared) return unexpected(std::move(compared.error()));
    return std::move(differences_);
}

// Compares one member; one that has been saved meanwhile is compared anew.
Stored<void> replay_member(Store& store, const ProgrammeHistory& history, StoredMember stored,
                           const ReplayOptions& options, ReplayReport& report) {
    for (int attempt = 1;; ++attempt) {
        const auto rebuilt = rebuild(store, history, stored.member);
        if (!rebuilt) return unexpected(rebuilt.error());
        auto differences = Comparison(store, *rebuilt, stored.member).run(options);
        if (!differences) return unexpected(std::move(differences.error()));
        if (!differences->empty() && attempt < attempts_max) {
            auto again = store.load_members(std::span(&stored.member.id, 1));
            if (!again) return unexpected(std::move(again.error()));
            if (again->front() && again->front()->version != stored.version) {
                stored = std::move(*again->front());
                continue;
            }
        }
        report.events += rebuilt->events;
        report.members_differing += differences->empty() ? 0U : 1U;
        for (ReplayDifference& difference : *differences)
            if (report.differences.size() < ReplayReport::differences_kept_max)
                report.differences.push_back(std::move(difference));
        return {};
    }
}

}  // namespace

Stored<ReplayReport> replay(Store& store, const ReplayOptions& options) {
    const auto rows = store.programmes();
    if (!rows) return unexpected(rows.error());
    const auto history = ProgrammeHistory::from_rows(*rows);
    if (!history) return unexpected(history.error());
    ReplayReport report;
    for (MemberId after;;) {
        const auto page = store.list_members({after, page_size});
        if (!page) return unexpected(page.error());
        std::vector<MemberId> ids;
        for (const MemberSummary& summary : *page) ids.push_back(summary.member);
        if (ids.empty()) break;
        after = ids.back();
        auto members = store.load_members(ids);
        if (!members) return unexpected(std::move(members.error()));
        for (auto& stored : *members) {
            if (!stored) continue;
            if (auto done = replay_member(store, **history, std::move(*stored), options, report); !done)
                return unexpected(std::move(done.error()));
            ++report.members;
        }
        if (options.progress) options.progress(report.members);
        if (ids.size() < page_size) break;
    }
    return report;
}

}  // namespace regulars::service

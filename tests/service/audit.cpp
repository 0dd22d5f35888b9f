#include "audit.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <utility>
#include <vector>

#include "base/unique_code.hpp"
#include "engine/holdings/coupons.hpp"
#include "service/event_json.hpp"
#include "service/programme_history.hpp"
#include "service/unique_codes.hpp"

namespace regulars::service {

namespace {

using engine::Account;

constexpr std::size_t rows_max = 10'000;

template <class Value>
Value must(Stored<Value> stored) {
    if (!stored) throw std::runtime_error(stored.error().detail);
    return std::move(*stored);
}

// Collects what does not agree.
class Audit {
public:
    explicit Audit(Store& store)
        : store_(store), history_(must(ProgrammeHistory::from_rows(must(store.programmes())))) {}

    std::string run();

private:
    void wrong(const std::string& what) { text_ += place_ + what + "\n"; }
    void same(const std::string& what, std::int64_t found, std::int64_t expected) {
        if (found != expected) wrong(what + " " + std::to_string(found) + ", not " + std::to_string(expected));
    }
    void look_at(const engine::Member& member);
    std::vector<engine::Order> orders_of(const engine::Member& member);
    void look_at_ledger(const engine::Member& member);
    void look_at_coupons(const engine::Member& member);
    void look_at_redemptions(const engine::Member& member);
    void look_at_results(const engine::Member& member);
    void look_at_pieces(const engine::Member& member);
    void look_at_stocks();
    void look_at_partner_code(const CouponSummary& row, const programme::CouponTemplate& terms);
    void look_at_redeemed(const engine::Member& member);
    void look_at_codes();
    const programme::CouponTemplate* terms_of(const CouponSummary& row) const {
        const auto* made_by = history_->versions()->find(row.programme_version);
        return made_by == nullptr ? nullptr : made_by->coupons.find(row.name);
    }

    Store& store_;
    std::shared_ptr<const ProgrammeHistory> history_;
    std::string place_;
    std::string text_;
    std::map<std::string, std::int64_t> given_;
    std::map<std::string, std::int64_t> exposure_;
    std::map<std::string, std::int64_t> redeemed_;                     ///< by coupon
    std::map<std::pair<std::string, std::string>, int> partner_codes_;  ///< by pool and code
};

std::vector<engine::Order> Audit::orders_of(const engine::Member& member) {
    std::vector<engine::Order> orders = member.open_orders;
    std::vector<OrderKey> keys;
    for (const OrderSummary& row : must(store_.list_orders(member.id, {"", rows_max}))) {
        const auto is_it = [&](const engine::Order& order) { return order.order_id == row.order_id; };
        if (std::none_of(member.open_orders.begin(), member.open_orders.end(), is_it))
            keys.push_back({member.id, row.order_id});
    }
    if (keys.empty()) return orders;
    for (auto& order : must(store_.load_closed_orders(keys))) {
        if (order) orders.push_back(std::move(*order));
        else wrong("an order in the list cannot be loaded");
    }
    return orders;
}

void Audit::look_at_ledger(const engine::Member& member) {
    std::map<Account, std::int64_t> sums;
    for (const LedgerRow& row : must(store_.list_ledger(member.id, {0, rows_max}))) {
        if (row.entry.amount <= 0) wrong("a ledger entry moves " + std::to_string(row.entry.amount));
        sums[row.entry.from] -= row.entry.amount;
        sums[row.entry.to] += row.entry.amount;
    }
    std::int64_t points_held = 0;
    std::int64_t balance_held = 0;
    for (const engine::Hold& hold : member.holds) {
        for (const engine::SpentLot& lot : hold.tenders.points) points_held += lot.points.count();
        balance_held += hold.tenders.balance.total().count();
    }
    same("points by the ledger", sums[Account::points_available], member.points_available.count());
    same("points owed by the ledger", -sums[Account::points_owed], member.points_owed.count());
    same("points held by the ledger", sums[Account::points_held], points_held);
    same("topped up by the ledger", sums[Account::balance_topped_up], member.balance.topped_up.count());
    same("bonus by the ledger", sums[Account::balance_bonus], member.balance.bonus.count());
    same("cashback by the ledger", sums[Account::balance_cashback], member.balance.cashback.count());
    same("balance held by the ledger", sums[Account::balance_held], balance_held);
    std::int64_t all = 0;
    for (const auto& [account, sum] : sums) all += sum;
    same("the ledger sums to", all, 0);
    for (const Account account : {Account::points_available, Account::balance_topped_up, Account::balance_bonus,
                                  Account::balance_cashback, Account::points_held, Account::balance_held})
        if (sums[account] < 0) wrong("an account is below zero");
}

void Audit::look_at_coupons(const engine::Member& member) {
    std::map<std::uint32_t, std::string> places;  // by the aggregate; a coupon that is in none has ended
    const auto place = [&](CouponId id, std::string where) {
        if (!places.emplace(id.value, std::move(where)).second)
            wrong("coupon " + std::to_string(id.value) + " is in two places");
    };
    for (const engine::Coupon& coupon : member.coupons) place(coupon.id, "usable");
    for (const engine::Hold& hold : member.holds)
        for (const engine::UsedCoupon& used : hold.tenders.coupons) place(used.coupon.id, "held");
    for (const engine::Order& order : orders_of(member)) {
        if (order.status == engine::OrderStatus::cancelled || order.status == engine::OrderStatus::returned) continue;
        for (const engine::UsedCoupon& used : order.tenders.coupons)
            place(used.coupon.id, "used " + std::to_string(order.number.value));
    }
    std::map<std::string, std::int64_t> had;
    std::uint32_t count = 0;
    for (const CouponSummary& row : must(store_.list_coupons(member.id, {0, rows_max}))) {
        const std::string name = "coupon " + std::to_string(row.coupon.value);
        same("the coupons are numbered without gaps:", row.coupon.value, ++count);
        const bool used = row.status == "used";
        const std::string told = row.status + (used ? " " + std::to_string(row.order.value) : "");
        const auto found = places.find(row.coupon.value);
        // A used one that is in no place was lost with a return.
        const bool ended = told == "expired" || told == "revoked" || told == "passed" || used;
        if (found == places.end() ? !ended : found->second != told)
            wrong(name + " is " + told + ", not " + (found == places.end() ? "ended" : found->second));
        const auto* terms = terms_of(row);
        if (terms == nullptr) {
            wrong(name + " is of no known programme");
            continue;
        }
        look_at_partner_code(row, *terms);
        // Who declines an invitation gives the seat back.
        if (terms->kind == programme::CouponTemplate::Kind::invitation && row.status == "revoked") continue;
        if (terms->kind == programme::CouponTemplate::Kind::invitation && used)
            ++given_[engine::stock_of_attendance(row.name)];
        ++given_[row.name];
        if (++had[row.name] > terms->stock.per_member.value_or(INT64_MAX)) wrong("has too many of " + row.name);
        if (!terms->stock.budget || row.status == "expired" || row.status == "revoked") continue;
        exposure_[row.name] += used ? row.amount_minor : terms->cost_max().value_or(Money()).count();
    }
    same("coupons in the table", count, member.last_coupon_id);
}

void Audit::look_at_partner_code(const CouponSummary& row, const programme::CouponTemplate& terms) {
    const bool is_partner = terms.kind == programme::CouponTemplate::Kind::partner;
    if (is_partner && row.status == "passed") return;  // to whoever the member was merged into, with its code
    if (is_partner == row.partner_code.empty())
        wrong("coupon " + std::to_string(row.coupon.value) + (is_partner ? " has no code" : " has a code"));
    if (is_partner && ++partner_codes_[{terms.pool, row.partner_code}] > 1)
        wrong("the code " + row.partner_code + " was given twice");
}

void Audit::look_at_redeemed(const engine::Member& member) {
    const auto coupons = must(store_.list_coupons(member.id, {0, rows_max}));
    for (const EventRow& row : must(store_.list_events(member.id, {0, rows_max}))) {
        const auto event = parse_event(row.payload, history_->current().zone, {});
        if (!event || event->redeems.empty()) continue;
        ++redeemed_[event->redeems];
        const auto code = read_unique_code(std::get<engine::CouponClaimed>(event->fact).code);
        const std::string hash = code ? hash_of_code(*code) : std::string();
        const auto kept = must(store_.load_codes(std::span(&hash, 1)))[0];
        const auto issued = std::ranges::find(coupons, kept ? kept->issued : CouponId(), &CouponSummary::coupon);
        if (!kept || kept->member != member.id || issued == coupons.end() || issued->name != event->redeems)
            wrong("event " + std::to_string(row.sequence) + " has redeemed a code that is not taken for it");
    }
}

void Audit::look_at_codes() {
    std::map<std::string, std::int64_t> taken;
    for (const CodeBatch& batch : must(store_.code_batches())) taken[batch.coupon] += batch.taken;
    for (const auto& [coupon, count] : taken) same(coupon + ": codes taken", count, redeemed_[coupon]);
    std::map<std::string, std::int64_t> given;
    for (const auto& [code, count] : partner_codes_) given[code.first] += count;
    for (const PartnerPool& pool : must(store_.pools())) {
        same(pool.name + ": codes given", pool.given, given[pool.name]);
        if (pool.given > pool.imported) wrong(pool.name + ": more codes than there are");
    }
}

void Audit::look_at(const engine::Member& member) {
    place_ = "member " + std::to_string(member.id.value) + ": ";
    look_at_ledger(member);
    look_at_coupons(member);
    look_at_redeemed(member);
    look_at_redemptions(member);
    look_at_results(member);
    look_at_pieces(member);
    if (!member.manager.empty()) ++given_[stock_of_manager(member.manager)];
    place_.clear();
}

// What is under way is in the aggregate too; all that was not called off counts against the stocks of its time.
void Audit::look_at_redemptions(const engine::Member& member) {
    using Status = engine::RedemptionStatus;
    std::size_t under_way = 0;
    for (const RedemptionRow& row : must(store_.list_redemptions(member.id, {"", rows_max}))) {
        const engine::Redemption& told = row.redemption;
        if (told.status == Status::placed || told.status == Status::shipped) {
            ++under_way;
            const auto own = std::ranges::find(member.redemptions, told.redemption_id,
                                               &engine::Redemption::redemption_id);
            if (own == member.redemptions.end() || own->status != told.status || own->points != told.points)
                wrong("redemption " + told.redemption_id + " is not as the member has it");
        }
        if (told.status == Status::cancelled || told.status == Status::passed) continue;
        const auto* made_by = history_->versions()->find(told.programme_version);
        const auto* item = made_by == nullptr ? nullptr : made_by->mall.find(told.item);
        if (item == nullptr) {
            wrong("redemption " + told.redemption_id + " is of no known item");
            continue;
        }
        if (item->stock.limited()) given_[programme::stock_of_goods(told.item)] += told.quantity;
        for (const auto& window : item->windows)
            if (window.name == told.window && window.stock.limited())
                given_[programme::stock_of_goods(told.item + ":" + told.window)] += told.quantity;
    }
    same("redemptions under way", static_cast<std::int64_t>(under_way),
         static_cast<std::int64_t>(member.redemptions.size()));
}

// What holds and orders that stand have taken at promotions' prices; an open group has an order for each seat.
void Audit::look_at_pieces(const engine::Member& member) {
    using Status = engine::OrderStatus;
    for (const engine::Hold& hold : member.holds)
        for (const engine::NamedCount& pieces : hold.pieces)
            given_[programme::stock_of_promotion(pieces.name)] += pieces.total;
    for (const engine::Order& order : orders_of(member)) {
        if (order.status == Status::cancelled || order.status == Status::returned) continue;
        for (const engine::OrderLine& line : order.lines)
            if (!line.promotion.empty()) given_[programme::stock_of_promotion(line.promotion)] += line.quantity;
    }
    for (const engine::Group& group : member.groups) {
        if (group.group.empty()) continue;
        const auto row = must(store_.find_group(group.group));
        if (!row || row->leader != member.id || row->change.group != group)
            wrong("group " + group.group + " is told otherwise");
        for (const engine::GroupSeat& seat : group.seats) {
            const auto sitting = must(store_.load_members(std::span(&seat.member, 1)));
            const auto& orders = sitting[0]->member.open_orders;
            const auto order = std::ranges::find(orders, seat.order_id, &engine::Order::order_id);
            if (order == orders.end() || order->group != group.group || order->group_leader != member.id)
                wrong("group " + group.group + " has a seat without its order");
        }
    }
}

// Prizes, pieces and steps: those that are limited are compared with their stocks.
void Audit::look_at_results(const engine::Member& member) {
    for (const ActivityResultRow& row : must(store_.list_results(member.id, "", {{}, rows_max}))) {
        const engine::ActivityResult& result = row.result;
        if (result.chance || result.what == "step")
            ++given_[programme::stock_of_prize(result.activity, result.won)];
    }
}

void Audit::look_at_stocks() {
    const auto& names = history_->shared_stocks();
    const auto stocks = must(store_.load_stocks(names));
    for (std::size_t i = 0; i < names.size(); ++i) {
        const CouponStock stock = stocks[i].value_or(CouponStock{});
        same(names[i] + ": issued", stock.issued, given_[names[i]]);
        same(names[i] + ": exposure", stock.exposure.count(), exposure_[names[i]]);
        const auto* terms = history_->current().coupons.find(names[i]);
        if (terms == nullptr) continue;
        if (stock.issued > terms->stock.total.value_or(INT64_MAX)) wrong(names[i] + ": more than there are");
        if (stock.issued_on_day > terms->stock.per_day.value_or(INT64_MAX)) wrong(names[i] + ": more than a day has");
        if (stock.exposure > terms->stock.budget.value_or(Money(INT64_MAX))) wrong(names[i] + ": over its budget");
    }
}

std::string Audit::run() {
    for (const MemberSummary& summary : must(store_.list_members({MemberId(), rows_max}))) {
        const auto stored = must(store_.load_members(std::span(&summary.member, 1)));
        look_at(stored[0]->member);
    }
    look_at_stocks();
    look_at_codes();
    return std::move(text_);
}

}  // namespace

std::string audit(Store& store) { return Audit(store).run(); }

}  // namespace regulars::service

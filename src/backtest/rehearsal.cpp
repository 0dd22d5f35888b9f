#include "backtest/rehearsal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/check.hpp"

namespace regulars::backtest {

namespace {

constexpr std::uint32_t nobody = UINT32_MAX;

}  // namespace

Rehearsal::Rehearsal(const programme::Programme& programme, const programme::Versions& versions,
                     const OrderTable& table, Tally& tally, Rejects* rejects)
    : programme_(programme), versions_(versions), table_(table), tally_(tally), rejects_(rejects), loaded_(nobody) {
    event_.fact = engine::OrderCreated();
    for (const std::string& name : table.price_kind_names())
        price_kinds_.push_back(programme.price_kind(name) ? name : std::string());
}

MemberRun Rehearsal::start(std::uint32_t customer) {
    MemberRun run;
    run.customer = customer;
    run.member = engine::new_member(MemberId{std::uint64_t{customer} + 1});
    if (setting_.facts != nullptr) run.facts = setting_.facts->of(customer);
    load(run);
    run.keeps_orders = std::any_of(run.facts.begin(), run.facts.end(),
                                   [](const MemberFact& fact) { return fact.order != TextPool::none; });
    if (run.keeps_orders || !table_.has_returns()) return run;
    const auto groups = orders_.groups();
    run.keeps_orders = std::any_of(groups.begin(), groups.end(), [](const auto& group) { return group.is_return; });
    return run;
}

void Rehearsal::load(const MemberRun& run) {
    if (loaded_ == run.customer) return;
    orders_.read(table_, run.customer);
    loaded_ = run.customer;
}

void Rehearsal::apply_until(MemberRun& run, Instant stop) {
    load(run);
    const auto groups = orders_.groups();
    for (; run.next_group < groups.size(); ++run.next_group) {
        const MemberOrders::Group& group = groups[run.next_group];
        if (group.at >= stop) break;
        apply_facts_until(run, {group.at.ms + 1});
        settle_waiting(run, group.at);
        if (group.is_return)
            apply_return(run, group);
        else
            apply_order(run, group);
    }
    apply_facts_until(run, stop);
    settle_waiting(run, stop);
}

void Rehearsal::advance_to(MemberRun& run, Instant at) {
    outcome_.clear();
    engine::advance(versions_, run.member, at, outcome_);
    absorb(run);
}

void Rehearsal::close_day(MemberRun& run, Instant at) {
    outcome_.clear();
    engine::advance(versions_, run.member, at, outcome_, engine::Through::expiries);
    absorb(run);
}

void Rehearsal::review(MemberRun& run, Instant at, const std::vector<std::int64_t>& thresholds) {
    if (run.member.registered_at == instant_min) return;
    outcome_.clear();
    const engine::Event event{at, engine::TiersReviewed{thresholds}};
    if (observer_) observer_(run.customer, event);
    const auto decided = engine::decide(versions_, run.member, event, {}, outcome_);
    check(decided.has_value(), "the engine takes the thresholds that a review has set");
    absorb(run);
}

bool Rehearsal::finish(const MemberRun& run, Standing& standing) {
    load(run);
    const auto groups = orders_.groups();
    for (std::size_t i = run.next_group; i < groups.size(); ++i) counts_.after_until += groups[i].count;
    fact_counts_.after_until += run.facts.size() - run.next_fact;
    const engine::Member& member = run.member;
    if (member.registered_at == instant_min) return false;
    tally_.close(member, run.sums);
    standing.customer = run.customer;
    standing.tier = member.tier.rank;
    standing.growth = member.lifetime.growth.count();
    standing.points_available = member.points_available.count();
    standing.points_pending = engine::points_pending(member).count();
    standing.balance_minor = member.balance.total().count();
    standing.orders = member.lifetime.orders;
    standing.spend_minor = member.lifetime.spend.count();
    standing.last_order_at = member.last_order_at;
    standing.value_minor = run.sums.costs_minor + multiply(run.sums.points, programme_.points.value, Rounding::half_up);
    return true;
}

void Rehearsal::apply_order(MemberRun& run, const MemberOrders::Group& group) {
    const auto rows = orders_.rows_of(group);
    event_.at = group.at;
    fill_order(rows);
    const std::vector<MemberFact> told = fill_coupons(run);
    auto rejection = decide(run, event_);
    for (const MemberFact& fact : told) count(fact, rejection);
    auto& uses = std::get<engine::OrderCreated>(event_.fact).coupons;
    if (rejection && !uses.empty()) {
        // The order has happened; what cannot be is that it used these.
        absorb(run);
        uses.clear();
        rejection = decide(run, event_);
    }
    if (!rejection) add_sale(run);
    absorb(run);
    if (rejection) return reject(rows, *rejection);
    ++counts_.applied;
    counts_.lines += rows.size();
}

std::optional<engine::Rejection> Rehearsal::decide(MemberRun& run, const engine::Event& event,
                                                   const engine::Order* closed_order) {
    outcome_.clear();
    const bool is_new = run.member.registered_at == instant_min;
    if (observer_) observer_(run.customer, event);
    const auto decided = engine::decide(versions_, run.member, event, {closed_order}, outcome_);
    if (is_new && decided) tally_.add_member(run.member.registered_at);
    if (!decided) return decided.error();
    if (outcome_.duplicate) return engine::Rejection::order_conflict;
    return std::nullopt;
}

// The first row that says something speaks for the order; every row is a line of it.
void Rehearsal::fill_order(std::span<const std::uint32_t> rows) {
    auto& order = std::get<engine::OrderCreated>(event_.fact);
    const Row first = table_.row(rows[0]);
    if (first.order_id.empty())
        order.order_id = fmt::format("row:{}", first.line);
    else
        order.order_id.assign(first.order_id);
    order.coupons.clear();
    order.lines.resize(rows.size());
    fill_line(order.lines[0], first);
    Instant shipped_at = first.shipped_at;
    std::int64_t shipping_fee = first.shipping_fee;
    std::uint32_t channel = first.channel;
    std::uint32_t store = first.store;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        const Row row = table_.row(rows[i]);
        fill_line(order.lines[i], row);
        if (shipped_at <= first.ordered_at && row.shipped_at > row.ordered_at) shipped_at = row.shipped_at;
        if (shipping_fee == Row::unknown) shipping_fee = row.shipping_fee;
        if (channel == TextPool::none) channel = row.channel;
        if (store == TextPool::none) store = row.store;
    }
    order.shipping_fee = Money(shipping_fee == Row::unknown ? 0 : shipping_fee);
    order.channel.assign(text(channel));
    order.store.assign(text(store));
    order.paid_at = event_.at;
    order.shipped_at = std::max(event_.at, shipped_at);
    // Files do not say when an order was delivered; without that it would never count.
    if (programme_.settlement.kind == programme::Settlement::Kind::after_delivery)
        order.delivered_at = order.shipped_at;
}

void Rehearsal::fill_line(engine::Line& line, const Row& row) const {
    const auto amount = [](std::int64_t minor) {
        return minor == Row::unknown ? std::optional<Money>() : std::optional(Money(minor));
    };
    line.sku.assign(text(row.sku));
    line.product.assign(text(row.product));
    line.category.assign(text(row.category));
    if (row.price_kind == Row::kind_unknown)
        line.price_kind.clear();
    else
        line.price_kind.assign(price_kinds_.at(row.price_kind));
    line.quantity = std::max(row.quantity, 1);
    line.amount = Money(row.amount);
    line.list_amount = amount(row.list_amount);
    line.cost = amount(row.cost);
}

// The order is the member's last; it may have settled at once.
void Rehearsal::add_sale(MemberRun& run) {
    const auto& lines = std::get<engine::OrderCreated>(event_.fact).lines;
    std::int64_t minor = 0;
    for (const engine::Line& line : lines) minor += line.amount.count();
    const std::uint32_t number = run.member.last_order_number;
    const auto is_it = [&](const engine::Order& order) { return order.number.value == number; };
    const auto& open = run.member.open_orders;
    if (!open.empty() && is_it(open.back())) return tally_.add_sales(event_.at, open.back().tier, minor);
    const auto& closed = outcome_.closed_orders;
    const auto found = std::find_if(closed.begin(), closed.end(), is_it);
    check(found != closed.end(), "an order that was applied is open or has just closed");
    tally_.add_sales(event_.at, found->tier, minor);
}

namespace {

// The member's orders, the latest first; the pointers hold until the engine is called again.
std::vector<const engine::Order*> orders_of(const MemberRun& run) {
    std::vector<const engine::Order*> orders;
    for (const engine::Order& order : run.member.open_orders) orders.push_back(&order);
    for (const engine::Order& order : run.closed) orders.push_back(&order);
    std::sort(orders.begin(), orders.end(), [](const auto* a, const auto* b) { return a->number > b->number; });
    return orders;
}

const engine::Order& order_of(const MemberRun& run, OrderNumber number) {
    const auto is_it = [&](const engine::Order& order) { return order.number == number; };
    const auto& open = run.member.open_orders;
    const auto found = std::find_if(open.begin(), open.end(), is_it);
    if (found != open.end()) return *found;
    const auto closed = std::find_if(run.closed.begin(), run.closed.end(), is_it);
    check(closed != run.closed.end(), "an order of the member is open or kept");
    return *closed;
}

std::int64_t amount_left(const engine::Order& order) {
    std::int64_t sum = 0;
    for (const engine::OrderLine& line : order.lines) sum += (line.amount - line.amount_returned).count();
    return sum;
}

}  // namespace

void Rehearsal::apply_return(MemberRun& run, const MemberOrders::Group& group) {
    // What is due before comes first: it decides which orders have settled.
    advance_to(run, group.at);
    const auto rows = orders_.rows_of(group);
    std::vector<ReturnedRow> returned;
    for (const std::uint32_t index : rows) {
        const Row row = table_.row(index);
        returned.push_back({text(row.product), text(row.sku), row.quantity, row.amount});
    }
    const MatchedReturn matched = match_return(returned, orders_of(run));
    const Row first = table_.row(rows[0]);
    const std::string refund_id =
        first.order_id.empty() ? fmt::format("row:{}", first.line) : std::string(first.order_id);
    event_.at = group.at;
    bool refused = false;
    for (const MatchedOrder& part : matched.orders)
        refused = !refund(run, engine::Order(order_of(run, part.order)), refund_id, part.lines) || refused;
    count_returns(rows, matched, refused);
}

// False when the engine does not take it, which only an id that stands for two returns can bring about.
bool Rehearsal::refund(MemberRun& run, const engine::Order& order, std::string_view refund_id,
                       const std::vector<engine::ReturnedLine>& lines) {
    const bool closed = order.status == engine::OrderStatus::settled;
    const engine::Event event{event_.at, engine::OrderRefunded{order.order_id, std::string(refund_id), lines}};
    const engine::Context context{closed ? &order : nullptr};
    outcome_.clear();
    if (observer_) observer_(run.customer, event);
    const auto decided = engine::decide(versions_, run.member, event, context, outcome_);
    const bool applied = decided.has_value() && !outcome_.duplicate;
    absorb(run);
    if (applied) tally_.add_sales(event_.at, order.tier, amount_left(order_of(run, order.number)) - amount_left(order));
    return applied;
}

void Rehearsal::absorb(MemberRun& run) {
    tally_.add(outcome_, run.sums);
    if (!run.keeps_orders) return;
    for (engine::Order& order : outcome_.closed_orders) {
        const auto known = std::find_if(run.closed.begin(), run.closed.end(),
                                        [&](const engine::Order& one) { return one.number == order.number; });
        if (known == run.closed.end())
            run.closed.push_back(std::move(order));
        else
            *known = std::move(order);
    }
}

namespace {

// Rows are not kept as text; this tells enough to find one again.
std::string brief(const OrderTable& table, std::uint32_t index, const programme::Programme& programme) {
    const Row row = table.row(index);
    return fmt::format("{},{},{} minor units", row.order_id, local_text_of(row.ordered_at, programme.zone), row.amount);
}

}  // namespace

void Rehearsal::reject(std::span<const std::uint32_t> rows, engine::Rejection rejection) {
    counts_.rejected += rows.size();
    if (rejects_ == nullptr) return;
    const engine::RejectionText& why = engine::text_of(rejection);
    for (const std::uint32_t index : rows)
        rejects_->add_late(table_.row(index).line, why.code, why.sentence, brief(table_, index, programme_));
}

void Rehearsal::count_returns(std::span<const std::uint32_t> rows, const MatchedReturn& matched, bool refused) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row row = table_.row(rows[i]);
        const std::int64_t wanted = row.quantity > 0 ? row.quantity : row.amount;
        const std::int64_t left = matched.left[i];
        if (left == 0 && wanted > 0 && !refused) {
            ++counts_.returns_matched;
            continue;
        }
        ++counts_.returns_unmatched;
        if (rejects_ == nullptr) continue;
        const std::string_view raw = table_.raw(row.line).value_or(std::string_view());
        if (refused)
            rejects_->add_late(row.line, "return_refused", "another return of this order has the same id", raw);
        else if (wanted == 0)
            rejects_->add_late(row.line, "return_of_nothing", "neither a quantity nor an amount comes back", raw);
        else if (left == wanted)
            rejects_->add_late(row.line, "return_unmatched",
                               "no earlier order of this customer has anything left of this product", raw);
        else
            rejects_->add_late(row.line, "return_exceeds_orders",
                               fmt::format("earlier orders had {} of {} {} left; these were returned", wanted - left,
                                           wanted, row.quantity > 0 ? "pieces" : "minor units"),
                               raw);
    }
}

std::string_view Rehearsal::text(std::uint32_t number) const {
    return number == TextPool::none ? std::string_view() : table_.texts().text(number);
}

}  // namespace regulars::backtest

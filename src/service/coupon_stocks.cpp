#include "service/coupon_stocks.hpp"

#include <algorithm>
#include <utility>

#include "base/check.hpp"
#include "base/limits.hpp"
#include "service/activity_stocks.hpp"

namespace regulars::service {

namespace {

constexpr auto scarce_max = static_cast<std::int64_t>(limits::coupons_per_event_max);

using programme::CouponPack;
using programme::CouponTemplate;

bool has(const programme::Programme& programme, const std::vector<CouponPack::Item>& items,
         const CouponTemplate& terms) {
    return std::any_of(items.begin(), items.end(), [&](const CouponPack::Item& item) {
        return &programme.coupons.templates[item.coupon] == &terms;
    });
}

}  // namespace

// Others than these give none that members share: the programme's check sees to that.
bool may_give(const programme::Programme& programme, const engine::Event& event, const engine::Member& member,
              const CouponTemplate& terms) {
    const auto& coupons = programme.coupons;
    if (event.redeems == terms.name) return true;
    if (const auto* claimed = std::get_if<engine::CouponClaimed>(&event.fact))
        if (coupons.find(claimed->coupon) == &terms || coupons.find_code(claimed->code) == &terms) return true;
    if (const auto* granted = std::get_if<engine::CouponGranted>(&event.fact)) {
        const CouponPack* pack = coupons.find_pack(granted->coupon);
        if (granted->coupon == terms.name || (pack != nullptr && has(programme, pack->items, terms))) return true;
    }
    if (may_reward(programme, event, terms)) return true;
    if (member.registered_at != instant_min) return false;
    return std::any_of(programme.grants.begin(), programme.grants.end(), [&](const programme::Grant& grant) {
        return grant.on == programme::Grant::On::registration && has(programme, grant.coupons, terms);
    });
}

std::int64_t left_of(const programme::CouponTemplate& terms, const CouponStock& stock, LocalDate day) {
    std::int64_t left = terms.stock.total.value_or(INT64_MAX);
    if (terms.stock.total) left -= stock.issued;
    // A day that is over counts as the latest one: an event that comes late gets nothing that was left then.
    const std::int64_t issued_today = day <= stock.day ? stock.issued_on_day : 0;
    if (terms.stock.per_day) left = std::min(left, *terms.stock.per_day - issued_today);
    const auto cost = terms.cost_max();
    if (terms.stock.budget && cost && *cost > Money())
        left = std::min(left, (*terms.stock.budget - stock.exposure).count() / cost->count());
    return std::max<std::int64_t>(left, 0);
}

std::int64_t left_of(const programme::Stock& terms, const CouponStock& stock, LocalDate day) {
    std::int64_t left = terms.total ? *terms.total - stock.issued : INT64_MAX;
    const std::int64_t issued_today = day <= stock.day ? stock.issued_on_day : 0;
    if (terms.per_day) left = std::min(left, *terms.per_day - issued_today);
    return std::max<std::int64_t>(left, 0);
}

std::optional<std::vector<CouponStock>> StockCache::get() const {
    const std::lock_guard lock(mutex_);
    return stocks_;
}

void StockCache::put(std::vector<CouponStock> stocks) {
    const std::lock_guard lock(mutex_);
    stocks_ = std::move(stocks);
}

void StockCache::clear() {
    const std::lock_guard lock(mutex_);
    stocks_.reset();
}

const CouponStocks::Entry* CouponStocks::find(std::string_view name) const {
    const auto found = std::lower_bound(stocks_.begin(), stocks_.end(), name, [](const Entry& entry, auto wanted) {
        return std::string_view(entry.stock.coupon) < wanted;
    });
    return found == stocks_.end() || found->stock.coupon != name ? nullptr : &*found;
}

CouponStocks::Entry* CouponStocks::find(std::string_view name) {
    return const_cast<Entry*>(std::as_const(*this).find(name));
}

const std::string* CouponStocks::least_loaded(const std::vector<std::string>& staff) const {
    const std::string* least = nullptr;
    std::int64_t least_members = INT64_MAX;
    for (const std::string& one : staff) {
        const Entry* entry = find(stock_of_manager(one));
        const std::int64_t members = entry != nullptr ? entry->stock.issued : 0;
        if (members >= least_members) continue;
        least = &one;
        least_members = members;
    }
    return least;
}

void CouponStocks::change_manager(std::string_view from, std::string_view to) {
    const auto add = [&](std::string_view staff, std::int64_t members) {
        Entry* entry = staff.empty() ? nullptr : find(stock_of_manager(staff));
        if (entry == nullptr) return;
        entry->stock.issued += members;
        entry->changed = true;
    };
    add(from, -1);
    add(to, 1);
}

Stored<void> CouponStocks::load(Store& store, const ProgrammeHistory& history, const StockCache& cache,
                                const CouponStocks* before) {
    const std::vector<std::string>& names = history.shared_stocks();
    if (names.empty()) return {};
    std::vector<CouponStock> known;
    if (before != nullptr) known = before->left();
    else if (auto cached = cache.get()) known = std::move(*cached);
    const bool complete = std::equal(known.begin(), known.end(), names.begin(), names.end(),
                                     [](const CouponStock& stock, const auto& name) { return stock.coupon == name; });
    if (!complete) {
        if (before != nullptr)
            return unexpected(StoreFailure{StoreError::conflict, "a new programme shares other coupons"});
        auto stored = store.load_stocks(names);
        if (!stored) return unexpected(std::move(stored.error()));
        check_equal(stored->size(), names.size(), "storage answers for every stock");
        known.clear();
        for (std::size_t i = 0; i < names.size(); ++i) {
            known.push_back((*stored)[i].value_or(CouponStock{}));
            known.back().coupon = names[i];
        }
    }
    stocks_.clear();
    for (CouponStock& stock : known) stocks_.push_back({std::move(stock), false});
    return {};
}

std::vector<engine::StockLeft> CouponStocks::scarce(const programme::Programme& programme, const engine::Event& event,
                                                    const engine::Member& member, Instant at) const {
    std::vector<engine::StockLeft> scarce;
    for (const Entry& entry : stocks_) {
        if (is_of_manager(entry.stock.coupon)) continue;
        const auto* terms = programme.coupons.find(entry.stock.coupon);
        if (terms == nullptr || !terms->stock.shared() || !may_give(programme, event, member, *terms)) continue;
        const std::int64_t left = left_of(*terms, entry.stock, programme.zone.date(at));
        if (left < scarce_max) scarce.push_back({entry.stock.coupon, left});
    }
    const std::int64_t most = std::max(scarce_max, pieces_of(event));
    for (const SharedStock& wanted : stocks_for(programme, event)) {
        const Entry* entry = find(wanted.name);
        if (entry == nullptr) continue;
        const std::int64_t left = left_of(wanted.terms, entry->stock, programme.zone.date(at));
        if (left < most) scarce.push_back({wanted.name, left});
    }
    std::sort(scarce.begin(), scarce.end(), [](const auto& a, const auto& b) { return a.coupon < b.coupon; });
    return scarce;
}

// Counts so many given out (or given back) on a day.
void CouponStocks::count(Entry& entry, std::int64_t taken, LocalDate day) {
    CouponStock& stock = entry.stock;
    if (taken > 0 && day > stock.day) {
        stock.day = day;
        stock.issued_on_day = 0;
    }
    stock.issued += taken;
    // Of a day that is over nothing is given out any more.
    if (taken > 0 || day == stock.day) stock.issued_on_day = std::max<std::int64_t>(0, stock.issued_on_day + taken);
    entry.changed = true;
}

void CouponStocks::take(const engine::Outcome& outcome, const Zone& zone, Instant now) {
    for (const engine::CouponChange& change : outcome.coupon_changes) {
        if (!change.issued && !change.freed && change.exposure.is_zero()) continue;
        Entry* entry = find(change.coupon.name);
        if (entry == nullptr) continue;
        if (change.issued) count(*entry, 1, zone.date(std::min(change.at, now)));
        if (change.freed) count(*entry, -1, zone.date(change.coupon.granted_at));
        entry->stock.exposure += change.exposure;
        entry->changed = true;
    }
    for (const engine::StockTaken& taken : outcome.stock_taken)
        if (Entry* entry = find(taken.name)) count(*entry, taken.count, zone.date(std::min(taken.at, now)));
}

std::vector<CouponStock> CouponStocks::rows() const {
    std::vector<CouponStock> rows;
    for (const Entry& entry : stocks_)
        if (entry.changed) rows.push_back(entry.stock);
    return rows;
}

std::vector<CouponStock> CouponStocks::left() const {
    std::vector<CouponStock> left;
    for (const Entry& entry : stocks_) {
        left.push_back(entry.stock);
        left.back().version += entry.changed ? 1U : 0U;
    }
    return left;
}

}  // namespace regulars::service

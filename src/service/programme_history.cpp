#include "service/programme_history.hpp"

#include <algorithm>
#include <utility>

#include "base/check.hpp"
#include "programme/parse.hpp"
#include "service/activity_stocks.hpp"

namespace regulars::service {

static constexpr std::string_view manager_prefix = "manager:";

std::string stock_of_manager(std::string_view staff) { return std::string(manager_prefix) + std::string(staff); }

bool is_of_manager(std::string_view stock) { return stock.starts_with(manager_prefix); }

Stored<std::shared_ptr<const ProgrammeHistory>> ProgrammeHistory::from_rows(const std::vector<ProgrammeRow>& rows) {
    if (rows.empty())
        return unexpected(StoreFailure{StoreError::not_found, "the database holds no programme; activate one first"});
    std::vector<const ProgrammeRow*> ordered;
    for (const ProgrammeRow& row : rows) ordered.push_back(&row);
    std::sort(ordered.begin(), ordered.end(), [](const auto* a, const auto* b) { return a->version < b->version; });
    auto history = std::make_shared<ProgrammeHistory>();
    for (const ProgrammeRow* row : ordered) {
        const std::string name = row->name + " version " + std::to_string(row->version);
        auto parsed = programme::parse(row->source, name);
        if (!parsed)
            return unexpected(StoreFailure{StoreError::corrupt, "a stored programme no longer compiles: " +
                                                                    text_of(parsed.error().front())});
        if (parsed->version != row->version ||
            (!history->entries_.empty() && history->current_version() >= parsed->version))
            return unexpected(
                StoreFailure{StoreError::corrupt, "a stored programme has another version than its row: " + name});
        history->add(std::make_shared<const programme::Programme>(std::move(*parsed)), row->activated_at);
    }
    return std::shared_ptr<const ProgrammeHistory>(std::move(history));
}

std::shared_ptr<const ProgrammeHistory> ProgrammeHistory::with(std::shared_ptr<const programme::Programme> programme,
                                                               Instant activated_at) const {
    auto history = std::make_shared<ProgrammeHistory>(*this);
    history->add(std::move(programme), activated_at);
    return history;
}

void ProgrammeHistory::add(std::shared_ptr<const programme::Programme> programme, Instant activated_at) {
    auto versions = entries_.empty() ? std::make_shared<programme::Versions>()
                                     : std::make_shared<programme::Versions>(*entries_.back().up_to);
    versions->add(programme);
    for (const auto& terms : programme->coupons.templates)
        if (terms.stock.shared()) shared_stocks_.push_back(terms.name);
    for (const auto& benefit : programme->member_benefits)
        for (const std::string& staff : benefit.staff) shared_stocks_.push_back(stock_of_manager(staff));
    for (SharedStock& stock : service::shared_stocks(*programme)) shared_stocks_.push_back(std::move(stock.name));
    std::sort(shared_stocks_.begin(), shared_stocks_.end());
    shared_stocks_.erase(std::unique(shared_stocks_.begin(), shared_stocks_.end()), shared_stocks_.end());
    entries_.push_back({std::move(programme), activated_at, std::move(versions)});
}

bool ProgrammeHistory::knows(std::uint32_t version) const {
    return std::any_of(entries_.begin(), entries_.end(),
                       [&](const Entry& entry) { return entry.programme->version == version; });
}

std::uint32_t ProgrammeHistory::version_at(Instant at, std::uint32_t version_min) const {
    std::uint32_t version = std::max(version_min, entries_.front().programme->version);
    for (const Entry& entry : entries_)
        if (entry.activated_at <= at) version = std::max(version, entry.programme->version);
    return version;
}

const ProgrammeHistory::Entry& ProgrammeHistory::entry(std::uint32_t version) const {
    for (const Entry& entry : entries_)
        if (entry.programme->version == version) return entry;
    check_failed("the programme version " + std::to_string(version) + " is known");
}

bool ProgrammeHistory::needs_last_version(const engine::Member& member) const {
    return entries_.size() > 1 && member.event_sequence > 0 && member.advanced_to < entries_.back().activated_at;
}

void ProgrammeHistory::pass_older(const Touch& touch, Instant to, engine::Outcome& outcome) const {
    if (touch.last_version == 0 || touch.last_version >= touch.version) return;
    for (std::size_t i = 1; i < entries_.size(); ++i) {
        const Entry& newer = entries_[i];
        if (newer.programme->version <= touch.last_version || newer.programme->version > touch.version) continue;
        engine::advance(*entries_[i - 1].up_to, touch.member, std::min(newer.activated_at, to), outcome);
    }
}

void ProgrammeHistory::advance(const Touch& touch, Instant to, engine::Outcome& outcome) const {
    pass_older(touch, to, outcome);
    engine::advance(*entry(touch.version).up_to, touch.member, to, outcome);
}

expected<void, engine::Rejection> ProgrammeHistory::decide(const Touch& touch, const engine::Event& event,
                                                           const engine::Context& context,
                                                           engine::Outcome& outcome) const {
    pass_older(touch, event.at, outcome);
    return engine::decide(*entry(touch.version).up_to, touch.member, event, context, outcome);
}

const std::string& ProgrammeHistory::benefit_of(const engine::Cost& cost) const {
    static const std::string unknown = "unknown";
    const programme::Programme* const made_by = versions()->find(cost.programme_version);
    if (made_by == nullptr) return unknown;
    const auto& codes = engine::benefit_codes(*made_by);
    return cost.benefit < codes.size() ? codes[cost.benefit] : unknown;
}

const std::string& ProgrammeHistory::tier_name(programme::TierRank rank) const {
    const auto& tiers = current().tiers;
    return tiers[rank < tiers.size() ? rank : 0].name;
}

}  // namespace regulars::service

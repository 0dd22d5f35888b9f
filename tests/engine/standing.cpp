#include "standing.hpp"

#include <ostream>

namespace regulars::model {

Standing standing_of(const programme::Programme& programme, const engine::Member& member) {
    Standing standing;
    standing.tier = programme.tiers[member.tier.rank].name;
    if (member.tier.period_ends_at != instant_max) standing.period_last_day = member.tier.period_last_day;
    const bool rolling = programme.points.expiry.kind == programme::Expiry::Kind::rolling;
    for (const engine::Lot& lot : member.lots)
        standing.lots[rolling ? member.rolling_expires_at.ms : lot.expires_at.ms] += lot.left.count();
    standing.points = member.points_available.count();
    standing.owed = member.points_owed.count();
    standing.pending = points_pending(member).count();
    standing.growth = member.lifetime.growth.count();
    standing.cashback = member.balance.cashback.count();
    standing.spend = member.lifetime.spend.count();
    standing.orders = member.lifetime.orders;
    for (const programme::Counter& counter : programme.counters)
        if (counter.window.kind == programme::WindowKind::period) standing.counted = member.period.spend.count();
    return standing;
}

std::ostream& operator<<(std::ostream& out, const Standing& standing) {
    out << "tier " << standing.tier << " until "
        << (standing.period_last_day ? text_of(*standing.period_last_day) : std::string("-")) << ", points "
        << standing.points << " (";
    for (const auto& [lapses_at, left] : standing.lots)
        out << ' ' << left << " until " << (lapses_at == INT64_MAX ? "ever" : text_of(Instant{lapses_at}));
    return out << " ), owed " << standing.owed << ", pending " << standing.pending << ", growth " << standing.growth
               << ", cashback " << standing.cashback << ", spend " << standing.spend << ", orders " << standing.orders
               << ", counted " << standing.counted;
}

}  // namespace regulars::model

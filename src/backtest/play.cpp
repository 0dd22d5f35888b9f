#include "backtest/play.hpp"

#include <algorithm>

#include "backtest/month_axis.hpp"
#include "backtest/rehearsal.hpp"
#include "backtest/review.hpp"
#include "backtest/tally.hpp"

namespace regulars::backtest {

namespace {

constexpr std::uint32_t members_per_progress = 8192;

struct Stops {
    Instant end;                     ///< the midnight that ends the last day
    std::vector<LocalDate> reviews;  ///< of all members at once
};

void tell(const Play& request, std::uint64_t done) {
    if (request.progress && done % members_per_progress == 0)
        request.progress(request.stage, done, request.table.member_count());
}

void finish(const Play& request, Rehearsal& rehearsal, const MemberRun& run, Played& played) {
    Standing standing;
    if (rehearsal.finish(run, standing) && request.keep_standings) played.standings.push_back(standing);
}

// One member after the other, each forgotten when it is done.
void play_each(const Play& request, const Stops& stops, Rehearsal& rehearsal, Played& played) {
    for (std::uint32_t customer = 0; customer < request.table.member_count(); ++customer) {
        MemberRun run = rehearsal.start(customer);
        rehearsal.apply_until(run, stops.end);
        rehearsal.close_day(run, stops.end);
        finish(request, rehearsal, run, played);
        tell(request, customer);
    }
}

// All members to the end of a unit, then the review of them all in the last instant of that unit, and on.
void play_together(const Play& request, const Stops& stops, Rehearsal& rehearsal, Played& played) {
    const programme::Programme& programme = *request.programme;
    std::vector<MemberRun> runs;
    runs.reserve(request.table.member_count());
    for (std::uint32_t customer = 0; customer < request.table.member_count(); ++customer)
        runs.push_back(rehearsal.start(customer));
    for (const LocalDate day : stops.reviews) {
        const Instant end = programme.zone.end_of(day);
        const Instant last_instant{end.ms - 1};
        std::vector<std::int64_t> values;
        for (MemberRun& run : runs) {
            rehearsal.apply_until(run, end);
            rehearsal.advance_to(run, last_instant);
            if (const auto value = review_value(programme, run.member, day)) values.push_back(*value);
            tell(request, run.customer);
        }
        const auto thresholds = thresholds_of(std::move(values), programme.tier_policy.shares);
        for (MemberRun& run : runs) rehearsal.review(run, last_instant, thresholds);
    }
    for (MemberRun& run : runs) {
        rehearsal.apply_until(run, stops.end);
        rehearsal.close_day(run, stops.end);
        finish(request, rehearsal, run, played);
        run = MemberRun();
    }
}

void describe(const programme::Programme& programme, Report& report) {
    report.programme = programme.name;
    report.title = programme.title;
    report.currency = programme.currency;
    report.minor_digits = programme.minor_digits;
    report.zone = programme.zone.name();
}

}  // namespace

std::string_view name_of(Stage stage) {
    switch (stage) {
        case Stage::reading:
            return "reading";
        case Stage::playing:
            return "playing";
        case Stage::comparing:
            return "comparing";
        case Stage::writing:
            return "writing";
    }
    return {};
}

Played play(const Play& request) {
    const programme::Programme& programme = *request.programme;
    const Zone& zone = programme.zone;
    const bool empty = request.table.size() == 0;
    Instant first_at = request.table.first_at();
    if (request.facts.facts != nullptr) first_at = std::min(first_at, request.facts.facts->first_at);
    const LocalDate first_day = empty ? request.until : std::min(zone.date(first_at), request.until);
    const MonthAxis months(zone, zone.start_of(first_day), zone.start_of(request.until));
    programme::Versions versions;
    versions.add(request.programme);
    Tally tally(programme, months);
    Rehearsal rehearsal(programme, versions, request.table, tally, request.rejects);
    rehearsal.observe(request.observe);
    rehearsal.set_facts(request.facts);
    const Stops stops{zone.end_of(request.until), review_days(programme, first_day, request.until)};

    Played played;
    const double started = request.now_seconds();
    if (programme.tier_policy.shares.empty())
        play_each(request, stops, rehearsal, played);
    else
        play_together(request, stops, rehearsal, played);
    const double ended = request.now_seconds();

    Report& report = played.report;
    describe(programme, report);
    report.as_of = request.until;
    report.orders = rehearsal.counts();
    report.facts = rehearsal.fact_counts();
    report.seconds = std::max(0.0, ended - started);
    if (report.seconds > 0)
        report.orders_per_second =
            static_cast<std::int64_t>(static_cast<double>(report.orders.applied) / report.seconds);
    tally.fill(report);
    return played;
}

}  // namespace regulars::backtest

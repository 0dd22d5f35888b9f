// review: for programmes that fix the share of members on each tier. At the end of a unit all active members are
// ranked, the thresholds that give each tier its share are set, and every member is told them by an event.
#include <algorithm>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "backtest/review.hpp"
#include "engine/engine.hpp"
#include "server/database.hpp"
#include "server/import_http.hpp"
#include "server/subcommands.hpp"
#include "server/terminal.hpp"
#include "service/import.hpp"
#include "service/programme_history.hpp"

namespace regulars::server {

namespace {

constexpr std::size_t page_size = 500;
/// The last day that was reviewed, so that no review is made twice.
constexpr std::string_view reviewed_setting = "reviewed_until";

struct ReviewSettings {
    DatabasePlace db;
    std::string url;
    std::string key;
    std::string day;
    bool dry_run = false;
};

/// What a review looks at, and whom it is told to.
struct Ranking {
    std::vector<std::int64_t> values;  ///< of the active members
    std::vector<MemberId> members;     ///< all who were there by then
};

/// A page of members; false at the end.
service::Stored<bool> rank_page(service::Store& store, const service::ProgrammeHistory& history, LocalDate day,
                                MemberId& after, Ranking& ranking) {
    const auto page = store.list_members({after, page_size});
    if (!page) return unexpected(page.error());
    if (page->empty()) return false;
    std::vector<MemberId> ids;
    for (const auto& summary : *page) ids.push_back(summary.member);
    auto members = store.load_members(ids);
    if (!members) return unexpected(members.error());
    const Instant last_instant{history.current().zone.end_of(day).ms - 1};
    for (auto& stored : *members) {
        if (!stored || stored->member.registered_at > last_instant) continue;
        engine::Outcome passing;
        engine::advance(*history.versions(), stored->member, last_instant, passing);
        ranking.members.push_back(stored->member.id);
        if (const auto value = backtest::review_value(history.current(), stored->member, day))
            ranking.values.push_back(*value);
    }
    after = ids.back();
    return true;
}

service::Stored<Ranking> rank(service::Store& store, const service::ProgrammeHistory& history, LocalDate day) {
    Ranking ranking;
    MemberId after;
    for (;;) {
        const auto more = rank_page(store, history, day, after, ranking);
        if (!more) return unexpected(more.error());
        if (!*more) return ranking;
    }
}

/// Why this day cannot be reviewed; empty when it can.
std::string obstacle(const programme::Programme& programme, LocalDate day, const std::optional<std::string>& reviewed,
                     Instant now) {
    if (programme.tier_policy.shares.empty() || !programme.tier_policy.review)
        return fmt::format("the programme {} has no shares: its tiers need no review of all members.", programme.name);
    if (backtest::review_days(programme, day, day).empty())
        return fmt::format("{} is not the last day of a unit that the programme reviews; the next is {}.", text_of(day),
                           text_of(last_of(*programme.tier_policy.review, day)));
    if (now < programme.zone.end_of(day)) return fmt::format("{} is not over yet.", text_of(day));
    const auto last = reviewed ? parse_date(*reviewed) : std::nullopt;
    if (last && *last >= day) return fmt::format("{} has been reviewed, the last day was {}.", text_of(day), *reviewed);
    return {};
}

/// Tells every member, through the running server or in this process. False, told why, when not all heard of it.
bool tell(const ReviewSettings& settings, const std::function<Instant()>& clock, const service::NextCommand& next) {
    const auto refusals = [](const std::map<std::string, std::uint64_t>& by_code) {
        for (const auto& [code, count] : by_code) print_error(fmt::format("{} members refused: {}", count, code));
        return by_code.empty();
    };
    if (!settings.url.empty()) {
        auto target = parse_url(settings.url);
        if (!target) return print_error(target.error()), false;
        target->key = settings.key;
        const auto report = import_over_http(*target, next, [](std::uint64_t) {});
        if (!report) return print_error(report.error()), false;
        return refusals(report->refused_by_code);
    }
    service::ServiceOptions options;
    options.clock = clock;
    options.scheduler = false;
    const auto service = start_or_explain(settings.db, std::move(options));
    if (service == nullptr) return false;
    const auto report = service::import_commands(*service, next, {}, [](std::uint64_t) {});
    if (report.failure) return print_error(sentence_of(*report.failure, settings.db.url)), false;
    return refusals(report.refused_by_code);
}

void print_thresholds(const programme::Programme& programme, const Ranking& ranking,
                      const std::vector<std::int64_t>& thresholds) {
    const auto& counter = programme.counters[programme.tier_policy.share_counter];
    fmt::print("{} members, {} of them active\n", ranking.members.size(), ranking.values.size());
    for (std::size_t i = 0; i < thresholds.size(); ++i)
        fmt::print("  {:<12} {} from {}: {} members\n", programme.tiers[i + 1].name, counter.name, thresholds[i],
                   std::ranges::count_if(ranking.values, [&](std::int64_t value) { return value >= thresholds[i]; }));
}

int review(const ReviewSettings& settings) {
    const auto day = parse_date(settings.day);
    if (!day) {
        print_error(fmt::format("--day: {} is not a date; write YYYY-MM-DD.", settings.day));
        return exit_usage;
    }
    const auto store = open_or_explain(settings.db);
    if (store == nullptr) return exit_failed;
    const auto history = history_or_explain(*store, settings.db.url);
    if (history == nullptr) return exit_failed;
    const auto fail = [&](const service::StoreFailure& failure) {
        print_error(sentence_of(failure, settings.db.url));
        return exit_failed;
    };
    const auto reviewed = store->setting(reviewed_setting);
    if (!reviewed) return fail(reviewed.error());
    const auto clock = choose_clock(*store, {}, settings.db.url);
    if (!clock) return exit_failed;
    const programme::Programme& programme = history->current();
    if (const std::string why = obstacle(programme, *day, *reviewed, (*clock)()); !why.empty()) {
        print_error(why);
        return exit_failed;
    }
    const auto ranking = rank(*store, *history, *day);
    if (!ranking) return fail(ranking.error());
    const auto thresholds = backtest::thresholds_of(ranking->values, programme.tier_policy.shares);
    print_thresholds(programme, *ranking, thresholds);
    if (settings.dry_run) return exit_done;
    const engine::Event event{{programme.zone.end_of(*day).ms - 1}, engine::TiersReviewed{thresholds}};
    auto member = ranking->members.begin();
    const auto next = [&]() -> std::optional<service::Command> {
        if (member == ranking->members.end()) return std::nullopt;
        return service::Command{*member++, event, false, false};
    };
    if (!tell(settings, *clock, next)) return exit_failed;
    const auto kept = store->set_setting(reviewed_setting, settings.day);
    return kept ? exit_done : fail(kept.error());
}

}  // namespace

void add_review(CLI::App& app, Run& run) {
    auto settings = std::make_shared<ReviewSettings>();
    CLI::App* const command = app.add_subcommand("review", "Set the thresholds of tiers that have shares of members");
    command->footer("For programmes with 'shares', after the last day of each unit. While a server runs on the\n"
                    "database, let it hear of the review with --url.\n\n"
                    "Examples:\n  regulars review --db sqlite:shop.db --day 2026-06-30 --dry-run\n"
                    "  regulars review --db sqlite:shop.db --day 2026-06-30 --url http://127.0.0.1:8080");
    add_database(*command, settings->db)->required();
    command->add_option("--day", settings->day, "The last day of the unit, YYYY-MM-DD")->required();
    command->add_option("--url", settings->url, "Tell the members through this running server");
    command->add_option("--key", settings->key, "API key with scope write, for --url")->envname("REGULARS_KEY");
    command->add_flag("--dry-run", settings->dry_run, "Print the thresholds and change nothing");
    command->callback([settings, &run] { run = [settings] { return review(*settings); }; });
}

}  // namespace regulars::server

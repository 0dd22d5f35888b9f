// members: where every member of a database stands at the end of a day, in the columns of a backtest's --members-out.
#include <cstdio>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "backtest/rejects.hpp"
#include "engine/engine.hpp"
#include "server/database.hpp"
#include "server/subcommands.hpp"
#include "server/terminal.hpp"
#include "service/programme_history.hpp"

namespace regulars::server {

namespace {

constexpr std::size_t page_size = 500;

struct MembersSettings {
    DatabasePlace db;
    std::string until;
    std::string identity_kind = "customer:shop";
};

/// The identity that the shop knows the member by; the member's id where it has none of that kind.
std::string customer_of(const engine::Member& member, const std::string& identity_kind) {
    for (const engine::Identity& identity : member.identities)
        if (identity.kind == identity_kind) return identity.value;
    return std::to_string(member.id.value);
}

void print_row(const service::ProgrammeHistory& history, engine::Member member, LocalDate until,
               const std::string& identity_kind) {
    const Zone& zone = history.current().zone;
    engine::Outcome passing;
    engine::advance(*history.versions(), member, zone.end_of(until), passing, engine::Through::expiries);
    const std::string last_order_at =
        member.last_order_at == instant_min ? "" : local_text_of(member.last_order_at, zone);
    fmt::print("{},{},{},{},{},{},{},{},{}\n", backtest::csv_field(customer_of(member, identity_kind)),
               backtest::csv_field(history.tier_name(member.tier.rank)), member.lifetime.growth.count(),
               member.points_available.count(), engine::points_pending(member).count(), member.balance.total().count(),
               member.lifetime.orders, member.lifetime.spend.count(), last_order_at);
}

struct Printed {
    MemberId last;
    std::size_t past_the_day = 0;  ///< members for whom more time has passed: nobody is taken back
};

/// One page of members, by id; nothing was printed when the store fails. False at the end.
service::Stored<bool> print_page(service::Store& store, const service::ProgrammeHistory& history,
                                 const MembersSettings& settings, LocalDate until, Printed& printed) {
    const auto page = store.list_members({printed.last, page_size});
    if (!page) return unexpected(page.error());
    if (page->empty()) return false;
    std::vector<MemberId> ids;
    for (const auto& summary : *page) ids.push_back(summary.member);
    auto members = store.load_members(ids);
    if (!members) return unexpected(members.error());
    const Instant end = history.current().zone.end_of(until);
    for (auto& stored : *members) {
        if (!stored) continue;
        if (stored->member.advanced_to > end) ++printed.past_the_day;
        print_row(history, std::move(stored->member), until, settings.identity_kind);
    }
    printed.last = ids.back();
    return true;
}

int members(const MembersSettings& settings) {
    const auto until = parse_date(settings.until);
    if (!until) {
        print_error(fmt::format("--until: {} is not a date; write YYYY-MM-DD.", settings.until));
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
    fmt::print(
        "customer_id,tier,growth,points_available,points_pending,balance_minor,orders,spend_minor,last_order_at\n");
    Printed printed;
    for (;;) {
        const auto more = print_page(*store, *history, settings, *until, printed);
        if (!more) return fail(more.error());
        if (!*more) break;
    }
    if (printed.past_the_day > 0)
        print_error(fmt::format("{} of the members have been through more than {} already and are shown as they stand "
                                "now, not as of that day.",
                                printed.past_the_day, settings.until));
    return exit_done;
}

}  // namespace

void add_members(CLI::App& app, Run& run) {
    auto settings = std::make_shared<MembersSettings>();
    CLI::App* const command = app.add_subcommand("members", "Where every member stands at the end of a day, as CSV");
    command->footer("The columns are those of 'regulars backtest --members-out'; nothing in the database changes.\n\n"
                    "Example:\n  regulars members --db sqlite:shop.db --until 2026-06-30 > members.csv");
    add_database(*command, settings->db)->required();
    command->add_option("--until", settings->until, "The day at whose end they are shown, YYYY-MM-DD")->required();
    command->add_option("--identity-kind", settings->identity_kind, "The identity that stands for the member")
        ->capture_default_str();
    command->callback([settings, &run] { run = [settings] { return members(*settings); }; });
}

}  // namespace regulars::server

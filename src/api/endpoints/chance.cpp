// What is published of chance: the odds, what the seeds were tied to, and the seeds of days that are over.
#include <algorithm>
#include <charconv>

#include "api/endpoints/common.hpp"
#include "api/endpoints/registry.hpp"
#include "api/endpoints/write.hpp"
#include "service/fair_chance.hpp"

namespace regulars::api {

namespace {

using Chains = service::FairChance::Chains;

Problem unknown_activity() { return problem_of(engine::Rejection::unknown_activity); }

struct Asked {
    std::string activity;
    LocalDate after;
    std::size_t limit = 0;
    std::uint32_t version = 0;  ///< whose odds; 0: the current one's
};

expected<Asked, Problem> read_asked(const Call& call) {
    Asked asked;
    asked.activity = call.path_value(0);
    const auto limit = page_limit(call.request);
    if (!limit) return unexpected(limit.error());
    asked.limit = *limit;
    const auto after = call.request.parameter("after");
    const auto day = after ? parse_date(*after) : std::optional(LocalDate{INT32_MIN});
    if (!day) return unexpected(parameter_problem("after", "this is not a day", "a day such as 2026-11-22", *after));
    asked.after = *day;
    const auto version = call.request.parameter("version");
    if (!version) return asked;
    const auto [end, error] = std::from_chars(version->data(), version->data() + version->size(), asked.version);
    if (error == std::errc() && end == version->data() + version->size() && asked.version != 0) return asked;
    return unexpected(parameter_problem("version", "this is not a programme version", "a whole number from 1 on",
                                        *version));
}

void write_one_odds(JsonWriter& json, const std::string& name, std::int64_t weight, bool limited, bool rare) {
    json.begin_object();
    json.field("name", name);
    json.field("weight", weight);
    json.field("limited", limited);
    json.field("rare", rare);
    json.end_object();
}

void write_odds(JsonWriter& json, const programme::Activity& activity) {
    const auto* draw = activity.as<programme::Draw>();
    const auto* collection = activity.as<programme::Collection>();
    json.name("odds");
    json.begin_array();
    if (draw != nullptr)
        for (const auto& prize : draw->prizes)
            write_one_odds(json, prize.name, prize.weight, prize.stock.limited() || prize.per_member, prize.rare);
    if (collection != nullptr)
        for (const auto& kind : collection->kinds)
            write_one_odds(json, kind.name, kind.weight, kind.stock.limited(), false);
    json.end_array();
    json.name("pity");
    if (draw != nullptr && draw->pity) json.integer(*draw->pity);
    else json.null();
}

void write_chains(JsonWriter& json, const Chains& chains) {
    json.name("chains");
    json.begin_array();
    for (const auto& seeds : chains) {
        json.begin_object();
        json.field("anchor", seeds->chain().anchor);
        json.field("first_day", text_of(seeds->chain().first_day));
        json.field("last_day", text_of(seeds->last_day()));
        json.field("made_at", seeds->chain().made_at);
        json.end_object();
    }
    json.end_array();
}

// Never that of today: with it anybody could work out what a turn would bring.
void write_seeds(JsonWriter& json, const Chains& chains, const Asked& asked, LocalDate today) {
    std::vector<LocalDate> days;
    json.name("seeds");
    json.begin_array();
    for (const auto& seeds : chains) {
        LocalDate day = std::max(seeds->chain().first_day, asked.after < today ? add_days(asked.after, 1) : today);
        for (; day < today && day <= seeds->last_day() && days.size() < asked.limit; day = add_days(day, 1)) {
            days.push_back(day);
            json.begin_object();
            json.field("day", text_of(day));
            json.field("seed", service::hex_of(seeds->of_day(day)));
            json.end_object();
        }
    }
    json.end_array();
    json.name("next");
    if (days.size() == asked.limit) json.text(text_of(days.back()));
    else json.null();
}

std::string commitment_of(const Chains& chains, LocalDate today) {
    for (const auto& seeds : chains)
        if (seeds->covers(today)) return service::hex_of(seeds->commitment_of(today));
    return chains.front()->chain().anchor;
}

Answer get_chance(const Call& call) {
    const auto asked = read_asked(call);
    if (!asked) return unexpected(asked.error());
    const auto programmes = call.service.programmes();
    const programme::Programme* programme =
        asked->version == 0 ? &programmes->current() : programmes->find(asked->version);
    if (programme == nullptr)
        return unexpected(parameter_problem("version", "no such version was ever in force",
                                            "1 to " + std::to_string(programmes->current().version),
                                            std::to_string(asked->version)));
    const programme::Activity* activity = programme->activities.find(asked->activity);
    if (activity == nullptr || !service::is_drawn(*activity)) return unexpected(unknown_activity());
    const auto chains = call.service.seeds_of(asked->activity);
    if (!chains) return unexpected(problem_of(chains.error()));
    if (chains->empty()) return unexpected(unknown_activity());
    const LocalDate today = programmes->current().zone.date(call.service.now());
    Response response;
    JsonWriter json(response.body);
    json.begin_object();
    json.field("activity", activity->name);
    json.count_field("programme_version", programme->version);
    json.field("time_zone", programmes->current().zone.name());
    write_odds(json, *activity);
    write_chains(json, *chains);
    json.field("today", text_of(today));
    json.field("commitment", commitment_of(*chains, today));
    write_seeds(json, *chains, *asked, today);
    json.end_object();
    return response;
}

Endpoint look(std::string_view path, std::string_view group, Scope scope) {
    std::vector<Parameter> parameters = page_parameters();
    parameters.push_back({"version", Type::integer,
                          {"The programme version whose odds are asked for; the current one's when left out.",
                           "所查概率的计划版本，默认现行版本。"}});
    return {.method = Method::get,
            .path = path,
            .group = group,
            .scope = scope,
            .summary = {"How its chance can be checked", "如何核验其随机性"},
            .about = {"The odds, what the seeds were tied to before anything was drawn, and the seeds of days that are "
                      "over. `regulars draw verify` checks a result by it, and docs/activities.md tells how to do so "
                      "with openssl alone.",
                      "概率、抽取前公布的种子承诺，以及已结束日期的种子。可用 regulars draw verify 核验，"
                      "docs/activities.md 说明如何仅用 openssl 核验。"},
            .path_parameters = {{"name", Type::text, {"The activity's name.", "活动代码。"}}},
            .parameters = std::move(parameters),
            .output = &schemas::fair_chance,
            .handler = FromStore{get_chance}};
}

}  // namespace

std::vector<Endpoint> chance_endpoints() {
    return {look("/v1/activities/{name}/chance", "Activities", Scope::read),
            look("/v1/me/activities/{name}/chance", "Me", Scope::member)};
}

}  // namespace regulars::api

// The programme: what is in force, checking a file, and making a new version current. Bodies are programme files (YAML,
// of which JSON is a part).
#include <memory>

#include "api/endpoints/common.hpp"
#include "api/endpoints/registry.hpp"
#include "api/endpoints/write.hpp"
#include "programme/parse.hpp"
#include "programme/succession.hpp"

namespace regulars::api {

namespace {

constexpr std::string_view shown_name = "programme";

void write_programme(JsonWriter& json, const programme::Programme& programme, Instant now) {
    json.begin_object();
    json.field("name", programme.name);
    json.count_field("version", programme.version);
    json.field("currency", programme.currency);
    json.field("minor_digits", std::int64_t{programme.minor_digits});
    json.field("time_zone", programme.zone.name());
    json.field("now", now);
    json.name("price_kinds");
    write_texts(json, programme.price_kinds);
    json.name("tiers");
    json.begin_array();
    for (const programme::Tier& tier : programme.tiers) {
        json.begin_object();
        json.field("name", tier.name);
        json.field_if("title", tier.title.en);
        json.field_if("title_zh", tier.title.zh);
        json.field("points_multiplier", tier.points_multiplier.text());
        json.end_object();
    }
    json.end_array();
    json.field("description", programme::describe(programme));
    json.field("source", programme.source);
    json.end_object();
}

Answer get_programme(const Call& call) {
    Response response;
    JsonWriter json(response.body);
    write_programme(json, call.service.programmes()->current(), call.service.now());
    return response;
}

Answer check_programme(const Call& call) {
    const auto programme = programme::parse(call.request.body, shown_name);
    if (!programme) return unexpected(problem_of(programme.error()));
    Response response;
    JsonWriter json(response.body);
    json.begin_object();
    json.field("valid", true);
    json.field("name", programme->name);
    json.count_field("version", programme->version);
    json.field("description", programme::describe(*programme));
    json.end_object();
    return response;
}

Answer activate_programme(const Call& call) {
    auto parsed = programme::parse(call.request.body, shown_name);
    if (!parsed) return unexpected(problem_of(parsed.error()));
    const auto fresh = std::make_shared<const programme::Programme>(std::move(*parsed));
    const auto programmes = call.service.programmes();
    const programme::Programme& current = programmes->current();
    Response response;
    JsonWriter json(response.body);
    if (fresh->version == current.version && fresh->source == current.source) {
        write_programme(json, current, call.service.now());
        return response;
    }
    if (fresh->version <= current.version) {
        Problem problem = problem_of(Fault::programme_version_not_higher,
                                     "Version " + std::to_string(current.version) + " is in force.");
        problem.expected = "a version over " + std::to_string(current.version);
        problem.found = "version " + std::to_string(fresh->version);
        return unexpected(problem);
    }
    if (const auto problem = programme::succession_problem(current, *fresh))
        return unexpected(problem_of(Fault::programme_cannot_follow, *problem));
    const auto activated = call.service.activate(fresh);
    if (!activated) return unexpected(problem_of(activated.error()));
    response.status = 201;
    write_programme(json, *fresh, call.service.now());
    return response;
}

Endpoint programme_post(std::string_view path, Scope scope, Text summary, Text about, const Schema& output,
                        Answer (*handle)(const Call&)) {
    return {.method = Method::post,
            .path = path,
            .group = "Programme",
            .scope = scope,
            .summary = summary,
            .about = about,
            .input_type = "application/yaml",
            .input_example = "name: my-shop\nversion: 2\n...",
            .output = &output,
            .handler = FromStore{handle}};
}

}  // namespace

std::vector<Endpoint> programme_endpoints() {
    Endpoint activate = programme_post(
        "/v1/programme", Scope::admin, {"Put a new version in force", "启用新版本"},
        {"Its version must be higher than the current one's. What was granted before keeps the version that made it.",
         "版本号须高于现行版本；此前授予的权益保留其原版本。"},
        schemas::programme, activate_programme);
    activate.statuses = {201, 200};
    return {
        {.method = Method::get,
         .path = "/v1/programme",
         .group = "Programme",
         .scope = Scope::read,
         .summary = {"The programme in force", "现行计划"},
         .output = &schemas::programme,
         .handler = FromStore{get_programme}},
        programme_post("/v1/programme/check", Scope::read, {"Check a programme file", "检查计划文件"},
                       {"Tells all errors at once, each with its line; keeps nothing.", "一次列出全部错误及行号，不作保存。"},
                       schemas::programme_report, check_programme),
        activate,
    };
}

}  // namespace regulars::api

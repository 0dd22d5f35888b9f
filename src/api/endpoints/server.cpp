// What the server tells about itself.
#include "api/endpoints/common.hpp"
#include "api/endpoints/registry.hpp"

namespace regulars::api {

namespace {

Answer ready(const Call& call) {
    const auto checked = call.service.ready();
    if (!checked) return unexpected(problem_of(checked.error()));
    return Response{200, "application/json", R"({"status":"ready"})", {}};
}

Endpoint page_endpoint(std::string_view path, Text summary, std::string_view type, ByServer::Page page) {
    return {.method = Method::get,
            .path = path,
            .group = "Server",
            .scope = Scope::none,
            .summary = summary,
            .output_type = type,
            .handler = ByServer{page}};
}

}  // namespace

std::vector<Endpoint> server_endpoints() {
    using Page = ByServer::Page;
    Endpoint health = page_endpoint("/healthz", {"The process lives", "进程存活"}, "application/json", Page::health);
    health.output = &schemas::status;
    Endpoint metrics = page_endpoint("/metrics", {"Metrics for Prometheus", "Prometheus 指标"}, "text/plain",
                                     Page::metrics);
    metrics.scope = Scope::read;
    const auto in_languages = [](Endpoint endpoint) {
        endpoint.parameters = {{"language", Type::text, {"en (as when left out) or zh.", "en（默认）或 zh。"}}};
        return endpoint;
    };
    return {
        health,
        {.method = Method::get,
         .path = ready_path,
         .group = "Server",
         .scope = Scope::none,
         .summary = {"Requests are taken: the database answers, and nothing is stopping", "可接受请求"},
         .output = &schemas::status,
         .handler = FromStore{ready}},
        metrics,
        in_languages(page_endpoint("/openapi.json", {"This description", "本接口说明"}, "application/json", Page::openapi)),
        in_languages(page_endpoint("/docs", {"Documentation to read and try", "可试用的文档"}, "text/html", Page::docs)),
        page_endpoint("/docs/swagger-ui.js", {"Part of /docs", "文档资源"}, "text/javascript", Page::docs_script),
        page_endpoint("/docs/swagger-ui.css", {"Part of /docs", "文档资源"}, "text/css", Page::docs_style),
        page_endpoint("/problems", {"What the codes of problems mean", "错误代码说明"}, "text/html", Page::problems),
        in_languages(page_endpoint("/", {"Where to begin", "首页"}, "text/html", Page::landing)),
    };
}

}  // namespace regulars::api

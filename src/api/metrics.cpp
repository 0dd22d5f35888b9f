#include "api/metrics.hpp"

#include <array>
#include <map>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace regulars::api {

namespace {

/// Answers are told apart by the first digit of their status: 2xx to 5xx, and the rest.
constexpr std::array<std::string_view, 5> classes{"2xx", "3xx", "4xx", "5xx", "other"};

std::size_t class_of(int status) {
    return status >= 200 && status < 600 ? static_cast<std::size_t>(status / 100 - 2) : classes.size() - 1;
}

const prometheus::Histogram::BucketBoundaries boundaries{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
                                                         0.05,   0.1,   0.25,   0.5,   1,    5};

struct EndpointMetrics {
    std::array<prometheus::Counter*, classes.size()> requests{};
    prometheus::Histogram* seconds = nullptr;
};

}  // namespace

struct Metrics::Parts {
    prometheus::Registry registry;
    const Endpoint* first = nullptr;
    std::vector<EndpointMetrics> endpoints;  ///< the last one is for requests that found no endpoint
    prometheus::Counter* lines_applied = nullptr;
    prometheus::Counter* lines_refused = nullptr;
    prometheus::Gauge* connections = nullptr;

    EndpointMetrics& of(const Endpoint* endpoint) {
        return endpoint == nullptr ? endpoints.back() : endpoints[static_cast<std::size_t>(endpoint - first)];
    }
};

Metrics::Metrics(const std::vector<Endpoint>& endpoints) : parts_(std::make_unique<Parts>()) {
    auto& requests = prometheus::BuildCounter()
                         .Name("regulars_http_requests_total")
                         .Help("Requests answered, by endpoint and status")
                         .Register(parts_->registry);
    auto& seconds = prometheus::BuildHistogram()
                        .Name("regulars_http_request_seconds")
                        .Help("From the end of a request's header to its answer")
                        .Register(parts_->registry);
    const auto add = [&](const std::string& method, const std::string& path) {
        EndpointMetrics made;
        for (std::size_t index = 0; index < classes.size(); ++index)
            made.requests[index] =
                &requests.Add({{"method", method}, {"path", path}, {"status", std::string(classes[index])}});
        made.seconds = &seconds.Add({{"method", method}, {"path", path}}, boundaries);
        parts_->endpoints.push_back(made);
    };
    parts_->first = endpoints.data();
    for (const Endpoint& endpoint : endpoints) add(std::string(name_of(endpoint.method)), std::string(endpoint.path));
    add("any", "unknown");
    auto& lines = prometheus::BuildCounter()
                      .Name("regulars_bulk_lines_total")
                      .Help("Lines of bulk requests, by what became of them")
                      .Register(parts_->registry);
    parts_->lines_applied = &lines.Add({{"result", "applied"}});
    parts_->lines_refused = &lines.Add({{"result", "refused"}});
    auto& connections = prometheus::BuildGauge()
                            .Name("regulars_http_connections")
                            .Help("Connections that are open")
                            .Register(parts_->registry);
    parts_->connections = &connections.Add({});
}

Metrics::~Metrics() = default;

void Metrics::count_request(const Endpoint* endpoint, int status, double seconds) {
    EndpointMetrics& metrics = parts_->of(endpoint);
    metrics.requests[class_of(status)]->Increment();
    metrics.seconds->Observe(seconds);
}

void Metrics::count_bulk_lines(std::size_t applied, std::size_t refused) {
    parts_->lines_applied->Increment(static_cast<double>(applied));
    parts_->lines_refused->Increment(static_cast<double>(refused));
}

void Metrics::connection_opened() {
    parts_->connections->Increment();
}

void Metrics::connection_closed() {
    parts_->connections->Decrement();
}

std::string Metrics::text(const service::Statistics& statistics) const {
    std::vector<prometheus::MetricFamily> families = parts_->registry.Collect();
    const auto add = [&families](const char* name, const char* help, prometheus::MetricType type, std::uint64_t value) {
        prometheus::MetricFamily family;
        family.name = name;
        family.help = help;
        family.type = type;
        prometheus::ClientMetric metric;
        metric.counter.value = static_cast<double>(value);
        metric.gauge.value = static_cast<double>(value);
        family.metric.push_back(metric);
        families.push_back(family);
    };
    using prometheus::MetricType;
    add("regulars_commands_applied_total", "Commands that happened", MetricType::Counter, statistics.commands_applied);
    add("regulars_commands_refused_total", "Commands that were refused", MetricType::Counter,
        statistics.commands_refused);
    add("regulars_batches_total", "Transactions of the writer", MetricType::Counter, statistics.batches);
    add("regulars_store_failures_total", "Failures of the database", MetricType::Counter, statistics.store_failures);
    add("regulars_members_cached", "Members held in memory", MetricType::Gauge, statistics.members_cached);
    add("regulars_queue_commands", "Commands that wait", MetricType::Gauge, statistics.queue_depth);
    add("regulars_due_members_advanced_total", "Members whose due times were done", MetricType::Counter,
        statistics.due_advanced);
    return prometheus::TextSerializer().Serialize(families);
}

}  // namespace regulars::api

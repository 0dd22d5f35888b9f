// What the server tells Prometheus: requests by endpoint and status, how long they took, and the service's own counts.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "api/endpoint.hpp"

namespace regulars::api {

class Metrics {
public:
    /// `endpoints` outlives the metrics.
    explicit Metrics(const std::vector<Endpoint>& endpoints);
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    /// From any thread. `endpoint` is null for requests that found none.
    void count_request(const Endpoint* endpoint, int status, double seconds);
    void count_bulk_lines(std::size_t applied, std::size_t refused);
    void connection_opened();
    void connection_closed();

    /// The text format 0.0.4.
    [[nodiscard]] std::string text(const service::Statistics& statistics) const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace regulars::api

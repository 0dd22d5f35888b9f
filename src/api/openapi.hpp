// OpenAPI 3.1, written from the endpoints' declarations.
#pragma once

#include <string>
#include <vector>

#include "api/endpoint.hpp"

namespace regulars::api {

/// The document as JSON, in English or Chinese.
[[nodiscard]] std::string openapi_document(const std::vector<Endpoint>& endpoints, bool chinese);

/// The same as YAML (JSON is YAML, laid out by line): what api/openapi.yaml holds.
[[nodiscard]] std::string openapi_yaml(const std::vector<Endpoint>& endpoints);

}  // namespace regulars::api

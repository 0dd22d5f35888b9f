// Whether a JSON value has the shape that a schema promises: what OpenAPI tells and what the endpoints answer
// must be one.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "api/schema.hpp"

namespace regulars::api {

/// Every place where they disagree, a line each; empty when they agree.
[[nodiscard]] std::vector<std::string> disagreements(const nlohmann::json& value, const Schema& schema,
                                                     const std::string& place = "");

}  // namespace regulars::api

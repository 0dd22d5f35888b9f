// Whether a JSON value has the shape that a schema promises: what OpenAPI tells and what the endpoints answer
// must be one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "api/endpoint.hpp"
#include "api/schema.hpp"
#include "client.hpp"

namespace regulars::api {

/// Every place where they disagree, a line each; empty when they agree.
[[nodiscard]] std::vector<std::string> disagreements(const nlohmann::json& value, const Schema& schema,
                                                     const std::string& place = "");

/// The endpoint with this path, as it is declared.
[[nodiscard]] const Endpoint& endpoint_of(Method method, std::string_view path);

/// Fails the test where an answer has not a status and a shape that the endpoint declares.
void expect_declared(const Told& told, Method method, std::string_view path);

}  // namespace regulars::api

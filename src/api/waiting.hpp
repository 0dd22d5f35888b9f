// For handlers on a worker that need to know what became of commands before they can answer.
#pragma once

#include <vector>

#include "api/endpoint.hpp"

namespace regulars::api {

/// Hands the commands to the writer and waits until they are durable. A problem when they were not taken, or when
/// nothing was heard of them in time.
[[nodiscard]] expected<std::vector<service::Reply>, Problem> submit_and_wait(service::Service& service,
                                                                             std::vector<service::Command> commands,
                                                                             bool all_or_nothing);

}  // namespace regulars::api

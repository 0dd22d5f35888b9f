#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "api/endpoints/registry.hpp"
#include "api/openapi.hpp"
#include "server/subcommands.hpp"

namespace regulars::server {

void add_openapi(CLI::App& app, Run& run) {
    CLI::App* const command = app.add_subcommand("openapi", "Print the description of the HTTP API");
    command->footer("Example:\n  regulars openapi > api/openapi.yaml");
    command->callback([&run] {
        run = [] {
            fmt::print("{}", api::openapi_yaml(api::all_endpoints()));
            return exit_done;
        };
    });
}

}  // namespace regulars::server

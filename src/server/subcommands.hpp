// The subcommands of `regulars`, one file each. Every one adds itself to the parser and, when it was the one asked for,
// leaves what it wants to do in `run`.
//
// Exit codes: 0 done, 1 what was asked for failed, 2 the command line makes no sense.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace regulars::server {

inline constexpr int exit_done = 0;
inline constexpr int exit_failed = 1;
inline constexpr int exit_usage = 2;

using Run = std::function<int()>;

void add_serve(CLI::App& app, Run& run);
void add_migrate(CLI::App& app, Run& run);
void add_replay(CLI::App& app, Run& run);
void add_reconcile(CLI::App& app, Run& run);
void add_backup(CLI::App& app, Run& run);
void add_restore(CLI::App& app, Run& run);
void add_import(CLI::App& app, Run& run);
void add_backtest(CLI::App& app, Run& run);
void add_programme(CLI::App& app, Run& run);
void add_members(CLI::App& app, Run& run);
void add_review(CLI::App& app, Run& run);
void add_key(CLI::App& app, Run& run);
void add_codes(CLI::App& app, Run& run);
void add_seal(CLI::App& app, Run& run);
void add_draw(CLI::App& app, Run& run);
void add_openapi(CLI::App& app, Run& run);

}  // namespace regulars::server

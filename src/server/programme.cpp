#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

#include "backtest/files.hpp"
#include "base/limits.hpp"
#include "programme/parse.hpp"
#include "rule/rule.hpp"
#include "server/subcommands.hpp"
#include "server/terminal.hpp"

namespace regulars::server {

namespace {

struct CheckOptions {
    std::string file;
    bool json = false;
};

void print_json(const expected<programme::Programme, Diagnostics>& parsed) {
    nlohmann::ordered_json document{{"valid", parsed.has_value()}};
    if (parsed) {
        document["name"] = parsed->name;
        document["version"] = parsed->version;
    }
    auto& errors = document["errors"] = nlohmann::ordered_json::array();
    if (!parsed)
        for (const Diagnostic& diagnostic : parsed.error())
            errors.push_back({{"line", diagnostic.line},
                              {"column", diagnostic.column},
                              {"path", diagnostic.path},
                              {"message", diagnostic.message},
                              {"found", diagnostic.found},
                              {"allowed", diagnostic.allowed},
                              {"suggestion", diagnostic.suggestion}});
    fmt::print("{}\n", document.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

// The line and a caret below the place, where the line is one to be read and does nothing to a terminal.
void print_place(std::string_view text, const Diagnostic& diagnostic) {
    constexpr std::size_t shown_max = 400;
    if (diagnostic.line == 0 || text.empty()) return;
    const std::string place = rule::caret(text, diagnostic);
    const auto is_control = [](char one) {
        return one == '\x7f' || (one >= 0 && one < ' ' && one != '\t' && one != '\n');
    };
    if (place.size() > shown_max || std::any_of(place.begin(), place.end(), is_control)) return;
    const std::size_t end = place.find('\n');
    fmt::print(stderr, "    {}\n    {}\n", place.substr(0, end), place.substr(end + 1));
}

int check_file(const CheckOptions& options) {
    const auto text = backtest::read_text(options.file, limits::programme_file_size_max);
    if (!text) {
        print_error(text.error());
        return exit_failed;
    }
    const auto parsed = programme::parse(*text, options.file);
    if (options.json) {
        print_json(parsed);
    } else if (parsed) {
        fmt::print("{}", programme::describe(*parsed));
    } else {
        for (const Diagnostic& diagnostic : parsed.error()) {
            fmt::print(stderr, "{}\n", text_of(diagnostic));
            print_place(*text, diagnostic);
        }
        const std::size_t count = parsed.error().size();
        fmt::print(stderr, "{} {}.\n", count, count == 1 ? "error" : "errors");
    }
    return parsed ? exit_done : exit_failed;
}

}  // namespace

void add_programme(CLI::App& app, Run& run) {
    auto options = std::make_shared<CheckOptions>();
    CLI::App* const command = app.add_subcommand("programme", "Work on programme files");
    command->require_subcommand(1);
    CLI::App* const check = command->add_subcommand("check", "Check a programme file and tell what it does");
    check->footer("All errors are told at once, each with its line, column and the nearest right word.\n\n"
                  "Example:\n  regulars programme check programmes/vancl.yaml");
    check->add_option("FILE", options->file, "The programme file (YAML)")->required();
    check->add_flag("--json", options->json, "The result as JSON");
    check->callback([options, &run] { run = [options] { return check_file(*options); }; });
}

}  // namespace regulars::server

// draw: checks what was drawn, with what the shop has published.
#include <fstream>
#include <iostream>
#include <iterator>

#include <memory>
#include <optional>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "server/subcommands.hpp"
#include "server/terminal.hpp"
#include "service/draw_proof.hpp"

namespace regulars::server {

namespace {

std::optional<std::string> read_all(const std::string& file) {
    std::ifstream stream;
    if (file != "-") stream.open(file, std::ios::binary);
    std::istream& from = file == "-" ? std::cin : stream;
    if (!from) return std::nullopt;
    std::string text;
    std::istreambuf_iterator<char> next(from);
    for (; next != std::istreambuf_iterator<char>() && text.size() <= service::draw_proof_size_max; ++next)
        text += *next;
    return text;
}

int verify(const std::string& file) {
    const auto text = read_all(file);
    if (!text) {
        print_error(fmt::format("{} cannot be read; name a file, or - for the standard input.", file));
        return exit_usage;
    }
    const auto proof = service::read_draw_proof(*text);
    if (!proof) {
        for (const service::JsonProblem& problem : proof.error())
            print_error(fmt::format("{}: {}: {}{}", file, problem.pointer.empty() ? "/" : problem.pointer,
                                    problem.message,
                                    problem.allowed.empty() ? "" : fmt::format("; expected {}", problem.allowed)));
        return exit_usage;
    }
    if (const auto forgery = service::forgery_of(*proof)) {
        fmt::print("Forged: {}.\n", *forgery);
        return exit_failed;
    }
    fmt::print("Valid: turn {} of member {} in {} on {} drew {:016x}{}.\n", proof->turn, proof->member.value,
               proof->activity, text_of(proof->day), proof->number,
               proof->odds.empty() ? "" : fmt::format(" and by the odds that were published won {}", proof->won));
    return exit_done;
}

}  // namespace

void add_draw(CLI::App& app, Run& run) {
    CLI::App* const command = app.add_subcommand("draw", "Check what was drawn");
    command->require_subcommand(1);
    CLI::App* const check = command->add_subcommand(
        "verify", "Whether a draw's result follows from the seeds and odds that were published");
    auto file = std::make_shared<std::string>();
    check->add_option("file", *file, "A file, or - for the standard input")->required()->type_name("FILE");
    check->footer("The file holds what the API tells:\n"
                  "  {\"member\": \"42\", \"result\": {...}, \"chance\": {...}}\n"
                  "where result is one of GET /v1/me/activity-results and chance the answer of\n"
                  "GET /v1/me/activities/NAME/chance with the seed of that day. No database is needed.\n"
                  "Ends with 0 for a valid one, 1 for a forged one, 2 for what is no such file.");
    check->callback([file, &run] { run = [file] { return verify(*file); }; });
}

}  // namespace regulars::server

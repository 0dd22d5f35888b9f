#include "rule/name_problem.hpp"

#include <vector>

#include "base/nearest.hpp"
#include "base/time.hpp"
#include "rule/quote.hpp"

namespace regulars::rule {

namespace {

constexpr std::size_t words_shown_max = 8;

// "a, b, c", the first few of them.
std::string listed(std::span<const std::string> words) {
    std::string text;
    for (std::size_t i = 0; i < words.size() && i < words_shown_max; ++i) text += (i == 0 ? "" : ", ") + words[i];
    if (words.size() > words_shown_max) text += " ...";
    return text;
}

}  // namespace

void report_unknown_name(std::string_view path, std::uint32_t offset, const Schema& schema,
                         std::span<const std::string> variables, Problems& problems) {
    std::vector<std::string> known(variables.begin(), variables.end());
    std::vector<std::string> below;
    for (const Name& name : schema.names()) {
        known.push_back(name.path);
        if (name.path.starts_with(std::string(path) + ".")) below.push_back(name.path);
    }
    Problems::Detail detail{.found = std::string(path), .allowed = {}, .suggestion = {}};
    if (!below.empty()) {
        detail.allowed = listed(below);
        problems.add(offset, "this is only the beginning of a name", std::move(detail));
        return;
    }
    detail.suggestion = nearest(path, known).value_or("");
    if (detail.suggestion.empty()) detail.allowed = listed(known);
    problems.add(offset, "there is no such name", std::move(detail));
}

void report_unknown_function(std::string_view name, bool as_member, std::uint32_t offset, Problems& problems) {
    const std::string found = (as_member ? "." : "") + std::string(name) + "()";
    if (find_function(name, !as_member)) {
        const std::string written = as_member ? std::string(name) + "(x)" : "x." + std::string(name) + "()";
        problems.add(offset, "this function is written another way",
                     {.found = found, .allowed = written, .suggestion = {}});
        return;
    }
    std::vector<std::string_view> known;
    for (const Function& entry : functions()) {
        const bool as_written = find_function(entry.name, as_member) == entry.id;
        const bool macro = entry.notation == Notation::macro && as_member == (entry.id != FunctionId::has);
        if (as_written || macro) known.push_back(entry.name);
    }
    const auto suggestion = nearest(name, known);
    problems.add(offset, "there is no such function",
                 {.found = found, .allowed = {}, .suggestion = suggestion ? *suggestion + "()" : ""});
}

void report_wrong_arguments(const Function& function, std::span<const Type> arguments, std::uint32_t offset,
                            Problems& problems) {
    std::string found = "(";
    for (std::size_t i = 0; i < arguments.size(); ++i) found += (i == 0 ? "" : ", ") + arguments[i].text_of();
    std::string allowed;
    for (const Overload& overload : function.overloads) {
        const std::string text = text_of(overload);
        allowed += (allowed.empty() ? "" : " or ") + text.substr(0, text.find(" ->"));
    }
    bool whole = false;
    bool real = false;
    for (const Type type : arguments) {
        whole |= type.is(Type::Kind::integer);
        real |= type.is(Type::Kind::real);
    }
    const bool numbers = whole && real && function.notation == Notation::infix;
    problems.add(offset, std::string(function.name) + " does not take these types",
                 {.found = found + ")", .allowed = allowed, .suggestion = numbers ? "double() around the int" : ""});
}

void report_unknown_choice(const Name& name, std::string_view text, std::uint32_t offset, Problems& problems) {
    const auto suggestion = nearest(text, name.choices);
    problems.add(
        offset, name.path + " is never this",
        {.found = quoted(text), .allowed = listed(name.choices), .suggestion = suggestion ? quoted(*suggestion) : ""});
}

void report_unknown_zone(std::string_view zone, std::uint32_t offset, Problems& problems) {
    problems.add(offset, "there is no such time zone",
                 {.found = quoted(zone),
                  .allowed = "an IANA name such as \"Asia/Shanghai\", or an offset such as \"+08:00\"",
                  .suggestion = nearest(zone, Zone::names()).value_or("")});
}

}  // namespace regulars::rule

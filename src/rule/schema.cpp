#include "rule/schema.hpp"

#include <utility>

#include "base/check.hpp"
#include "rule/lexer.hpp"

namespace regulars::rule {

namespace {

bool is_path(std::string_view path) {
    while (true) {
        const std::size_t dot = path.find('.');
        if (!is_identifier(path.substr(0, dot))) return false;
        if (dot == std::string_view::npos) return true;
        path.remove_prefix(dot + 1);
    }
}

}  // namespace

std::uint16_t Schema::add(Name name) {
    check(is_path(name.path), "a name of a schema is dotted identifiers");
    check(names_.size() < UINT16_MAX, "a schema holds fewer than 65,535 names");
    const auto slot = static_cast<std::uint16_t>(names_.size());
    const bool added = slots_.emplace(name.path, slot).second;
    check(added, "a name is added to a schema once");
    names_.push_back(std::move(name));
    return slot;
}

std::optional<std::uint16_t> Schema::slot(std::string_view path) const {
    const auto found = slots_.find(path);
    return found == slots_.end() ? std::nullopt : std::optional(found->second);
}

bool Schema::is_prefix(std::string_view path) const {
    const std::string start = std::string(path) + ".";
    const auto at = slots_.lower_bound(start);
    return at != slots_.end() && at->first.starts_with(start);
}

}  // namespace regulars::rule

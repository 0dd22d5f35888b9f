// The names a rule may use, handed in by whoever evaluates it: "member.tier", "order.amount", "now". Each has a slot;
// a frame gives one value per slot.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rule/type.hpp"

namespace regulars::rule {

/// One name. The sentences say what it is to the person who writes rules. `choices`, where not empty, are the only
/// texts that the name can ever be, so that a misspelt one is refused when the rule is compiled.
struct Name {
    std::string path;
    Type type;
    std::string sentence_en;
    std::string sentence_zh;
    std::vector<std::string> choices = {};
};

class Schema {
public:
    /// Returns the slot: 0, 1, 2 ... The path is dotted identifiers, none of them a word of the language, and new;
    /// anything else is our mistake and aborts.
    std::uint16_t add(Name name);
    [[nodiscard]] std::optional<std::uint16_t> slot(std::string_view path) const;
    /// By slot.
    [[nodiscard]] std::span<const Name> names() const { return names_; }
    /// Whether some name starts with `path` and a dot: `member` where there is a `member.tier`.
    [[nodiscard]] bool is_prefix(std::string_view path) const;

private:
    std::vector<Name> names_;
    std::map<std::string, std::uint16_t, std::less<>> slots_;
};

}  // namespace regulars::rule

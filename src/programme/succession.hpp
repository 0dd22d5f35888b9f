// Whether a new version of a programme may follow the one in force: what members and orders refer to by position must
// still mean the same.
#pragma once

#include <optional>
#include <string>

#include "programme/programme.hpp"

namespace regulars::programme {

/// Why `next` cannot follow `current`, as a sentence that says what to do; nothing when it can. Currency and time zone
/// stay; every tier keeps its rank and every price kind its place, new ones come after them.
[[nodiscard]] std::optional<std::string> succession_problem(const Programme& current, const Programme& next);

}  // namespace regulars::programme

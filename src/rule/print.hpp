// A syntax tree back to text.
#pragma once

#include <string>

#include "rule/syntax.hpp"

namespace regulars::rule::syntax {

/// One line, parentheses only where they are needed. Reading it gives the same tree. The tree holds no invalid node.
[[nodiscard]] std::string print(const Tree& tree);

}  // namespace regulars::rule::syntax

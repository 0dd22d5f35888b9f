// Syntax tree to checked program: names, types, limits.
#pragma once

#include "rule/program.hpp"
#include "rule/rule.hpp"
#include "rule/schema.hpp"
#include "rule/source.hpp"
#include "rule/syntax.hpp"

namespace regulars::rule {

/// Reports every mistake it finds, also in a tree that holds invalid nodes; the program is of use only where `problems`
/// stays empty.
[[nodiscard]] Program check_tree(const syntax::Tree& tree, const Schema& schema, Type wanted,
                                 const CompileOptions& options, Problems& problems);

}  // namespace regulars::rule

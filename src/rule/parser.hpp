// Tokens to a syntax tree.
//
//     expression     = or [ "?" or ":" expression ]
//     or             = and { "||" and }
//     and            = relation { "&&" relation }
//     relation       = sum { ( "<" | "<=" | ">=" | ">" | "==" | "!=" | "in" ) sum }
//     sum            = product { ( "+" | "-" ) product }
//     product        = unary { ( "*" | "/" | "%" ) unary }
//     unary          = member | "!" { "!" } member | "-" { "-" } member
//     member         = primary { "." identifier [ "(" [ arguments ] ")" ] | "[" expression "]" }
//     primary        = identifier [ "(" [ arguments ] ")" ] | "(" expression ")" | [ "-" ] number | string
//                    | "true" | "false" | "null" | "[" [ arguments [ "," ] ] "]" | "{" [ entries [ "," ] ] "}"
//     arguments      = expression { "," expression }
//     entries        = expression ":" expression { "," expression ":" expression }
#pragma once

#include <string_view>

#include "rule/source.hpp"
#include "rule/syntax.hpp"

namespace regulars::rule::syntax {

/// Reads on after a mistake and reports the next ones too; where `problems` is empty afterwards the tree holds no
/// invalid node. A text that nests deeper than `depth_max` is refused: neither the tree nor the parser's own stack
/// grows past it.
[[nodiscard]] Tree parse(std::string_view text, std::size_t depth_max, Problems& problems);

}  // namespace regulars::rule::syntax

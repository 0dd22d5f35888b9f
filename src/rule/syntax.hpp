// The syntax tree: what was written, before anybody asks what it means. It knows no names, types or functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace regulars::rule::syntax {

enum class Form : std::uint8_t {
    null,
    boolean,
    integer,
    real,
    text,       // literals
    name,       // text: one identifier
    select,     // children[0] . text
    present,    // has(children[0] . text)
    operation,  // of the operator, on the children
    call,       // text(children...) or children[0].text(children[1]...)
    fold,       // children[0].macro(text, children[1], children[2]?)
    list,       // [children...]
    map,        // {children[0]: children[1], children[2]: children[3] ...}
    invalid,    // stands where the text could not be read
};

/// `&&` and `||` take two or more operands: a && b && c is one operation.
enum class Operator : std::uint8_t {
    logical_and,
    logical_or,
    logical_not,
    conditional,
    equal,
    not_equal,
    less,
    less_equal,
    greater,
    greater_equal,
    in,
    add,
    subtract,
    multiply,
    divide,
    modulo,
    negate,
    index,
};

/// The macros that walk a list or the keys of a map. `map_if` is map with three arguments: x.map(v, condition, value).
enum class Macro : std::uint8_t { all, exists, exists_one, filter, map, map_if };

using NodeId = std::uint32_t;

struct Node {
    Form form = Form::invalid;
    Operator op = Operator::logical_and;
    Macro macro = Macro::all;
    bool as_member = false;
    bool boolean = false;
    /// Levels of tree below and including this node.
    std::uint16_t depth = 1;
    /// Where it stands in the source, in bytes: an operator's sign, else the first byte.
    std::uint32_t offset = 0;
    std::int64_t integer = 0;
    double real = 0;
    std::string text;
    std::vector<NodeId> children;
};

/// Children come before their parents.
struct Tree {
    std::vector<Node> nodes;
    NodeId root = 0;

    [[nodiscard]] const Node& at(NodeId id) const { return nodes[id]; }
    /// Adds a node after its children and measures its depth.
    NodeId add(Node node);
};

/// Whether both say the same; offsets do not count.
[[nodiscard]] bool same(const Tree& left, const Tree& right);

/// "&&", "==", "in"; "?:" and "[]" for the two that are not one sign.
[[nodiscard]] std::string_view sign_of(Operator op);
[[nodiscard]] std::string_view name_of(Macro macro);

}  // namespace regulars::rule::syntax

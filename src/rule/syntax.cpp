#include "rule/syntax.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "base/check.hpp"

namespace regulars::rule::syntax {

NodeId Tree::add(Node node) {
    std::uint16_t below = 0;
    for (const NodeId child : node.children) below = std::max(below, at(child).depth);
    node.depth = static_cast<std::uint16_t>(below + 1);
    nodes.push_back(std::move(node));
    return static_cast<NodeId>(nodes.size() - 1);
}

namespace {

bool same_below(const Tree& left, NodeId left_id, const Tree& right, NodeId right_id) {
    const Node& a = left.at(left_id);
    const Node& b = right.at(right_id);
    if (a.form != b.form || a.text != b.text || a.children.size() != b.children.size()) return false;
    if (a.form == Form::boolean && a.boolean != b.boolean) return false;
    if (a.form == Form::integer && a.integer != b.integer) return false;
    if (a.form == Form::real && std::bit_cast<std::uint64_t>(a.real) != std::bit_cast<std::uint64_t>(b.real))
        return false;
    if (a.form == Form::operation && a.op != b.op) return false;
    if (a.form == Form::fold && a.macro != b.macro) return false;
    if (a.form == Form::call && a.as_member != b.as_member) return false;
    return std::ranges::equal(a.children, b.children,
                              [&](NodeId one, NodeId other) { return same_below(left, one, right, other); });
}

}  // namespace

bool same(const Tree& left, const Tree& right) {
    return same_below(left, left.root, right, right.root);
}

std::string_view sign_of(Operator op) {
    switch (op) {
        case Operator::logical_and:
            return "&&";
        case Operator::logical_or:
            return "||";
        case Operator::logical_not:
            return "!";
        case Operator::conditional:
            return "?:";
        case Operator::equal:
            return "==";
        case Operator::not_equal:
            return "!=";
        case Operator::less:
            return "<";
        case Operator::less_equal:
            return "<=";
        case Operator::greater:
            return ">";
        case Operator::greater_equal:
            return ">=";
        case Operator::in:
            return "in";
        case Operator::add:
            return "+";
        case Operator::subtract:
        case Operator::negate:
            return "-";
        case Operator::multiply:
            return "*";
        case Operator::divide:
            return "/";
        case Operator::modulo:
            return "%";
        case Operator::index:
            return "[]";
    }
    check_failed("every operator has a sign");
}

std::string_view name_of(Macro macro) {
    switch (macro) {
        case Macro::all:
            return "all";
        case Macro::exists:
            return "exists";
        case Macro::exists_one:
            return "exists_one";
        case Macro::filter:
            return "filter";
        case Macro::map:
        case Macro::map_if:
            return "map";
    }
    check_failed("every macro has a name");
}

}  // namespace regulars::rule::syntax

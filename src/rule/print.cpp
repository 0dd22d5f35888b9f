#include "rule/print.hpp"

#include "base/check.hpp"
#include "rule/quote.hpp"

namespace regulars::rule::syntax {

namespace {

// How tightly a form binds; the levels of the grammar in parser.hpp.
enum Level {
    level_expression,
    level_or,
    level_and,
    level_relation,
    level_sum,
    level_product,
    level_unary,
    level_member
};

Level level_of(const Node& node) {
    if (node.form != Form::operation) return level_member;
    switch (node.op) {
        case Operator::conditional:
            return level_expression;
        case Operator::logical_or:
            return level_or;
        case Operator::logical_and:
            return level_and;
        case Operator::equal:
        case Operator::not_equal:
        case Operator::less:
        case Operator::less_equal:
        case Operator::greater:
        case Operator::greater_equal:
        case Operator::in:
            return level_relation;
        case Operator::add:
        case Operator::subtract:
            return level_sum;
        case Operator::multiply:
        case Operator::divide:
        case Operator::modulo:
            return level_product;
        case Operator::logical_not:
        case Operator::negate:
            return level_unary;
        case Operator::index:
            return level_member;
    }
    check_failed("every operator has a level");
}

class Printer {
public:
    explicit Printer(const Tree& tree) : tree_(tree) {}
    void node(NodeId id);
    std::string text;

private:
    void at_least(Level level, NodeId id);
    void operation(const Node& node);
    void unary(const Node& node);
    void receiver(NodeId id);
    void call(const Node& node);
    void listed(const std::vector<NodeId>& children, std::size_t from);
    void map(const Node& node);

    const Tree& tree_;
};

void Printer::node(NodeId id) {
    const Node& node = tree_.at(id);
    switch (node.form) {
        case Form::null:
            text += "null";
            return;
        case Form::boolean:
            text += node.boolean ? "true" : "false";
            return;
        case Form::integer:
            text += std::to_string(node.integer);
            return;
        case Form::real:
            text += real_literal(node.real);
            return;
        case Form::text:
            text += quoted(node.text);
            return;
        case Form::name:
            text += node.text;
            return;
        case Form::select:
            receiver(node.children[0]), text += "." + node.text;
            return;
        case Form::present:
            text += "has(", receiver(node.children[0]), text += "." + node.text + ")";
            return;
        case Form::operation:
            operation(node);
            return;
        case Form::call:
            call(node);
            return;
        case Form::fold:
            receiver(node.children[0]);
            text += "." + std::string(name_of(node.macro)) + "(" + node.text + ", ";
            listed(node.children, 1);
            text += ")";
            return;
        case Form::list:
            text += "[", listed(node.children, 0), text += "]";
            return;
        case Form::map:
            map(node);
            return;
        case Form::invalid:
            break;
    }
    check_failed("only a tree without mistakes is printed");
}

void Printer::at_least(Level level, NodeId id) {
    const bool wrap = level_of(tree_.at(id)) < level;
    if (wrap) text += "(";
    node(id);
    if (wrap) text += ")";
}

void Printer::operation(const Node& node) {
    const Level level = level_of(node);
    const auto& children = node.children;
    if (level == level_unary) return unary(node);
    if (node.op == Operator::index) {
        receiver(children[0]);
        text += "[", this->node(children[1]), text += "]";
        return;
    }
    if (node.op == Operator::conditional) {
        at_least(level_or, children[0]), text += " ? ";
        at_least(level_or, children[1]), text += " : ";
        at_least(level_expression, children[2]);
        return;
    }
    // Left to right: only the first operand may be of the same level; of && and || not even that, since a && b && c is
    // one operation of three.
    const auto tighter = static_cast<Level>(level + 1);
    const bool flat = level == level_and || level == level_or;
    for (std::size_t i = 0; i < children.size(); ++i) {
        if (i != 0) text += " " + std::string(sign_of(node.op)) + " ";
        at_least(i == 0 && !flat ? level : tighter, children[i]);
    }
}

void Printer::unary(const Node& node) {
    const Node& operand = tree_.at(node.children[0]);
    const bool repeats = operand.form == Form::operation && operand.op == node.op;
    // -5 is a number and not the negation of 5, wherever 5 stands first in what is negated.
    const std::size_t start = text.size();
    text += sign_of(node.op);
    at_least(repeats ? level_unary : level_member, node.children[0]);
    const char next = text[start + 1];
    if (node.op == Operator::negate && next >= '0' && next <= '9') {
        text.insert(start + 1, "(");
        text += ")";
    }
}

// What stands before a point or a bracket. A number there is wrapped: "1.size()" would start a fraction.
void Printer::receiver(NodeId id) {
    const Form form = tree_.at(id).form;
    const bool wrap = form == Form::integer || form == Form::real;
    if (wrap) text += "(";
    at_least(wrap ? level_expression : level_member, id);
    if (wrap) text += ")";
}

void Printer::call(const Node& node) {
    if (node.as_member) receiver(node.children[0]), text += ".";
    text += node.text + "(";
    listed(node.children, node.as_member ? 1 : 0);
    text += ")";
}

void Printer::listed(const std::vector<NodeId>& children, std::size_t from) {
    for (std::size_t i = from; i < children.size(); ++i) {
        if (i != from) text += ", ";
        node(children[i]);
    }
}

void Printer::map(const Node& node) {
    text += "{";
    for (std::size_t i = 0; i < node.children.size(); i += 2) {
        if (i != 0) text += ", ";
        this->node(node.children[i]);
        text += ": ";
        this->node(node.children[i + 1]);
    }
    text += "}";
}

}  // namespace

std::string print(const Tree& tree) {
    Printer printer(tree);
    printer.node(tree.root);
    return std::move(printer.text);
}

}  // namespace regulars::rule::syntax

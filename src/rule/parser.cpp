#include "rule/parser.hpp"

#include <array>
#include <optional>
#include <utility>

#include "rule/lexer.hpp"

namespace regulars::rule::syntax {

namespace {

class Parser {
public:
    Parser(std::string_view text, std::size_t depth_max, Problems& problems)
        : tokens_(tokenize(text, problems)), depth_max_(depth_max), problems_(problems) {}
    Tree run();

private:
    NodeId expression();
    NodeId logical_or();
    NodeId logical_and();
    NodeId relation();
    NodeId sum();
    NodeId product();
    NodeId unary();
    NodeId member();
    NodeId member_call(NodeId receiver, const Token& name);
    NodeId primary();
    NodeId named();
    NodeId call(const Token& name);
    NodeId number(bool negative);
    NodeId list();
    NodeId map();
    std::vector<NodeId> arguments(std::string_view closer);
    NodeId presence(const Token& name, const std::vector<NodeId>& arguments);
    NodeId fold(NodeId range, Macro macro, const Token& name, const std::vector<NodeId>& arguments);

    [[nodiscard]] const Token& token() const { return tokens_[at_]; }
    bool take(std::string_view symbol);
    void expect(std::string_view symbol, std::string_view where);
    NodeId refuse(std::string message);
    void abandon(std::uint32_t offset);
    NodeId add(Form form, std::uint32_t offset, std::string_view text = {}, std::vector<NodeId> children = {});
    NodeId operation(Operator op, std::uint32_t offset, std::vector<NodeId> children);
    NodeId keep(Node node);

    std::vector<Token> tokens_;
    std::size_t depth_max_;
    Problems& problems_;
    Tree tree_;
    std::size_t at_ = 0;
    std::size_t depth_ = 0;
    bool abandoned_ = false;
};

std::string shown(const Token& token) {
    return token.kind == TokenKind::end ? "the end of the rule" : std::string(token.spelling);
}

Tree Parser::run() {
    tree_.root = expression();
    if (token().kind != TokenKind::end) {
        static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> words{
            {{"and", "&&"}, {"AND", "&&"}, {"or", "||"}, {"OR", "||"}, {"is", "=="}, {"eq", "=="}}};
        Problems::Detail detail{.found = shown(token()), .allowed = "an operator such as && or ==", .suggestion = {}};
        for (const auto& [word, sign] : words)
            if (token().is_word(word)) detail.suggestion = sign;
        // An invalid token has been explained by the lexer already.
        if (token().kind != TokenKind::invalid)
            problems_.add(token().offset, "the rule should end or go on with an operator", std::move(detail));
    }
    return std::move(tree_);
}

NodeId Parser::expression() {
    // Brackets make no level of the tree, and printing a tree may add them: they get twice the room.
    if (++depth_ > 2 * depth_max_) {
        abandon(token().offset);
        --depth_;
        return add(Form::invalid, token().offset);
    }
    NodeId result = logical_or();
    const std::uint32_t offset = token().offset;
    if (take("?")) {
        const NodeId yes = logical_or();
        expect(":", "between the two sides of ?");
        const NodeId no = expression();
        result = operation(Operator::conditional, offset, {result, yes, no});
    }
    --depth_;
    return result;
}

NodeId Parser::logical_or() {
    const NodeId first = logical_and();
    const std::uint32_t offset = token().offset;
    if (!token().is_symbol("||")) return first;
    std::vector<NodeId> operands{first};
    while (take("||")) operands.push_back(logical_and());
    return operation(Operator::logical_or, offset, std::move(operands));
}

NodeId Parser::logical_and() {
    const NodeId first = relation();
    const std::uint32_t offset = token().offset;
    if (!token().is_symbol("&&")) return first;
    std::vector<NodeId> operands{first};
    while (take("&&")) operands.push_back(relation());
    return operation(Operator::logical_and, offset, std::move(operands));
}

template <std::size_t count>
std::optional<Operator> operator_in(const Token& token, const std::array<Operator, count>& allowed) {
    for (const Operator op : allowed)
        if (op == Operator::in ? token.is_word("in") : token.is_symbol(sign_of(op))) return op;
    return std::nullopt;
}

NodeId Parser::relation() {
    static constexpr std::array allowed{Operator::less_equal, Operator::less,  Operator::greater_equal,
                                        Operator::greater,    Operator::equal, Operator::not_equal,
                                        Operator::in};
    NodeId result = sum();
    while (const auto op = operator_in(token(), allowed)) {
        const std::uint32_t offset = tokens_[at_++].offset;
        result = operation(*op, offset, {result, sum()});
    }
    return result;
}

NodeId Parser::sum() {
    static constexpr std::array allowed{Operator::add, Operator::subtract};
    NodeId result = product();
    while (const auto op = operator_in(token(), allowed)) {
        const std::uint32_t offset = tokens_[at_++].offset;
        result = operation(*op, offset, {result, product()});
    }
    return result;
}

NodeId Parser::product() {
    static constexpr std::array allowed{Operator::multiply, Operator::divide, Operator::modulo};
    NodeId result = unary();
    while (const auto op = operator_in(token(), allowed)) {
        const std::uint32_t offset = tokens_[at_++].offset;
        result = operation(*op, offset, {result, unary()});
    }
    return result;
}

bool is_number(const Token& token) {
    return token.kind == TokenKind::integer || token.kind == TokenKind::real;
}

NodeId Parser::unary() {
    const bool minus = token().is_symbol("-");
    if (!minus && !token().is_symbol("!")) return member();
    std::vector<std::uint32_t> signs;
    while (token().is_symbol(minus ? "-" : "!")) {
        if (minus && is_number(tokens_[at_ + 1])) break;  // the sign of the number itself
        signs.push_back(tokens_[at_++].offset);
    }
    NodeId result = member();
    for (auto sign = signs.rbegin(); sign != signs.rend(); ++sign)
        result = operation(minus ? Operator::negate : Operator::logical_not, *sign, {result});
    return result;
}

NodeId Parser::member() {
    NodeId result = primary();
    while (true) {
        const std::uint32_t offset = token().offset;
        if (take("[")) {
            const NodeId index = expression();
            expect("]", "after the index");
            result = operation(Operator::index, offset, {result, index});
        } else if (take(".")) {
            const Token name = token();
            if (name.kind != TokenKind::identifier || name.is_word("in") || name.is_word("true") ||
                name.is_word("false") || name.is_word("null"))
                return refuse("a name should follow the point");
            ++at_;
            result = token().is_symbol("(") ? member_call(result, name)
                                            : add(Form::select, name.offset, name.spelling, {result});
        } else {
            return result;
        }
    }
}

std::optional<Macro> macro_of(std::string_view name) {
    for (const Macro macro : {Macro::all, Macro::exists, Macro::exists_one, Macro::filter, Macro::map})
        if (name_of(macro) == name) return macro;
    return std::nullopt;
}

NodeId Parser::member_call(NodeId receiver, const Token& name) {
    take("(");
    std::vector<NodeId> given = arguments(")");
    if (const auto macro = macro_of(name.spelling)) return fold(receiver, *macro, name, given);
    given.insert(given.begin(), receiver);
    const NodeId result = add(Form::call, name.offset, name.spelling, std::move(given));
    tree_.nodes[result].as_member = true;
    return result;
}

NodeId Parser::fold(NodeId range, Macro macro, const Token& name, const std::vector<NodeId>& arguments) {
    const bool conditional_map = macro == Macro::map && arguments.size() == 3;
    if (arguments.size() != 2 && !conditional_map) {
        problems_.add(name.offset, std::string(name.spelling) + " takes a variable and what to ask of it",
                      {.found = std::to_string(arguments.size()) + " arguments",
                       .allowed = "list." + std::string(name.spelling) + "(x, ...)",
                       .suggestion = {}});
        return add(Form::invalid, name.offset);
    }
    const Node variable = tree_.at(arguments[0]);
    if (variable.form != Form::name) {
        if (variable.form != Form::invalid)
            problems_.add(variable.offset,
                          "the first argument of " + std::string(name.spelling) + " is a new variable's name");
        return add(Form::invalid, name.offset);
    }
    std::vector<NodeId> children{range};
    children.insert(children.end(), arguments.begin() + 1, arguments.end());
    const NodeId result = add(Form::fold, name.offset, variable.text, std::move(children));
    tree_.nodes[result].macro = conditional_map ? Macro::map_if : macro;
    return result;
}

NodeId Parser::primary() {
    const Token& first = token();
    const std::uint32_t offset = first.offset;
    switch (first.kind) {
        case TokenKind::integer:
        case TokenKind::real:
            return number(false);
        case TokenKind::text:
            return add(Form::text, offset, tokens_[at_++].text);
        case TokenKind::identifier:
            return named();
        case TokenKind::invalid:
            ++at_;
            return add(Form::invalid, offset);
        case TokenKind::end:
            return refuse("something is missing here");
        case TokenKind::symbol:
            break;
    }
    if (first.is_symbol("-") && is_number(tokens_[at_ + 1])) {
        ++at_;
        return number(true);
    }
    if (take("(")) {
        const NodeId inner = expression();
        expect(")", "to close the parenthesis");
        return inner;
    }
    if (take("[")) return list();
    if (take("{")) return map();
    return refuse("a value, a name or a condition should stand here");
}

NodeId Parser::number(bool negative) {
    const Token& literal = tokens_[at_++];
    const std::uint32_t offset = negative ? tokens_[at_ - 2].offset : literal.offset;
    Node node;
    node.offset = offset;
    if (literal.kind == TokenKind::real) {
        node.form = Form::real;
        node.real = negative ? -literal.real : literal.real;
    } else {
        constexpr auto largest = static_cast<std::uint64_t>(INT64_MAX);
        if (literal.integer > largest + (negative ? 1U : 0U)) {
            problems_.add(offset, "the number is too large", {.found = std::string(literal.spelling)});
            return add(Form::invalid, offset);
        }
        node.form = Form::integer;
        node.integer = static_cast<std::int64_t>(negative ? 0U - literal.integer : literal.integer);
    }
    return keep(std::move(node));
}

NodeId Parser::named() {
    const Token name = tokens_[at_++];
    if (name.is_word("null")) return add(Form::null, name.offset);
    if (name.is_word("true") || name.is_word("false")) {
        const NodeId result = add(Form::boolean, name.offset);
        tree_.nodes[result].boolean = name.is_word("true");
        return result;
    }
    if (token().is_symbol("(")) return call(name);
    if (!is_identifier(name.spelling)) {
        problems_.add(name.offset, "this word is reserved", {.found = std::string(name.spelling)});
        return add(Form::invalid, name.offset);
    }
    return add(Form::name, name.offset, name.spelling);
}

NodeId Parser::call(const Token& name) {
    take("(");
    std::vector<NodeId> given = arguments(")");
    if (name.is_word("has")) return presence(name, given);
    return add(Form::call, name.offset, name.spelling, std::move(given));
}

NodeId Parser::presence(const Token& name, const std::vector<NodeId>& arguments) {
    const Form form = arguments.size() == 1 ? tree_.at(arguments[0]).form : Form::list;
    if (form == Form::select) {
        const Node inner = tree_.at(arguments[0]);
        return add(Form::present, name.offset, inner.text, inner.children);
    }
    if (form != Form::invalid)
        problems_.add(name.offset, "has() takes one name with a point in it",
                      {.found = {}, .allowed = "has(member.birthday)", .suggestion = {}});
    return add(Form::invalid, name.offset);
}

std::vector<NodeId> Parser::arguments(std::string_view closer) {
    std::vector<NodeId> result;
    if (take(closer)) return result;
    do {
        if (closer == "]" && token().is_symbol("]")) break;  // a trailing comma
        result.push_back(expression());
    } while (take(","));
    expect(closer, closer == ")" ? "after the arguments" : "after the items of the list");
    return result;
}

NodeId Parser::list() {
    const std::uint32_t offset = tokens_[at_ - 1].offset;
    return add(Form::list, offset, {}, arguments("]"));
}

NodeId Parser::map() {
    const std::uint32_t offset = tokens_[at_ - 1].offset;
    std::vector<NodeId> entries;
    while (!token().is_symbol("}")) {
        entries.push_back(expression());
        expect(":", "between key and value");
        entries.push_back(expression());
        if (!take(",")) break;
    }
    expect("}", "after the entries of the map");
    return add(Form::map, offset, {}, std::move(entries));
}

bool Parser::take(std::string_view symbol) {
    if (!token().is_symbol(symbol)) return false;
    ++at_;
    return true;
}

// Goes on as if the sign had been there, so that what stands behind it is read too.
void Parser::expect(std::string_view symbol, std::string_view where) {
    if (take(symbol)) return;
    if (token().kind != TokenKind::invalid)
        problems_.add(token().offset, std::string(symbol) + " is missing " + std::string(where),
                      {.found = shown(token()), .allowed = std::string(symbol), .suggestion = {}});
    // Something foreign stands before the closer: skip it, if the closer follows before any other bracket.
    for (std::size_t i = at_; i < tokens_.size(); ++i) {
        if (tokens_[i].is_symbol(symbol)) {
            at_ = i + 1;
            return;
        }
        for (const std::string_view bracket : {"(", ")", "[", "]", "{", "}", ","})
            if (tokens_[i].is_symbol(bracket)) return;
    }
}

// Takes the offending token, unless it closes or separates something outside.
NodeId Parser::refuse(std::string message) {
    const Token& found = token();
    const NodeId result = add(Form::invalid, found.offset);
    if (found.kind == TokenKind::invalid) {
        ++at_;
        return result;
    }
    problems_.add(found.offset, std::move(message), {.found = shown(found)});
    for (const std::string_view outer : {")", "]", "}", ",", ":"})
        if (found.is_symbol(outer)) return result;
    static constexpr std::array<std::string_view, 14> operators{"==", "!=", "<=", ">=", "&&", "||", "<",
                                                                ">",  "+",  "-",  "*",  "/",  "%",  "?"};
    for (const std::string_view op : operators)
        if (found.is_symbol(op)) return result;  // read on as if the operand had been there
    if (found.kind != TokenKind::end) ++at_;
    return result;
}

void Parser::abandon(std::uint32_t offset) {
    if (std::exchange(abandoned_, true)) return;
    problems_.add(offset, "the rule nests too deeply",
                  {.found = {}, .allowed = std::to_string(depth_max_) + " levels", .suggestion = {}});
    at_ = tokens_.size() - 1;
}

NodeId Parser::add(Form form, std::uint32_t offset, std::string_view text, std::vector<NodeId> children) {
    Node node;
    node.form = form;
    node.offset = offset;
    node.text = std::string(text);
    node.children = std::move(children);
    return keep(std::move(node));
}

NodeId Parser::operation(Operator op, std::uint32_t offset, std::vector<NodeId> children) {
    Node node;
    node.form = Form::operation;
    node.op = op;
    node.offset = offset;
    node.children = std::move(children);
    return keep(std::move(node));
}

NodeId Parser::keep(Node node) {
    const std::uint32_t offset = node.offset;
    const NodeId result = tree_.add(std::move(node));
    if (tree_.at(result).depth <= depth_max_) return result;
    abandon(offset);
    // Deeper than allowed: cut off, so that nobody who walks the tree goes deeper than the limit.
    Node& cut = tree_.nodes[result];
    cut = Node{};
    cut.offset = offset;
    return result;
}

}  // namespace

Tree parse(std::string_view text, std::size_t depth_max, Problems& problems) {
    return Parser(text, depth_max, problems).run();
}

}  // namespace regulars::rule::syntax

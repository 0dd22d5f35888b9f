#include "rule/rule.hpp"

#include <utility>

#include "rule/checker.hpp"
#include "rule/constant.hpp"
#include "rule/evaluate.hpp"
#include "rule/parser.hpp"
#include "rule/plan.hpp"
#include "rule/print.hpp"

namespace regulars::rule {

struct Rule::Compiled {
    std::string text;
    syntax::Tree tree;
    Program program;
    Plan plan;
    /// The kind every result has, apart from null, missing and errors; Kind::null where any may be.
    Kind kind = Kind::null;
    /// The result is a list or map of one type: its items are held to it too.
    bool looks_inside = false;
};

namespace {

Kind kind_of(Type type) {
    switch (type.kind()) {
        case Type::Kind::boolean:
            return Kind::boolean;
        case Type::Kind::integer:
            return Kind::integer;
        case Type::Kind::real:
            return Kind::real;
        case Type::Kind::text:
            return Kind::text;
        case Type::Kind::timestamp:
            return Kind::timestamp;
        case Type::Kind::duration:
            return Kind::duration;
        case Type::Kind::list:
            return Kind::list;
        case Type::Kind::map:
            return Kind::map;
        case Type::Kind::null:
        case Type::Kind::dynamic:
        case Type::Kind::parameter:
            break;
    }
    return Kind::null;
}

bool conforms(Value value, Type type) {
    if (value.is(Kind::null) || kind_of(type) == Kind::null) return true;
    if (value.kind() != kind_of(type)) return false;
    if (value.is(Kind::list))
        for (const Value& item : value.as_list().items)
            if (!conforms(item, type.inner())) return false;
    if (value.is(Kind::map))
        for (const MapEntry& entry : value.as_map().entries())
            if (!conforms(entry.value, type.inner())) return false;
    return true;
}

void check_cost(Program& program, std::uint64_t cost_max, Problems& problems) {
    program.cost = cost_of(program);
    if (program.cost > cost_max)
        problems.add(program.at(program.root).offset, "the rule is too much work",
                     {.found = std::to_string(program.cost) + " steps",
                      .allowed = std::to_string(cost_max) + " steps",
                      .suggestion = {}});
}

void check_always_fails(const Program& program, Problems& problems) {
    const Expression& root = program.at(program.root);
    if (root.action == Action::constant && root.constant.is_error())
        problems.add(root.constant.error_offset(),
                     "the rule always fails: " + std::string(sentence(root.constant.error_code())));
}

}  // namespace

expected<Rule, Diagnostics> compile(std::string_view text, const Schema& schema, Type wanted,
                                    const CompileOptions& options) {
    Problems problems(text);
    // The tree counts levels in 16 bits, and every evaluator recurses by level.
    constexpr std::size_t depth_limit = 1'000;
    if (text.size() > options.size_max) {
        problems.add(0, "the rule is too long",
                     {.found = std::to_string(text.size()) + " bytes",
                      .allowed = std::to_string(options.size_max) + " bytes",
                      .suggestion = {}});
        return unexpected(problems.take());
    }
    auto compiled = std::make_shared<Rule::Compiled>();
    compiled->text = std::string(text);
    compiled->tree = syntax::parse(text, std::min(options.depth_max, depth_limit), problems);
    Program& program = compiled->program = check_tree(compiled->tree, schema, wanted, options, problems);
    if (problems.empty()) check_cost(program, options.cost_max, problems);
    if (!problems.empty()) return unexpected(problems.take());
    fold_constants(program);
    check_always_fails(program, problems);
    if (!problems.empty()) return unexpected(problems.take());
    compiled->plan = plan_of(program, program.root);
    compiled->kind = kind_of(program.type);
    compiled->looks_inside = kind_of(program.type.inner()) != Kind::null;
    return Rule(std::move(compiled));
}

const std::string& Rule::text() const {
    return compiled_->text;
}
Type Rule::type() const {
    return compiled_->program.type;
}
std::span<const std::uint16_t> Rule::uses() const {
    return compiled_->program.uses;
}
std::uint64_t Rule::cost() const {
    return compiled_->program.cost;
}
const syntax::Tree& Rule::tree() const {
    return compiled_->tree;
}
const Program& Rule::program() const {
    return compiled_->program;
}

Value Rule::evaluate(Frame frame, Workspace& workspace) const {
    const Compiled& rule = *compiled_;
    const Workspace::Mark mark = workspace.mark();
    Value result = run(rule.plan, frame, workspace);
    const bool fits = result.kind() == rule.kind && !rule.looks_inside;
    if (!fits && result.is_known() && !conforms(result, rule.program.type))
        result = Value::error(ErrorCode::wrong_kind, rule.program.at(rule.program.root).offset);
    const bool borrows = result.is(Kind::text) || result.is(Kind::list) || result.is(Kind::map);
    if (!borrows) workspace.rewind(mark);
    return result;
}

bool Rule::holds(Frame frame, Workspace& workspace) const {
    if (!compiled_->plan.uses_workspace) return run(compiled_->plan, frame, workspace).is_true();
    const Workspace::Mark mark = workspace.mark();
    const bool result = run(compiled_->plan, frame, workspace).is_true();
    workspace.rewind(mark);
    return result;
}

Diagnostic Rule::explain(Value error) const {
    const Place place = place_of(compiled_->text, error.error_offset());
    Diagnostic diagnostic;
    diagnostic.line = place.line;
    diagnostic.column = place.column;
    diagnostic.message = std::string(sentence(error.error_code()));
    return diagnostic;
}

std::string print(const Rule& rule) {
    return syntax::print(rule.tree());
}

namespace {

// How wide a character is where each letter is one wide: the signs of East Asian scripts are two.
std::size_t width_of(std::string_view character) {
    return character.size() >= 3 && character >= "\u1100" ? 2 : 1;
}

}  // namespace

std::string caret(std::string_view text, const Diagnostic& diagnostic) {
    for (std::uint32_t line = 1; line < diagnostic.line; ++line)
        text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
    text = text.substr(0, text.find('\n'));
    std::string below;
    std::string_view rest = text;
    for (std::uint32_t column = 1; column < diagnostic.column && !rest.empty(); ++column) {
        const std::string_view character = rest.substr(0, std::max(1U, character_size(rest)));
        below += character == "\t" ? std::string("\t") : std::string(width_of(character), ' ');
        rest.remove_prefix(character.size());
    }
    return std::string(text) + "\n" + below + "^";
}

}  // namespace regulars::rule

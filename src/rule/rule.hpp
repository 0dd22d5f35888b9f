// The rule language, a subset of CEL: conditions and amounts that a person writes, compiled once and evaluated for
// every member, order and line. docs/rules.md describes the language.
//
//     Schema schema;
//     const auto tier = schema.add({"member.tier", Type::text(), "The tier held", "当前等级"});
//     auto rule = compile("member.tier == \"vip\"", schema, Type::boolean());   // or diagnostics, all of them
//     Workspace workspace;
//     std::array frame{Value::text("vip")};
//     rule->holds(frame, workspace);   // true
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/diagnostic.hpp"
#include "base/expected.hpp"
#include "base/limits.hpp"
#include "rule/schema.hpp"
#include "rule/value.hpp"
#include "rule/workspace.hpp"

namespace regulars::rule {

namespace syntax {
struct Tree;
}
struct Program;

/// One value per slot of the schema that the rule was compiled with.
using Frame = std::span<const Value>;

struct CompileOptions {
    /// Bytes of text.
    std::size_t size_max = limits::rule_size_max;
    /// Levels of the syntax tree.
    std::size_t depth_max = limits::rule_depth_max;
    /// Steps of work, where a list whose length is not known counts as 100 items.
    std::uint64_t cost_max = 100'000;
    /// Where times are read without naming a zone, and what a timestamp("...") without one means: the programme's zone.
    Zone zone = Zone();
};

/// A compiled rule: immutable, shared by its copies, safe to evaluate from several threads at once, each with its own
/// workspace.
class Rule {
public:
    /// As it was written.
    [[nodiscard]] const std::string& text() const;
    [[nodiscard]] Type type() const;
    /// The slots it names, ascending; the frame must reach the last of them.
    [[nodiscard]] std::span<const std::uint16_t> uses() const;
    /// An estimate of the work, in steps.
    [[nodiscard]] std::uint64_t cost() const;

    /// A value of type(), null (where a name or entry was), missing or an error; never throws. Texts, lists and maps
    /// are borrowed from the frame, the rule and the workspace. Aborts on a frame that is too short.
    [[nodiscard]] Value evaluate(Frame frame, Workspace& workspace) const;
    /// Whether it evaluates to true: false, null, missing and errors do not hold. Leaves nothing in the workspace.
    [[nodiscard]] bool holds(Frame frame, Workspace& workspace) const;

    /// What went wrong, and where in the text, for a value of kind error that evaluate() gave.
    [[nodiscard]] Diagnostic explain(Value error) const;

    /// What was written, and what it was found to mean, for printers and other evaluators.
    [[nodiscard]] const syntax::Tree& tree() const;
    [[nodiscard]] const Program& program() const;

    struct Compiled;
    explicit Rule(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}

private:
    std::shared_ptr<const Compiled> compiled_;
};

/// Reads, checks and plans `text`. `wanted` is the type it must have; Type::dynamic() takes any. Otherwise what is
/// wrong with it: everything that can be told at once, in the order of the text, at most twenty.
[[nodiscard]] expected<Rule, Diagnostics> compile(std::string_view text, const Schema& schema, Type wanted,
                                                  const CompileOptions& options = {});

/// Equivalent text in one line, with only the parentheses that are needed and without comments.
[[nodiscard]] std::string print(const Rule& rule);

/// The line of `text` that the diagnostic is about, and below it a caret under its column.
[[nodiscard]] std::string caret(std::string_view text, const Diagnostic& diagnostic);

}  // namespace regulars::rule

// What must hold for any rule: printing and reading are each other's inverse, the evaluator agrees with a naive
// reading, and no text and no frame can bring anything down.
#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "rule/parser.hpp"
#include "rule/print.hpp"
#include "rule/rule.hpp"
#include "rule/testing_grow.hpp"
#include "rule/testing_naive.hpp"

namespace regulars::rule {

namespace {

using testing::Grower;

const std::array result_types{
    Type::boolean(),         Type::integer(), Type::real(), Type::text(), Type::list(Type::integer()),
    Type::list(Type::text())};

CompileOptions generous() {
    CompileOptions options;
    options.size_max = 1'000'000;
    options.cost_max = 1'000'000'000;
    return options;
}

// Whether a naive value is what the type promises, or null.
bool conforms(const testing::Naive& value, Type type) {
    if (value.kind == Kind::null) return true;
    if (type.is(Type::Kind::list)) {
        const auto fits = [&](const testing::Naive& item) { return conforms(item, type.inner()); };
        return value.kind == Kind::list && std::ranges::all_of(value.items, fits);
    }
    return type.text_of() == name_of(value.kind);
}

RC_GTEST_PROP(Printing, reading_what_was_printed_gives_the_same_tree, ()) {
    const syntax::Tree tree = Grower().grow(Grower::one_of(result_types), 5);
    const std::string text = syntax::print(tree);
    Problems problems(text);
    const syntax::Tree read = syntax::parse(text, 64, problems);
    RC_LOG() << text << "\n";
    RC_ASSERT(problems.empty());
    RC_ASSERT(syntax::same(tree, read));
    RC_ASSERT(syntax::print(read) == text);
}

RC_GTEST_PROP(Evaluating, agrees_with_a_naive_reading_of_the_tree, ()) {
    const Schema schema = testing::shop_schema();
    const Type type = Grower::one_of(result_types);
    const syntax::Tree tree = Grower().grow(type, 5);
    const std::string text = syntax::print(tree);
    RC_LOG() << text << "\n";
    const auto rule = compile(text, schema, type, generous());
    if (!rule) {
        // The one thing that a well-typed rule can be refused for is that it fails whatever the frame.
        RC_ASSERT(rule.error().size() == 1U);
        RC_ASSERT(rule.error()[0].message.starts_with("the rule always fails"));
        return;
    }
    testing::ShopFrame frame;
    testing::spoil(frame.values);
    Workspace workspace;
    const Value value = rule->evaluate(frame.values, workspace);
    testing::Naive expected = testing::NaiveReader(tree, schema, frame.values).read();
    for (const Value& given : frame.values) RC_LOG() << text_of(given) << "; ";
    RC_LOG() << "evaluated: " << text_of(value) << ", naive kind: " << name_of(expected.kind) << "\n";
    // Where the frame breaks the schema's promise, so may the result: then it is refused as a whole.
    if (expected.known() && !conforms(expected, type)) expected = testing::Naive::error(ErrorCode::wrong_kind);
    RC_ASSERT(testing::naive_identical(testing::Naive::of(value), expected));
    RC_ASSERT(rule->holds(frame.values, workspace) == expected.is(true));
}

TEST(Evaluating, differs_from_a_naive_reading_of_another_frame) {
    const Schema schema = testing::shop_schema();
    const auto rule = compile("member.points + 1", schema, Type::integer());
    testing::ShopFrame frame;
    Workspace workspace;
    const testing::Naive found = testing::Naive::of(rule->evaluate(frame.values, workspace));
    EXPECT_TRUE(testing::naive_identical(found, testing::NaiveReader(rule->tree(), schema, frame.values).read()));
    for (const Value other : {Value::integer(7), Value::missing(), Value::null(), Value::error(ErrorCode::overflow)}) {
        frame.values[testing::member_points] = other;
        EXPECT_FALSE(testing::naive_identical(found, testing::NaiveReader(rule->tree(), schema, frame.values).read()));
    }
}

RC_GTEST_PROP(Evaluating, gives_the_same_twice_and_leaves_the_workspace_as_it_was, ()) {
    const auto rule =
        compile(syntax::print(Grower().grow(Type::boolean(), 5)), testing::shop_schema(), Type::boolean(), generous());
    RC_PRE(rule.has_value());
    testing::ShopFrame frame;
    testing::spoil(frame.values);
    Workspace workspace;
    const Value first = rule->evaluate(frame.values, workspace);
    RC_ASSERT(workspace.mark().taken == 0U);
    RC_ASSERT(identical(first, rule->evaluate(frame.values, workspace)));
}

// What is put together from the language's own words goes deeper into the compiler than random bytes do.
std::string babble(std::size_t words) {
    static const std::array<std::string_view, 46> known{"member.tier",
                                                        "member",
                                                        ".",
                                                        "order.amount",
                                                        "now",
                                                        "(",
                                                        ")",
                                                        "[",
                                                        "]",
                                                        "{",
                                                        "}",
                                                        ",",
                                                        ":",
                                                        "?",
                                                        "!",
                                                        "-",
                                                        "+",
                                                        "*",
                                                        "/",
                                                        "%",
                                                        "==",
                                                        "!=",
                                                        "<",
                                                        ">=",
                                                        "&&",
                                                        "||",
                                                        "in",
                                                        "true",
                                                        "null",
                                                        "1",
                                                        "9223372036854775808",
                                                        "1.5",
                                                        "1e999",
                                                        "\"a\"",
                                                        "'",
                                                        "\"\"\"",
                                                        "has(",
                                                        ".all(x,",
                                                        ".map(x,",
                                                        "size(",
                                                        "timestamp(",
                                                        "x",
                                                        " ",
                                                        "\\",
                                                        "（",
                                                        "\xff"};
    std::string text;
    for (std::size_t i = 0; i < words; ++i) text += Grower::one_of(known);
    return text;
}

void compile_any(const std::string& text) {
    const auto rule = compile(text, testing::shop_schema(), Type::dynamic());
    if (rule) {
        testing::ShopFrame frame;
        testing::spoil(frame.values);
        Workspace workspace;
        const Value value = rule->evaluate(frame.values, workspace);
        RC_ASSERT(!text_of(value).empty());
        return;
    }
    RC_ASSERT(!rule.error().empty());
    RC_ASSERT(rule.error().size() <= Problems::problems_max);
    for (const Diagnostic& diagnostic : rule.error()) {
        RC_ASSERT(diagnostic.line >= 1U);
        RC_ASSERT(diagnostic.column >= 1U);
        RC_ASSERT(!diagnostic.message.empty());
        RC_ASSERT(caret(text, diagnostic).ends_with("^"));
    }
}

RC_GTEST_PROP(Compiling, survives_any_bytes, (const std::string& text)) {
    compile_any(text);
}

RC_GTEST_PROP(Compiling, survives_any_words, ()) {
    compile_any(babble(Grower::pick(60)));
}

RC_GTEST_PROP(Compiling, survives_a_good_rule_cut_anywhere, ()) {
    const std::string text = syntax::print(Grower().grow(Type::boolean(), 4));
    compile_any(text.substr(0, Grower::pick(text.size() + 1)));
}

}  // namespace

}  // namespace regulars::rule

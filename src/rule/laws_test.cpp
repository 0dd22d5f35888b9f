// The laws of missing and failing values, as a table. docs/rules.md prints the same rows.
#include "rule/laws.hpp"

#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "rule/rule.hpp"

namespace regulars::rule {

namespace {

struct Law {
    std::string_view text;
    std::string_view result;  // true, false, missing, or the error's name
};

// `missing` is a name without a value; `error` and `other_error` are names whose values fail.
constexpr Law laws[] = {
    {"false && error", "false"},
    {"error && false", "false"},
    {"false && missing", "false"},
    {"missing && false", "false"},
    {"true && error", "error"},
    {"error && true", "error"},
    {"true && missing", "missing"},
    {"missing && true", "missing"},
    {"missing && error", "missing"},
    {"error && missing", "missing"},
    {"error && missing && false", "false"},
    {"error && other_error", "error"},
    {"other_error && error", "other_error"},
    {"true || error", "true"},
    {"error || true", "true"},
    {"true || missing", "true"},
    {"missing || true", "true"},
    {"false || error", "error"},
    {"error || false", "error"},
    {"false || missing", "missing"},
    {"missing || false", "missing"},
    {"missing || error", "missing"},
    {"error || missing", "missing"},
    {"error || missing || true", "true"},
    {"error || other_error", "error"},
    {"!missing", "missing"},
    {"!error", "error"},
    {"missing ? true : false", "missing"},
    {"error ? true : false", "error"},
    {"true ? true : error", "true"},
    {"false ? missing : false", "false"},
    {"missing == missing", "missing"},
    {"missing == null", "missing"},
    {"missing != 1", "missing"},
    {"missing == error", "missing"},
    {"error == missing", "missing"},
    {"error == 1", "error"},
    {"error < other_error", "error"},
    {"missing + 1 > 1", "missing"},
    {"missing in [1, 2]", "missing"},
    {"1 in [1, missing]", "missing"},
    {"1 in [1, error]", "error"},
    {"size([missing, error]) == 2", "missing"},
    {"has(shop.missing)", "false"},
    {"has(shop.nothing)", "true"},
    {"has(shop.error)", "error"},
    {"has(shop.map.absent)", "false"},
    {"has(shop.missing.absent)", "false"},
    {"shop.map.absent == 1", "no_such_key"},
    {"missing.absent == 1", "missing"},
    {"[1, 2].all(x, x > 1 && error)", "false"},
    {"[1, 2].all(x, x == 1 ? error : false)", "false"},
    {"[1, 2].all(x, x == 1 ? error : missing)", "missing"},
    {"[1, 2].exists(x, x == 1 ? error : true)", "true"},
    {"[1, 2].exists(x, x == 1 ? missing : false)", "missing"},
    {"[1, 2].exists_one(x, x == 1 ? error : true)", "error"},
    {"[1, 2].exists_one(x, x == 1 ? error : missing)", "missing"},
    {"[1, 2].filter(x, x == 1 ? error : true) == [2]", "error"},
    {"[1, 2].map(x, x == 1 ? missing : 2) == [2]", "missing"},
    {"missing.all(x, x)", "missing"},
    {"error.exists(x, x)", "error"},
    {"[].all(x, error)", "true"},
    {"[].exists(x, error)", "false"},
};

Schema law_schema() {
    Schema schema;
    for (const char* const name :
         {"missing", "error", "other_error", "yes", "no", "shop.missing", "shop.nothing", "shop.error"})
        schema.add({name, Type::dynamic(), "", ""});
    schema.add({"shop.map", Type::map(Type::dynamic()), "", ""});
    return schema;
}

std::string outcome(std::string_view text) {
    const auto rule = compile(text, law_schema(), Type::boolean());
    if (!rule) return text_of(rule.error().front());
    const Map empty({});
    const std::array frame{Value::missing(),
                           Value::error(ErrorCode::division_by_zero),
                           Value::error(ErrorCode::overflow),
                           Value::boolean(true),
                           Value::boolean(false),
                           Value::missing(),
                           Value::null(),
                           Value::error(ErrorCode::division_by_zero),
                           Value::map(&empty)};
    Workspace workspace;
    const Value value = rule->evaluate(frame, workspace);
    EXPECT_EQ(rule->holds(frame, workspace), value.is_true()) << text;
    if (!value.is_error()) return text_of(value);
    if (value.error_code() == ErrorCode::division_by_zero) return "error";
    if (value.error_code() == ErrorCode::overflow) return "other_error";
    return value.error_code() == ErrorCode::no_such_key ? "no_such_key" : text_of(value);
}

std::string with(std::string text, std::string_view word, std::string_view other) {
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + other.size()))
        text.replace(at, word.size(), other);
    return text;
}

TEST(Laws, hold_as_the_table_says) {
    for (const Law& law : laws) EXPECT_EQ(outcome(law.text), law.result) << law.text;
}

TEST(Laws, do_not_depend_on_what_was_folded_when_compiling) {
    for (const Law& law : laws) {
        // The same with names in place of true and false, which then are known only when evaluating.
        const std::string text = with(with(std::string(law.text), "true", "yes"), "false", "no");
        EXPECT_EQ(outcome(text), law.result) << text;
    }
}

TEST(Laws, are_printed_in_the_documentation) {
    std::ifstream file("docs/rules.md");
    std::stringstream content;
    content << file.rdbuf();
    for (const Law& law : laws) {
        const std::string row =
            "| `" + with(std::string(law.text), "|", "\\|") + "` | " + std::string(law.result) + " |";
        EXPECT_NE(content.str().find(row), std::string::npos) << "docs/rules.md lacks the row\n" << row;
    }
}

TEST(Laws, refuse_a_condition_that_turns_out_not_to_be_one) {
    const auto rule = compile("yes && missing", law_schema(), Type::boolean());
    std::array<Value, 9> frame;
    frame.fill(Value::boolean(true));
    for (const Value other : {Value::null(), Value::integer(1), Value::text("true")}) {
        frame[0] = other;
        Workspace workspace;
        const Value value = rule->evaluate(frame, workspace);
        ASSERT_TRUE(value.is_error()) << text_of(other);
        EXPECT_EQ(value.error_code(), ErrorCode::wrong_kind);
    }
}

}  // namespace

}  // namespace regulars::rule

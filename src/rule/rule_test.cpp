// The rule as its callers see it: types, slots, limits, workspace, errors with their place.
#include "rule/rule.hpp"

#include <gtest/gtest.h>

#include "rule/print.hpp"
#include "rule/program.hpp"
#include "rule/syntax.hpp"
#include "rule/testing_schema.hpp"

namespace regulars::rule {

namespace {

using testing::shop_schema;
using testing::ShopFrame;

Rule made(std::string_view text, Type wanted = Type::dynamic()) {
    auto rule = compile(text, shop_schema(), wanted);
    EXPECT_TRUE(rule.has_value()) << text;
    return *std::move(rule);
}

TEST(Rule, knows_its_text_type_and_the_slots_it_names) {
    const Rule rule = made("now > timestamp(0) && has(member.birthday) && member.points > member.points - 1");
    EXPECT_EQ(rule.text(), "now > timestamp(0) && has(member.birthday) && member.points > member.points - 1");
    EXPECT_EQ(rule.type(), Type::boolean());
    const std::vector<std::uint16_t> uses(rule.uses().begin(), rule.uses().end());
    EXPECT_EQ(uses, (std::vector<std::uint16_t>{testing::member_points, testing::member_birthday, testing::now}));
    EXPECT_EQ(made("[1, 2].map(x, double(x))").type(), Type::list(Type::real()));
    EXPECT_EQ(made("member.attributes.visits", Type::integer()).type(), Type::integer());
}

TEST(Rule, is_evaluated_by_its_copies_alike) {
    const Rule rule = made("member.tier == \"vip\"");
    const Rule copy = rule;
    const ShopFrame frame;
    Workspace workspace;
    EXPECT_TRUE(rule.holds(frame.values, workspace));
    EXPECT_TRUE(copy.holds(frame.values, workspace));
}

TEST(Rule, is_printed_with_the_parentheses_that_it_needs) {
    const std::array<std::array<std::string_view, 2>, 16> rows{{
        {"((1)+(2*3))==7", "1 + 2 * 3 == 7"},
        {"(1+2)*3==9", "(1 + 2) * 3 == 9"},
        {"1-(2-3)==2", "1 - (2 - 3) == 2"},
        {"(true&&true)&&true", "(true && true) && true"},
        {"true&&true||true&&true", "true && true || true && true"},
        {"true&&(true||true)", "true && (true || true)"},
        {"!(true&&false)", "!(true && false)"},
        {"!!true", "!!true"},
        {"-(5)==-5", "-(5) == -5"},
        {"(true?true:false)?true:(true?false:true)", "(true ? true : false) ? true : true ? false : true"},
        {"'a' in [\"a\",'b',]", "\"a\" in [\"a\", \"b\"]"},
        {"{'a':1,}.a==1 // remark", "{\"a\": 1}.a == 1"},
        {"has(member . birthday)", "has(member.birthday)"},
        {"[1].map(x,x>0,-x)==[-1]", "[1].map(x, x > 0, -x) == [-1]"},
        {"(-5.5)<-1e30 ", "-5.5 < -1e+30"},
        {"(1 in [1])==true", "1 in [1] == true"},
    }};
    for (const auto& [text, printed] : rows) {
        EXPECT_EQ(print(made(text)), printed);
        EXPECT_EQ(print(made(printed)), printed);
    }
}

TEST(Rule, gives_an_error_the_place_where_it_happened) {
    const Rule rule = made("member.vip &&\n  10 / (member.points - 120) > 1");
    const ShopFrame frame;
    Workspace workspace;
    const Value value = rule.evaluate(frame.values, workspace);
    ASSERT_TRUE(value.is_error());
    EXPECT_EQ(text_of(rule.explain(value)), "2:6: division by zero");
}

TEST(Rule, holds_only_when_it_is_true) {
    ShopFrame frame;
    Workspace workspace;
    const Rule rule = made("member.vip");
    for (const Value value : {Value::boolean(false), Value::missing(), Value::null(), Value::integer(1),
                              Value::error(ErrorCode::overflow)}) {
        frame.values[testing::member_vip] = value;
        EXPECT_FALSE(rule.holds(frame.values, workspace)) << text_of(value);
    }
}

TEST(Rule, refuses_a_result_of_another_type_than_it_promises) {
    const ShopFrame frame;
    Workspace workspace;
    const Value wrong = made("member.attributes.city", Type::integer()).evaluate(frame.values, workspace);
    ASSERT_TRUE(wrong.is_error());
    EXPECT_EQ(wrong.error_code(), ErrorCode::wrong_kind);
    EXPECT_EQ(made("member.attributes.visits", Type::integer()).evaluate(frame.values, workspace).as_integer(), 3);
    const Value list = made("[member.attributes.city]", Type::list(Type::integer())).evaluate(frame.values, workspace);
    EXPECT_TRUE(list.is_error());
}

TEST(Workspace, keeps_texts_until_it_is_cleared_and_numbers_take_no_room) {
    const ShopFrame frame;
    Workspace workspace;
    const Value text = made("member.tier + \"!\"").evaluate(frame.values, workspace);
    const std::size_t taken = workspace.mark().taken;
    EXPECT_GT(taken, 0U);
    EXPECT_EQ(made("size(member.tier + \"!!\")").evaluate(frame.values, workspace).as_integer(), 5);
    EXPECT_EQ(workspace.mark().taken, taken);
    EXPECT_EQ(text.as_text(), "vip!");
    workspace.clear();
    EXPECT_EQ(workspace.mark().taken, 0U);
}

TEST(Workspace, refuses_what_is_too_large) {
    const ShopFrame frame;
    Workspace small(64);
    for (const char* const text : {"member.tier + \"0123456789012345678901234567890123456789012345678901234567890123\"",
                                   "[member.tier, member.tier, member.tier, member.tier, member.tier]",
                                   "{member.tier: 1, \"a\": 2, \"b\": 3}", "order.amounts.map(x, [x, x])"}) {
        const Value value = made(text).evaluate(frame.values, small);
        ASSERT_TRUE(value.is_error()) << text;
        EXPECT_EQ(value.error_code(), ErrorCode::too_large) << text;
    }
    EXPECT_EQ(text_of(made("member.tier + \"!\"").evaluate(frame.values, small)), "\"vip!\"");
}

TEST(Limits, stop_a_fold_that_takes_too_many_steps) {
    std::vector<Value> items(1'100, Value::integer(1));
    const List list{items};
    ShopFrame frame;
    frame.values[testing::order_amounts] = Value::list(&list);
    const Rule rule = made("order.amounts.all(x, order.amounts.all(y, x == y))");
    Workspace workspace;
    const Value value = rule.evaluate(frame.values, workspace);
    ASSERT_TRUE(value.is_error());
    EXPECT_EQ(value.error_code(), ErrorCode::too_long);
    // The next evaluation starts afresh.
    frame.values[testing::order_amounts] = ShopFrame().values[testing::order_amounts];
    EXPECT_TRUE(made("[1].all(x, x == 1 && member.vip)").holds(frame.values, workspace));
}

std::string refusal(std::string_view text, const CompileOptions& options = {}) {
    const auto rule = compile(text, shop_schema(), Type::dynamic(), options);
    return rule ? "" : rule.error().front().message;
}

std::string repeated(std::string_view part, std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += part;
    return text;
}

TEST(Limits, refuse_rules_that_are_too_long_deep_or_costly) {
    EXPECT_EQ(refusal("true" + std::string(limits::rule_size_max, ' ')), "the rule is too long");
    EXPECT_EQ(refusal(std::string(limits::rule_size_max - 4, ' ') + "true"), "");
    EXPECT_EQ(refusal(repeated("(", 200) + "1" + repeated(")", 200)), "the rule nests too deeply");
    EXPECT_EQ(refusal(repeated("(", 100) + "1" + repeated(")", 100)), "");
    EXPECT_EQ(refusal(repeated("[", 64) + repeated("]", 64)), "");
    for (const std::string_view part : {"(", "[", "!", "-", "[1].map(x,", "{\"a\":", "size(", "true?1:", "1+", "1."})
        EXPECT_NE(refusal(repeated(part, 990)), "") << part;
    EXPECT_EQ(refusal("1" + repeated("+1", 70)), "the rule nests too deeply");
    EXPECT_EQ(refusal("true" + repeated("&&true", 1'000)), "");
    EXPECT_EQ(refusal("member.tags.all(a, member.tags.all(b, member.tags.all(c, a == b)))"),
              "the rule is too much work");
    EXPECT_EQ(refusal("member.tags.all(a, member.tags.all(b, a == b))"), "");
    const std::string nine = repeated("[1].all(x, ", 9) + "true" + repeated(")", 9);
    EXPECT_EQ(refusal(nine), "too many of all, exists, filter and map stand within each other");
}

TEST(Limits, can_be_set_by_the_caller) {
    CompileOptions options;
    options.size_max = 3;
    EXPECT_EQ(refusal("true", options), "the rule is too long");
    options = {};
    options.depth_max = 2;
    EXPECT_EQ(refusal("1 + 2 + 3", options), "the rule nests too deeply");
    EXPECT_EQ(refusal("1 + 2", options), "");
    options = {};
    options.cost_max = 2;
    EXPECT_EQ(refusal("1 + 2", options), "the rule is too much work");
}

TEST(Limits, fold_constants_within_the_limits_of_an_evaluation) {
    // A constant that would take more steps than one evaluation may: refused when compiling, and quickly.
    std::string digits = "[1" + repeated(",1", 99) + "]";
    const std::string text = digits + ".all(a, " + digits + ".all(b, " + digits + ".all(c, a + b + c == 3)))";
    CompileOptions options;
    options.cost_max = 1'000'000'000;
    EXPECT_EQ(refusal(text, options), "the rule always fails: the evaluation takes too many steps");
}

TEST(Program, is_folded_where_nothing_is_left_to_know) {
    const Rule rule = made("true && member.vip && now > timestamp(\"2024-11-11T00:00:00Z\")");
    const Program& program = rule.program();
    const Expression& root = program.at(program.root);
    EXPECT_EQ(root.action, Action::logical_and);
    ASSERT_EQ(root.children.size(), 2U);
    const Expression& comparison = program.at(root.children[1]);
    EXPECT_EQ(program.at(comparison.children[1]).action, Action::constant);
    EXPECT_EQ(made("member.vip && false").program().at(made("member.vip && false").program().root).action,
              Action::constant);
}

TEST(Schema, finds_slots_by_path) {
    const Schema schema = shop_schema();
    EXPECT_EQ(schema.slot("member.points"), testing::member_points);
    EXPECT_EQ(schema.slot("member"), std::nullopt);
    EXPECT_TRUE(schema.is_prefix("member"));
    EXPECT_FALSE(schema.is_prefix("member.points"));
    EXPECT_FALSE(schema.is_prefix("mem"));
}

TEST(SchemaDeathTest, refuses_names_that_no_rule_could_write) {
    for (const char* const path : {"", "a.", ".a", "a..b", "1a", "a b", "in", "a.true", "会员"})
        EXPECT_DEATH(Schema().add({path, Type::text(), "", ""}), "dotted identifiers") << path;
    EXPECT_DEATH(([] {
                     Schema schema;
                     schema.add({"now", Type::text(), "", ""});
                     schema.add({"now", Type::text(), "", ""});
                 })(),
                 "added to a schema once");
}

TEST(RuleDeathTest, aborts_on_a_frame_that_is_too_short) {
    const Rule rule = made("now > timestamp(0)");
    const std::array<Value, 3> frame{};
    Workspace workspace;
    EXPECT_DEATH((void)rule.evaluate(frame, workspace), "a frame has a value for every slot");
}

}  // namespace

}  // namespace regulars::rule

// What a person who made a mistake is told.
#include "rule/checker.hpp"

#include <gtest/gtest.h>

#include "rule/testing_schema.hpp"

namespace regulars::rule {

namespace {

struct Row {
    std::string_view text;
    std::string_view told;
};

std::string diagnosed(std::string_view text, Type wanted = Type::boolean()) {
    const auto rule = compile(text, testing::shop_schema(), wanted);
    if (rule) return "";
    std::string all;
    for (const Diagnostic& diagnostic : rule.error()) all += (all.empty() ? "" : "\n") + text_of(diagnostic);
    return all;
}

void expect_rows(std::span<const Row> rows) {
    for (const Row& row : rows) EXPECT_EQ(diagnosed(row.text), row.told) << row.text;
}

TEST(Mistakes, in_names_come_with_the_nearest_right_one) {
    static constexpr Row rows[] = {
        {"member.teir == \"vip\"", "1:1: there is no such name: found member.teir; did you mean member.tier?"},
        {"has(member.birthdy)", "1:5: there is no such name: found member.birthdy; did you mean member.birthday?"},
        {"member == 1",
         "1:1: this is only the beginning of a name: found member, allowed member.tier, member.points, "
         "member.score, member.vip, member.birthday, member.attributes, member.tags"},
        {"line.sku == \"A1\"",
         "1:13: line.sku is never this: found \"A1\", allowed A-1, A-2, B-1; did you mean \"A-1\"?"},
        {"line.sku in [\"A-1\", \"B-2\"]",
         "1:21: line.sku is never this: found \"B-2\", allowed A-1, A-2, B-1; did you mean \"A-2\"?"},
        {"member.tier.size > 1", "1:13: only a map has fields: found .size of string"},
        {"member.tags.exists(tag, tga == \"\")", "1:25: there is no such name: found tga; did you mean tag?"},
        {"member.tier.contain(\"v\")", "1:13: there is no such function: found .contain(); did you mean contains()?"},
        {"contains(member.tier, \"v\")",
         "1:1: this function is written another way: found contains(), allowed x.contains()"},
        {"member.tier.string() == \"\"",
         "1:13: this function is written another way: found .string(), allowed string(x)"},
        {"math.lest(1, 2) == 1", "1:1: there is no such function: found math.lest(); did you mean math.least()?"},
        {"member.tier.matches(\"v.*\")", "1:13: there is no such function: found .matches()"},
        {"now.getHours(\"Asia/Shangai\") == 1",
         "1:14: there is no such time zone: found \"Asia/Shangai\", allowed an IANA name such as \"Asia/Shanghai\", or "
         "an "
         "offset such as \"+08:00\"; did you mean Asia/Shanghai?"},
    };
    expect_rows(rows);
}

TEST(Mistakes, in_types_say_what_is_allowed) {
    static constexpr Row rows[] = {
        {"member.points", "1:1: the rule gives another type than is wanted here: found int, allowed bool"},
        {"null", "1:1: the rule gives another type than is wanted here: found null, allowed bool"},
        {"member.points && member.vip", "1:1: a condition should stand on both sides of &&: found int, allowed bool"},
        {"!member.points", "1:2: a condition should stand after !: found int, allowed bool"},
        {"member.tier == 1", "1:13: == does not take these types: found (string, int), allowed (T, T)"},
        {"member.points * 1.5 > 1.0",
         "1:15: * does not take these types: found (int, double), allowed (int, int) or (double, double); did you mean "
         "double() around the int?"},
        {"member.tier in [1]",
         "1:13: in does not take these types: found (string, list(int)), allowed (T, list(T)) or "
         "(string, map(string, T))"},
        {"[1, \"a\"].size() == 2", "1:5: the items of a list have one type: found string, allowed int"},
        {"{1: 2}.size() == 1", "1:2: the keys of a map are texts: found int, allowed string"},
        {"member.points.all(x, true)", "1:15: all walks a list or the keys of a map: found int, allowed list or map"},
        {"member.tags.all(x, x)", "1:20: a condition should stand in all: found string, allowed bool"},
        {"member.vip ? 1 : \"a\"",
         "1:12: ?: does not take these types: found (bool, int, string), allowed (bool, T, T)"},
        {"size(member.tier, 1) == 1",
         "1:1: size does not take these types: found (string, int), allowed (string) or (list(T)) or (map(string, T))"},
    };
    expect_rows(rows);
}

TEST(Mistakes, in_writing_say_what_is_missing) {
    static constexpr Row rows[] = {
        {"", "1:1: something is missing here: found the end of the rule"},
        {"// nothing but a remark", "1:24: something is missing here: found the end of the rule"},
        {"member.vip and true",
         "1:12: the rule should end or go on with an operator: found and, allowed an operator such as && or ==; did "
         "you "
         "mean &&?"},
        {"member.tier = \"vip\"", "1:13: a comparison is written with two signs: found =; did you mean ==?"},
        {"member.vip & true", "1:12: \"and\" is written with two signs: found &; did you mean &&?"},
        {"（member.vip）",
         "1:1: this sign is not part of the language: found （; did you mean (?\n"
         "1:12: this sign is not part of the language: found ）; did you mean )?"},
        {"member.tier == “vip” && member.vip", "1:16: these quotes open no string: found “vip”; did you mean \"vip\"?"},
        {"member.tier == “vip",
         "1:16: this sign opens no string: found “; did you mean \"?\n"
         "1:17: the rule should end or go on with an operator: found vip, allowed an operator such as "
         "&& or =="},
        {"(member.vip", "1:12: ) is missing to close the parenthesis: found the end of the rule, allowed )"},
        {"member.tags.all(x)",
         "1:13: all takes a variable and what to ask of it: found 1 arguments, allowed list.all(x, ...)"},
        {"member.tags.all(1, true)", "1:17: the first argument of all is a new variable's name"},
        {"has(member)", "1:1: has() takes one name with a point in it: allowed has(member.birthday)"},
        {"member.tier == \"vip", "1:16: the string is not closed"},
        {"member.tier == \"\\q\"", "1:17: there is no such escape; a backslash itself is written \\\\"},
        {"member.tier == \"\\ud800\"", "1:17: there is no such escape; a backslash itself is written \\\\"},
        {"member.points == 5u", "1:18: unsigned numbers are not part of the language: found 5u; did you mean 5?"},
        {"member.tier == b\"x\"", "1:16: byte strings are not part of the language"},
        {"member.points == 9223372036854775808", "1:18: the number is too large: found 9223372036854775808"},
        {"member.points == 99999999999999999999", "1:18: the number is too large: found 99999999999999999999"},
        {"member.score < 1e999", "1:16: the number is too large: found 1e999"},
        {"while == 1", "1:1: this word is reserved: found while"},
        {"会员等级 == 1", "1:1: this is not part of the language; texts stand in quotes: found 会员等级"},
        {"true ? true", "1:12: : is missing between the two sides of ?: found the end of the rule, allowed :"},
    };
    expect_rows(rows);
}

TEST(Mistakes, are_told_all_at_once_and_in_order) {
    EXPECT_EQ(diagnosed("member.teir == \"vip\" &&\n  order.amuont > && size(1) > 0"),
              "1:1: there is no such name: found member.teir; did you mean member.tier?\n"
              "2:3: there is no such name: found order.amuont; did you mean order.amount?\n"
              "2:18: a value, a name or a condition should stand here: found &&\n"
              "2:21: size does not take these types: found (int), allowed (string) or (list(T)) or (map(string, T))");
}

TEST(Mistakes, that_always_fail_are_refused_unless_they_cannot_matter) {
    EXPECT_EQ(diagnosed("1 / 0 == 1"), "1:3: the rule always fails: division by zero");
    EXPECT_EQ(diagnosed("false && 1 / 0 == 1"), "");
    EXPECT_EQ(diagnosed("member.vip && 1 / 0 == 1"), "");
}

TEST(Caret, stands_under_the_mistake) {
    const auto drawn = [](std::string_view text) {
        const auto rule = compile(text, testing::shop_schema(), Type::boolean());
        return caret(text, rule.error().front());
    };
    EXPECT_EQ(drawn("member.vip &&\n\t membr.vip"), "\t membr.vip\n\t ^");
    EXPECT_EQ(drawn("\"会员\" == membr.tier"), "\"会员\" == membr.tier\n          ^");
    EXPECT_EQ(drawn(""), "\n^");
}

TEST(Dynamic, lets_the_checker_wait_until_evaluating) {
    EXPECT_EQ(diagnosed("member.attributes.visits + 1 > 2 && member.attributes.city.startsWith(\"杭\")"), "");
    EXPECT_EQ(diagnosed("member.attributes.visits"), "");
    EXPECT_EQ(diagnosed("dyn(member.points) == \"x\""), "");
}

}  // namespace

}  // namespace regulars::rule

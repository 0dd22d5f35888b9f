// What every operator and function gives, in rows of the language itself.
#include "rule/library.hpp"

#include <gtest/gtest.h>

#include "rule/testing_schema.hpp"
#include "rule/time_text.hpp"

namespace regulars::rule {

namespace {

struct Row {
    std::string_view text;
    std::string_view result;
};

void expect_rows(std::span<const Row> rows, const CompileOptions& options = {}) {
    const testing::ShopFrame frame;
    for (const Row& row : rows) {
        // dyn(...) around nothing changes; but what it hides from the checker must fail the same way when evaluating.
        EXPECT_EQ(testing::told(row.text, frame.values, options), row.result) << row.text;
    }
}

TEST(Arithmetic, is_exact_or_refused) {
    static constexpr Row rows[] = {
        {"1 + 2 * 3", "7"},
        {"(1 + 2) * 3", "9"},
        {"7 / 2", "3"},
        {"-7 / 2", "-3"},
        {"-7 % 2", "-1"},
        {"7.0 / 2.0", "3.5"},
        {"1.0 / 0.0", "inf"},
        {"-9223372036854775808", "-9223372036854775808"},
        {"0x7F", "127"},
        {"-0x80", "-128"},
        {".5 + 1e1", "10.5"},
        {"member.points + 9223372036854775807", "error: a number or time left its range"},
        {"-9223372036854775807 - member.points", "error: a number or time left its range"},
        {"member.points * 9223372036854775807", "error: a number or time left its range"},
        {"-(member.points - 120 - 9223372036854775807 - 1)", "error: a number or time left its range"},
        {"(member.points - 120 - 9223372036854775807 - 1) / -1", "error: a number or time left its range"},
        {"(member.points - 120 - 9223372036854775807 - 1) % -1", "error: a number or time left its range"},
        {"member.points / (member.points - 120)", "error: division by zero"},
        {"member.points % (member.points - 120)", "error: division by zero"},
        {"dyn(1) + dyn(1.0) == 2", "1:8: the rule always fails: the operation does not know values of this kind"},
        {"member.score * 4.0", "1.0"},
        {"math.least(3, 1, 2)", "1"},
        {"math.greatest(3, 7)", "7"},
        {"math.greatest([1.5, 2.5])", "2.5"},
        {"math.least(order.amounts)", "0"},
        {"math.abs(-5)", "5"},
        {"math.abs(-1.5)", "1.5"},
        {"math.least(order.amounts.filter(x, x < 0))", "error: the index is out of range"},
    };
    expect_rows(rows);
}

TEST(Comparison, is_exact_across_numbers_and_false_across_kinds) {
    static constexpr Row rows[] = {
        {"1 == 1.0", "true"},
        {"1 < 1.5", "true"},
        {"9007199254740993 == 9007199254740992.0", "false"},
        {"9007199254740993 > 9007199254740992.0", "true"},
        {"9223372036854775807 < 9223372036854775808.0", "true"},
        {"-9223372036854775808 == -9223372036854775808.0", "true"},
        {"0.0 == -0.0", "true"},
        {"0.0 / 0.0 == 0.0 / 0.0", "false"},
        {"0.0 / 0.0 != 0.0 / 0.0", "true"},
        {"0.0 / 0.0 < 1", "false"},
        {"\"abc\" < \"abd\"", "true"},
        {"\"\" < \"a\"", "true"},
        {"false < true", "true"},
        {"null == null", "true"},
        {"member.tier == null", "false"},
        {"dyn(1) == dyn(\"1\")", "false"},
        {"dyn(1) != dyn(\"1\")", "true"},
        {"[1, 2] == [1, 2]", "true"},
        {"[1, 2] == [2, 1]", "false"},
        {"[1] == [1.0]", "1:5: == does not take these types: found (list(int), list(double)), allowed (T, T)"},
        {"{\"a\": 1, \"b\": 2} == {\"b\": 2, \"a\": 1}", "true"},
        {"{\"a\": 1} == {\"a\": 2}", "false"},
        {"25000 <= order.amount", "true"},
        {"25000 < order.amount", "false"},
        {"order.amount > 24999.5", "true"},
        {"order.amount != 25000", "false"},
        {"order.age >= duration(\"90m\")", "true"},
        {"now < timestamp(\"2024-11-11T00:00:00.001Z\")", "true"},
    };
    expect_rows(rows);
}

TEST(Containers, are_indexed_searched_and_walked) {
    static constexpr Row rows[] = {
        {"member.tier in [\"vip\", \"svip\"]", "true"},
        {"member.tier in [\"normal\"]", "false"},
        {"member.tier in [\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\",\"vip\"]", "true"},
        {"member.tier in [\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\",\"vi\"]", "false"},
        {"order.amount in [1, 25000]", "true"},
        {"order.amount in [25000.0]", "true"},
        {"\"city\" in member.attributes", "true"},
        {"\"street\" in member.attributes", "false"},
        {"member.attributes.city", "\"杭州\""},
        {"member.attributes[\"visits\"] + 1", "4"},
        {"member.attributes.street", "error: the map has no such key"},
        {"has(member.attributes.street)", "false"},
        {"has(member.attributes.city)", "true"},
        {"has(member.birthday)", "false"},
        {"has(member.tier)", "true"},
        {"member.tags[0]", "\"新客\""},
        {"member.tags[2]", "error: the index is out of range"},
        {"member.tags[-1]", "error: the index is out of range"},
        {"size(member.tags) + member.attributes.size() + size(\"会员\")", "6"},
        {"{\"a\": [1, 2]}.a[1]", "2"},
        {"{\"b\": 1, \"a\": 2}", "{\"a\": 2, \"b\": 1}"},
        {"{\"a\": 1, \"a\": 2}", "1:1: the rule always fails: the map names a key twice"},
        {"[1, 2] + [3]", "[1, 2, 3]"},
        {"[]", "[]"},
        {"order.amounts.all(x, x >= 0)", "true"},
        {"order.amounts.exists(x, x > 10000)", "true"},
        {"order.amounts.exists_one(x, x == 0)", "true"},
        {"order.amounts.exists_one(x, x >= 0)", "false"},
        {"order.amounts.filter(x, x > 0)", "[5000, 20000]"},
        {"order.amounts.map(x, x / 100)", "[50, 0, 200]"},
        {"order.amounts.map(x, x > 0, x / 100)", "[50, 200]"},
        {"member.attributes.map(k, k)", "[\"city\", \"visits\"]"},
        {"member.attributes.filter(k, k.startsWith(\"c\"))", "[\"city\"]"},
        {"[1, 2].map(x, [10, 20].map(y, x * y))", "[[10, 20], [20, 40]]"},
        {"[[1], [2, 3]].exists(x, x.exists(y, y == order.amounts[1] + 3))", "true"},
        {"[1, 2].all(x, [1, 2].exists(x, x == 2))", "true"},
        {"true ? 1 : 2", "1"},
        {"member.vip ? member.points : 0", "120"},
        {"member.vip ? null : 1", "null"},
    };
    expect_rows(rows);
}

TEST(Texts, are_counted_in_characters) {
    static constexpr Row rows[] = {
        {"\"a\" + 'b' + '''c''' + r\"\\d\"", "\"abc\\\\d\""},
        {"\"\\x41\\u4f1a\\U0001F600\\101\\n\"", "\"A会😀A\\n\""},
        {"'''two\nlines''' // and a comment", "\"two\\nlines\""},
        {"\"会员日\".contains(\"员\")", "true"},
        {"\"会员日\".startsWith(\"会\") && \"会员日\".endsWith(\"日\")", "true"},
        {"\"会员日\".indexOf(\"日\")", "2"},
        {"\"abab\".indexOf(\"b\", 2)", "3"},
        {"\"abab\".indexOf(\"c\")", "-1"},
        {"\"abab\".indexOf(\"a\", 5)", "1:8: the rule always fails: the index is out of range"},
        {"\"会员日\".substring(1)", "\"员日\""},
        {"\"会员日\".substring(1, 2)", "\"员\""},
        {"\"会员日\".substring(3)", "\"\""},
        {"member.tier.substring(4)", "error: the index is out of range"},
        {"member.tier.substring(2, 1)", "error: the index is out of range"},
        {"member.tier.substring(-1)", "error: the index is out of range"},
        {"\"a-b-c\".replace(\"-\", \"+\")", "\"a+b+c\""},
        {"\"a-b-c\".replace(\"-\", \"\", 1)", "\"ab-c\""},
        {"\"会员\".replace(\"\", \".\")", "\".会.员.\""},
        {"\"会员\".replace(\"\", \".\", 1)", "\".会员\""},
        {"\"abc\".replace(\"b\", \"x\", 0)", "\"abc\""},
        {"\"a,b,,c\".split(\",\")", "[\"a\", \"b\", \"\", \"c\"]"},
        {"\"a,b,c\".split(\",\", 2)", "[\"a\", \"b,c\"]"},
        {"\"a,b\".split(\",\", 0)", "[]"},
        {"\"会员\".split(\"\")", "[\"会\", \"员\"]"},
        {"\"\".split(\",\")", "[\"\"]"},
        {"\"\".split(\"\")", "[]"},
        {"[\"a\", \"b\"].join()", "\"ab\""},
        {"member.tags.join(\"、\")", "\"新客、early\""},
        {"[].join(\",\")", "\"\""},
        {"\"　 vip \\t\".trim()", "\"vip\""},
        {"\"   \".trim()", "\"\""},
        {"\"Vip会É\".lowerAscii()", "\"vip会É\""},
        {"\"Vip会é\".upperAscii()", "\"VIP会é\""},
    };
    expect_rows(rows);
}

TEST(Times, are_read_in_the_zone_asked_for) {
    static constexpr Row rows[] = {
        {"timestamp(\"2024-11-11T00:00:00+08:00\") == timestamp(\"2024-11-10T16:00:00Z\")", "true"},
        {"timestamp(1731283200) == now", "true"},
        {"int(timestamp(\"1969-12-31T23:59:59.5Z\"))", "-1"},
        {"string(timestamp(\"2024-02-29T12:30:00.25Z\"))", "\"2024-02-29T12:30:00.250Z\""},
        {"string(now)", "\"2024-11-11T00:00:00Z\""},
        {"now.getFullYear() == 2024 && now.getMonth() == 10 && now.getDate() == 11", "true"},
        {"now.getDayOfMonth() == 10 && now.getDayOfWeek() == 1 && now.getDayOfYear() == 315", "true"},
        {"now.getHours()", "0"},
        {"now.getHours(\"Asia/Shanghai\")", "8"},
        {"now.getHours(\"-03:30\")", "20"},
        {"now.getMinutes(\"-03:30\")", "30"},
        {"now.getDayOfWeek(\"-03:30\")", "0"},
        {"now.getHours(member.tier)", "error: the time zone is unknown"},
        {"timestamp(\"2024-11-11T01:02:03.456Z\").getMilliseconds()", "456"},
        {"duration(\"1h30m\") == order.age", "true"},
        {"order.age.getHours() == 1 && order.age.getMinutes() == 90 && order.age.getSeconds() == 5400", "true"},
        {"duration(\"-1.5s\").getMilliseconds()", "-500"},
        {"string(duration(\"1.25s\")) + string(duration(\"-0.5s\")) + string(duration(\"2h\"))", "\"1.25s-0.5s7200s\""},
        {"now - order.age == timestamp(\"2024-11-10T22:30:00Z\")", "true"},
        {"now + duration(\"24h\") - now == duration(\"1440m\")", "true"},
        {"order.age + order.age - duration(\"3h\") == duration(\"0\")", "true"},
        {"now + duration(\"80000000h\")", "error: a number or time left its range"},
        {"timestamp(member.tier)", "error: the value cannot be converted"},
        {"timestamp(\"next week\")",
         "1:11: this is not a time: found next week, allowed 2024-11-11T00:00:00Z, "
         "2024-11-11T00:00:00+08:00 or 2024-11-11"},
    };
    expect_rows(rows);
}

TEST(Times, without_a_zone_are_the_programmes) {
    static constexpr Row rows[] = {
        {"now.getHours()", "8"},
        {"now.getHours(\"UTC\")", "0"},
        {"timestamp(\"2024-11-11\") == timestamp(\"2024-11-10T16:00:00Z\")", "true"},
        {"timestamp(\"2024-11-11T08:00:00\") == now", "true"},
    };
    CompileOptions options;
    options.zone = *Zone::find("Asia/Shanghai");
    expect_rows(rows, options);
}

TEST(Times, out_of_range_are_refused_and_not_computed) {
    testing::ShopFrame frame;
    for (const Instant instant : {instant_max, instant_min}) {
        frame.values[testing::now] = Value::timestamp(instant);
        for (const char* const text : {"now.getFullYear()", "now.getHours(\"Asia/Shanghai\")", "string(now)",
                                       "now + duration(\"1ms\")", "now - timestamp(0)", "now - duration(\"-1ms\")"})
            EXPECT_EQ(testing::told(text, frame.values), "error: a number or time left its range") << text;
        EXPECT_EQ(testing::told("now == now && now != timestamp(0)", frame.values), "true");
    }
}

TEST(Conversions, are_exact_or_refused) {
    static constexpr Row rows[] = {
        {"int(\"-42\")", "-42"},
        {"int(3.9) + int(-3.9)", "0"},
        {"int(\"4.5\")", "1:1: the rule always fails: the value cannot be converted"},
        {"int(1e19)", "1:1: the rule always fails: a number or time left its range"},
        {"int(\"9223372036854775808\")", "1:1: the rule always fails: a number or time left its range"},
        {"double(\"0.5\") + double(1)", "1.5"},
        {"double(member.tier)", "error: the value cannot be converted"},
        {"string(1) + string(1.0) + string(1.5) + string(true) + string(\"x\")", "\"111.5truex\""},
        {"string(1e100)", "\"1e+100\""},
        {"bool(\"true\") && !bool(\"0\")", "true"},
        {"bool(member.tier)", "error: the value cannot be converted"},
        {"dyn(1)", "1"},
    };
    expect_rows(rows);
}

TEST(Durations, are_read_as_written_or_refused) {
    struct Case {
        std::string_view text;
        std::optional<std::int64_t> ms;
    };
    static constexpr Case cases[] = {
        {"0", 0},
        {"1h", 3'600'000},
        {"1h30m", 5'400'000},
        {"1.5s", 1'500},
        {".5s", 500},
        {"-250ms", -250},
        {"+1m", 60'000},
        {"1500us", {}},
        {"2000us", 2},
        {"1000000ns", 1},
        {"1ns", {}},
        {"0.0005s", {}},
        {"", {}},
        {"-", {}},
        {"5", {}},
        {"h", {}},
        {".h", {}},
        {"1d", {}},
        {"1h ", {}},
        {"1 h", {}},
        {"1h-30m", {}},
        {"87660000h", duration_ms_max},
        {"87660001h", {}},
        {"999999999999999h", {}},
        {"9999999999999999s", {}},
    };
    for (const Case& given : cases) EXPECT_EQ(parse_duration_ms(given.text), given.ms) << given.text;
    EXPECT_EQ(duration_text(INT64_MIN), "-9223372036854775.808s");
    EXPECT_EQ(duration_text(0), "0s");
}

TEST(Library, refuses_values_of_the_wrong_kind_that_only_show_when_evaluating) {
    testing::ShopFrame frame;
    frame.values.fill(Value::null());
    for (const char* const text : {"member.tier + \"x\"",
                                   "member.points - 1",
                                   "member.points * 2",
                                   "member.points % 2",
                                   "-member.points",
                                   "member.points < 5",
                                   "5 < member.points",
                                   "!member.vip",
                                   "member.vip && true",
                                   "member.vip ? 1 : 2",
                                   "member.tags[0]",
                                   "member.attributes.city",
                                   "\"x\" in member.attributes",
                                   "member.tags.exists(x, x == \"\")",
                                   "member.tags.map(x, x)",
                                   "size(member.tags)",
                                   "member.tier.contains(\"x\")",
                                   "member.tier.indexOf(\"x\")",
                                   "member.tier.substring(1)",
                                   "member.tier.replace(\"x\", \"y\")",
                                   "member.tier.split(\",\")",
                                   "member.tags.join()",
                                   "[member.tier].join()",
                                   "member.tier.trim()",
                                   "member.tier.lowerAscii()",
                                   "math.abs(member.points)",
                                   "math.least(member.points, 1)",
                                   "timestamp(member.tier)",
                                   "duration(member.tier)",
                                   "now.getHours()",
                                   "timestamp(0).getHours(member.tier)",
                                   "int(member.tier)",
                                   "double(member.tier)",
                                   "string(member.tier)",
                                   "bool(member.tier)",
                                   "{member.tier: 1}",
                                   "member.attributes.all(k, true)",
                                   "has(member.attributes.city)"})
        EXPECT_EQ(testing::told(text, frame.values), "error: the operation does not know values of this kind") << text;
}

}  // namespace

}  // namespace regulars::rule

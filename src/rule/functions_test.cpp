// The catalogue is complete, can be shown to people, and is what the documentation prints.
#include "rule/functions.hpp"

#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "rule/library.hpp"

namespace regulars::rule {

namespace {

std::string documentation() {
    std::ifstream file("docs/rules.md");
    std::stringstream content;
    content << file.rdbuf();
    return content.str();
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

// "{0} plus {1}" as "a plus b".
std::string lettered(std::string_view sentence) {
    std::string text(sentence);
    for (char i = 0; i < 4; ++i)
        text = replaced(text, "{" + std::string(1, static_cast<char>('0' + i)) + "}",
                        std::string(1, static_cast<char>('a' + i)));
    return text;
}

std::string row_of(const Function& function) {
    std::string types;
    for (const Overload& overload : function.overloads)
        types += (types.empty() ? "`" : ", `") + text_of(overload) + "`";
    return "| `" + replaced(std::string(function.name), "|", "\\|") + "` | " + lettered(function.sentence_en) + " | " +
           lettered(function.sentence_zh) + " | " + types + " |";
}

TEST(Catalogue, is_printed_in_the_documentation) {
    const std::string content = documentation();
    for (const Function& function : functions())
        EXPECT_NE(content.find(row_of(function)), std::string::npos) << "docs/rules.md lacks the row\n"
                                                                     << row_of(function);
}

TEST(Catalogue, has_a_sentence_in_both_languages_that_names_its_first_argument) {
    for (const Function& function : functions()) {
        EXPECT_NE(function.sentence_en.find("{0}"), std::string_view::npos) << function.name;
        EXPECT_NE(function.sentence_zh.find("{0}"), std::string_view::npos) << function.name;
        EXPECT_FALSE(function.overloads.empty()) << function.name;
    }
}

TEST(Catalogue, is_implemented_where_all_arguments_are_evaluated_first) {
    for (const Function& function : functions()) {
        const FunctionId id = function.id;
        const bool lazy = id == FunctionId::logical_and || id == FunctionId::logical_or ||
                          id == FunctionId::conditional || function.notation == Notation::macro;
        EXPECT_EQ(implementation(id) == nullptr, lazy) << function.name;
    }
}

TEST(Catalogue, finds_functions_as_they_are_written) {
    EXPECT_EQ(find_function("size", false), FunctionId::size);
    EXPECT_EQ(find_function("size", true), FunctionId::size);
    EXPECT_EQ(find_function("contains", true), FunctionId::contains);
    EXPECT_EQ(find_function("contains", false), std::nullopt);
    EXPECT_EQ(find_function("math.least", false), FunctionId::math_least);
    EXPECT_EQ(find_function("+", false), std::nullopt);
    EXPECT_EQ(find_function("all", true), std::nullopt);
}

// Every implementation takes any kinds and any admissible number of arguments without falling over.
TEST(Catalogue, functions_survive_arguments_of_every_kind) {
    const List list{};
    const Map map({});
    const std::array values{
        Value::null(),         Value::boolean(true),          Value::integer(INT64_MIN),     Value::real(-0.5),
        Value::text("\xff会"), Value::timestamp(instant_max), Value::duration_ms(INT64_MIN), Value::list(&list),
        Value::map(&map)};
    for (const Function& function : functions()) {
        const Implementation call = implementation(function.id);
        if (call == nullptr) continue;
        for (const Overload& overload : function.overloads) {
            std::size_t combinations = 1;
            for (std::size_t i = 0; i < overload.count; ++i) combinations *= values.size();
            for (std::size_t combination = 0; combination < combinations; ++combination) {
                std::array<Value, Overload::arguments_max> arguments;
                for (std::size_t i = 0, rest = combination; i < overload.count; ++i, rest /= values.size())
                    arguments[i] = values[rest % values.size()];
                Workspace workspace;
                const Zone zone;
                CallContext context{workspace, zone};
                const Value result = call({arguments.data(), overload.count}, context);
                EXPECT_FALSE(text_of(result).empty()) << function.name;
            }
        }
    }
}

}  // namespace

}  // namespace regulars::rule

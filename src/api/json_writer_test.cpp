#include "api/json_writer.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck/gtest.h>

#include "api/text.hpp"

namespace regulars::api {
namespace {

TEST(JsonWriter, puts_commas_between_the_parts_and_nowhere_else) {
    std::string out;
    JsonWriter json(out);
    json.begin_object();
    json.field("a", std::int64_t{1});
    json.name("b");
    json.begin_array();
    json.begin_object();
    json.end_object();
    json.text("x");
    json.null();
    json.begin_array();
    json.end_array();
    json.end_array();
    json.field("c", true);
    json.text_field("d\"", "e");
    json.end_object();
    EXPECT_EQ(out, R"({"a":1,"b":[{},"x",null,[]],"c":true,"d\"":"e"})");
}

TEST(JsonWriter, writes_lines_one_after_another) {
    std::string out = "{}\n";
    JsonWriter json(out);
    json.begin_object();
    json.end_object();
    EXPECT_EQ(out, "{}\n{}");
}

TEST(JsonWriter, writes_numbers_to_the_edge_of_64_bits) {
    std::string out;
    JsonWriter json(out);
    json.begin_array();
    json.integer(INT64_MIN);
    json.count(UINT64_MAX);
    json.end_array();
    EXPECT_EQ(out, "[-9223372036854775808,18446744073709551615]");
}

TEST(JsonWriter, writes_never_and_not_yet_as_null) {
    std::string out;
    JsonWriter json(out);
    json.begin_object();
    json.field("ends_at", instant_max);
    json.field("began_at", instant_min);
    json.field("at", Instant{0});
    json.id_field("id", 7);
    json.field_if("nothing", "");
    json.end_object();
    EXPECT_EQ(out, R"({"ends_at":null,"began_at":null,"at":"1970-01-01T00:00:00.000Z","id":"7"})");
}

struct EscapeRow {
    std::string text;
    std::string json;
};

class JsonText : public ::testing::TestWithParam<EscapeRow> {};

TEST_P(JsonText, is_escaped_and_always_utf8) {
    std::string out;
    append_json_text(out, GetParam().text);
    EXPECT_EQ(out, GetParam().json);
}

INSTANTIATE_TEST_SUITE_P(texts, JsonText,
                         ::testing::Values(EscapeRow{"plain", "\"plain\""}, EscapeRow{"\"\\\n\r\t", R"("\"\\\n\r\t")"},
                                           EscapeRow{std::string("\x00\x1f\x7f", 3), R"("\u0000\u001f\u007f")"},
                                           EscapeRow{"会员", "\"会员\""}, EscapeRow{"a\xff" "b", "\"a\xEF\xBF\xBD" "b\""},
                                           EscapeRow{"\xed\xa0\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
                                           EscapeRow{"cut\xe4\xbc", "\"cut\xEF\xBF\xBD\xEF\xBF\xBD\""}));

RC_GTEST_PROP(JsonTextProperty, every_text_reads_back_as_itself_or_as_replaced_utf8, (const std::string& text)) {
    std::string out;
    append_json_text(out, text);
    const auto read = nlohmann::json::parse(out, nullptr, false);
    RC_ASSERT(read.is_string());
    if (is_utf8(text)) RC_ASSERT(read.get<std::string>() == text);
}

}  // namespace
}  // namespace regulars::api

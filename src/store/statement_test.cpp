#include "store/statement.hpp"

#include "store/sql/reading.hpp"
#include "store/sql/writing.hpp"

#include <gtest/gtest.h>

namespace regulars::store {
namespace {

TEST(statement, stands_for_rows_in_the_words_of_each_database) {
    const Statement statement{"example",
                              "INSERT INTO orders (member_id, order_id, document) {rows} ON CONFLICT DO NOTHING",
                              {{{"member_id", Type::integer}, {"order_id", Type::text}, {"document", Type::bytes}}}};
    EXPECT_EQ(text_in(Dialect::sqlite, statement),
              "INSERT INTO orders (member_id, order_id, document) VALUES (:member_id, :order_id,"
              " CAST(:document AS BLOB)) ON CONFLICT DO NOTHING");
    EXPECT_EQ(text_in(Dialect::postgres, statement),
              "INSERT INTO orders (member_id, order_id, document) SELECT * FROM unnest(CAST(:member_id AS bigint[]),"
              " CAST(:order_id AS text[]), CAST(:document AS bytea[])) ON CONFLICT DO NOTHING");
    EXPECT_TRUE(takes_rows(statement));
}

TEST(statement, without_rows_is_the_same_everywhere) {
    for (const auto dialect : {Dialect::sqlite, Dialect::postgres})
        EXPECT_EQ(text_in(dialect, sql::due_members), sql::due_members.text);
    EXPECT_FALSE(takes_rows(sql::due_members));
}

TEST(statement, has_a_parameter_for_each_name_in_its_text) {
    for (const auto* statement : {&sql::list_members, &sql::list_events, &sql::list_ledger, &sql::list_orders,
                                  &sql::due_members, &sql::find_setting, &sql::last_member_id, &sql::list_programmes}) {
        std::size_t names = 0;
        for (const char letter : statement->text) names += letter == ':' ? 1 : 0;
        EXPECT_EQ(parameter_count(*statement), names) << statement->name;
        EXPECT_GT(result_count(*statement), 0u) << statement->name;
    }
}

TEST(statement, names_the_types_of_a_migration_for_each_database) {
    const auto* const text = "CREATE TABLE t (a {int64}, b {text}, c {bytes}) {clustered}";
    EXPECT_EQ(migration_in(Dialect::sqlite, text), "CREATE TABLE t (a INTEGER, b TEXT, c BLOB) WITHOUT ROWID");
    EXPECT_EQ(migration_in(Dialect::postgres, text), "CREATE TABLE t (a bigint, b text COLLATE \"C\", c bytea)");
}

TEST(array_literal, keeps_what_would_end_an_element) {
    struct Case {
        std::string value;
        std::string literal;
    };
    for (const auto& [value, literal] : std::vector<Case>{{"", R"({"")"},
                                                          {"plain", R"({"plain")"},
                                                          {"a\"b\\c", R"({"a\"b\\c")"},
                                                          {"{1,2},NULL", R"({"{1,2},NULL")"},
                                                          {"NULL", R"({"NULL")"}}) {
        std::string array = "{";
        append_text(array, value);
        EXPECT_EQ(array, literal);
    }
}

TEST(array_literal, holds_numbers_bytes_and_nothing) {
    std::string array = "{";
    append_integer(array, INT64_MIN);
    append_null(array);
    append_integer(array, INT64_MAX);
    EXPECT_EQ(array, "{-9223372036854775808,NULL,9223372036854775807");
    array = "{";
    append_bytes(array, std::string("\0\xff", 2));
    append_bytes(array, "");
    EXPECT_EQ(array, R"({"\\x00ff","\\x")");
}

TEST(hex, gives_back_bytes) {
    EXPECT_EQ(bytes_of_hex("\\x00ff41"), std::string("\0\xff"
                                                     "A",
                                                     3));
    EXPECT_EQ(bytes_of_hex("\\x"), "");
}

TEST(hex, is_nothing_when_it_is_something_else) {
    for (const auto* text : {"", "00ff", "\\x0", "\\x0g", "\\xAB"}) EXPECT_EQ(bytes_of_hex(text), "") << text;
}

}  // namespace
}  // namespace regulars::store

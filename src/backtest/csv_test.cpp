#include "backtest/csv.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "backtest/rejects.hpp"
#include "backtest/testing_rehearse.hpp"

namespace regulars::backtest {
namespace {

using testing::reader_of;

// "line:field|field" of every record, or "line!fault".
std::vector<std::string> records_of(const std::string& text, std::size_t piece_size = 1 << 20) {
    CsvReader reader(reader_of(text, piece_size));
    std::vector<std::string> result;
    Record record;
    while (reader.next(record)) {
        std::string shown = std::to_string(record.line);
        if (record.fault != RecordFault::none) {
            result.push_back(shown + "!" + std::to_string(static_cast<int>(record.fault)));
            continue;
        }
        for (std::size_t i = 0; i < record.fields.size(); ++i)
            shown += (i == 0 ? ":" : "|") + std::string(record.fields[i]);
        result.push_back(shown);
    }
    return result;
}

using Texts = std::vector<std::string>;

struct CsvRow {
    std::string text;
    Texts records;
};

TEST(csv, records_are_split_as_rfc_4180_says_and_keep_their_line) {
    for (const CsvRow& row : std::vector<CsvRow>{
             {"", {}},
             {"a", {"1:a"}},
             {"a,b\n1,2\n", {"1:a|b", "2:1|2"}},
             {"a,b\r\n1,2\r\n", {"1:a|b", "2:1|2"}},
             {"a,b\n1,2", {"1:a|b", "2:1|2"}},
             {"\xEF\xBB\xBF"
              "a,b\n",
              {"1:a|b"}},
             {"a,b\n\n\r\n1,2\n", {"1:a|b", "4:1|2"}},
             {",\n", {"1:|"}},
             {"a,,c\n,,\n", {"1:a||c", "2:||"}},
             {"\"a,1\",b\n", {"1:a,1|b"}},
             {"\"a \"\"b\"\" c\",d\n", {"1:a \"b\" c|d"}},
             {"\"two\nlines\",b\nnext,c\n", {"1:two\nlines|b", "3:next|c"}},
             {"\"\",\"\"\n", {"1:|"}},
             {"5\" pipe,b\n", {"1:5\" pipe|b"}},
             {"  a , b\t\n", {"1:a|b"}},
             {"\" a \" ,b\n", {"1: a |b"}},
             {"\"a\",\"b\"", {"1:a|b"}},
             {"\"a\"\r\n\"b\"\r\n", {"1:a", "2:b"}},
         })
        EXPECT_EQ(records_of(row.text), row.records) << row.text;
}

TEST(csv, a_bad_quote_spoils_only_the_line_it_stands_in) {
    const auto closed = std::to_string(static_cast<int>(RecordFault::quote_not_closed));
    const auto after = std::to_string(static_cast<int>(RecordFault::text_after_quote));
    EXPECT_EQ(records_of("a,b\n\"open,b\nnext,c\n"), (Texts{"1:a|b", "2!" + closed, "3:next|c"}));
    EXPECT_EQ(records_of("\"ab\"c,d\nnext,c\n"), (Texts{"1!" + after, "2:next|c"}));
    EXPECT_EQ(records_of("a\n\""), (Texts{"1:a", "2!" + closed}));
}

TEST(csv, a_record_longer_than_the_largest_is_given_up_line_by_line) {
    std::string text = "\"";
    for (int i = 0; i < 10'000; ++i) text += "some words\n";
    const auto records = records_of(text + "end,1\n");
    ASSERT_EQ(records.size(), 10'001u);
    EXPECT_TRUE(records.front().starts_with("1!"));
    EXPECT_EQ(records[1], "2:some words");
    EXPECT_EQ(records.back(), "10001:end|1");
}

TEST(csv, one_endless_line_is_refused_without_taking_endless_memory) {
    const std::string text(5'000'000, 'x');
    const auto records = records_of(text);
    ASSERT_FALSE(records.empty());
    EXPECT_TRUE(records.front().starts_with("1"));
}

TEST(csv, raw_text_is_what_stands_in_the_file) {
    CsvReader reader(reader_of("\"a \"\"b\"\"\" , 2\r\nx\n"));
    Record record;
    ASSERT_TRUE(reader.next(record));
    EXPECT_EQ(record.raw, "\"a \"\"b\"\"\" , 2");
}

TEST(csv, a_failure_to_read_ends_the_records_and_is_told) {
    int calls = 0;
    CsvReader reader([&](std::span<char> place) -> expected<std::size_t, std::string> {
        if (calls++ > 0) return unexpected(std::string("the disk is gone"));
        place[0] = 'a';
        return std::size_t{1};
    });
    Record record;
    EXPECT_FALSE(reader.next(record));
    EXPECT_EQ(reader.failure(), "the disk is gone");
}

TEST(csv, utf_16_is_recognised) {
    CsvReader reader(
        reader_of(std::string("\xFF\xFE"
                              "a\0,\0",
                              6)));
    Record record;
    (void)reader.next(record);
    EXPECT_TRUE(reader.is_utf16());
}

// Texts with many quotes, commas and newlines.
rc::Gen<std::string> csv_like_text() {
    return rc::gen::container<std::string>(rc::gen::element('a', 'b', ',', '"', '\n', '\r', ' ', '7'));
}

RC_GTEST_PROP(csv, records_do_not_depend_on_how_the_file_arrives, ()) {
    const std::string text = *csv_like_text();
    const auto piece_size = *rc::gen::inRange<std::size_t>(1, 8);
    RC_ASSERT(records_of(text, piece_size) == records_of(text));
}

RC_GTEST_PROP(csv, fields_that_are_quoted_when_needed_come_back, ()) {
    const auto fields = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(csv_like_text()));
    std::string line;
    std::string wanted = "1";
    for (std::size_t i = 0; i < fields.size(); ++i) {
        std::string quoted = csv_field(fields[i]);
        // Blanks at the edges belong to quoted fields only; an empty line would be no record.
        if (!quoted.starts_with('"')) quoted = "\"" + fields[i] + "\"";
        line += (i == 0 ? "" : ",") + quoted;
        wanted += (i == 0 ? ":" : "|") + fields[i];
    }
    RC_ASSERT(records_of(line + "\n") == (Texts{wanted}));
}

}  // namespace
}  // namespace regulars::backtest

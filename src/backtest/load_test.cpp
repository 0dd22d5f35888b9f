// Which rows of a file are taken, which are refused, and why.
#include "backtest/load.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "backtest/row_reader.hpp"
#include "backtest/testing_rehearse.hpp"

namespace regulars::backtest {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::rehearse;
using testing::Rehearsed;

const std::string all_columns =
    "order_id,customer_id,ordered_at,amount,shipped_at,sku,product,category,quantity,unit_price,price_kind,list_amount,"
    "cost,shipping_fee,channel,store\n";

struct BadRow {
    std::string row;
    std::string reason;
    std::string message;  ///< a part of it
};

TEST(load, a_row_that_cannot_be_used_is_refused_with_a_reason_and_a_sentence) {
    for (const BadRow& bad : std::vector<BadRow>{
             {"1,,2024-01-01,1.00,,,,,,,,,,,,", "missing_customer", "customer_id is empty"},
             {"1,   ,2024-01-01,1.00,,,,,,,,,,,,", "missing_customer", "customer_id is empty"},
             {"1,\"  \",2024-01-01,1.00,,,,,,,,,,,,", "missing_customer", "customer_id is empty"},
             {"1,a,,1.00,,,,,,,,,,,,", "bad_date", "ordered_at is empty"},
             {"1,a,01/02/2024,1.00,,,,,,,,,,,,", "bad_date", "write YYYY-MM-DD"},
             {"1,a,2023-02-29,1.00,,,,,,,,,,,,", "bad_date", "\"2023-02-29\" is not a date"},
             {"1,a,1850-01-01,1.00,,,,,,,,,,,,", "bad_date", "from 1900 to 2200"},
             {"1,a,2024-01-01,1.00,tomorrow,,,,,,,,,,,", "bad_date", "shipped_at"},
             {"1,a,2024-01-02,1.00,2024-01-01,,,,,,,,,,,", "bad_date", "is before ordered_at"},
             {"1,a,2024-01-01,,,,,,,,,,,,,", "bad_amount", "amount is empty"},
             {"1,a,2024-01-01,,,,,,2,,,,,,,", "bad_amount", "amount is empty"},
             {"1,a,2024-01-01,ten,,,,,,,,,,,,", "bad_amount", "\"ten\" is not a number"},
             {"1,a,2024-01-01,\"1,234.50\",,,,,,,,,,,,", "bad_amount", "thousands separator"},
             {"1,a,2024-01-01,1.005,,,,,,,,,,,,", "bad_amount", "more decimals than allowed; 2 at most"},
             {"1,a,2024-01-01,20000000000.00,,,,,,,,,,,,", "over_limit", "too large"},
             {"1,a,2024-01-01,,,,,,2,cheap,,,,,,", "bad_amount", "unit_price"},
             {"1,a,2024-01-01,,,,,,1000000000,9999999.00,,,,,,", "over_limit", "unit_price"},
             {"1,a,2024-01-01,1.00,,,,,1.5,,,,,,,", "bad_quantity", "a whole number is wanted"},
             {"1,a,2024-01-01,1.00,,,,,2000000000,,,,,,,", "over_limit", "quantity"},
             {"1,a,2024-01-01,1.00,,,,,,,speciel,,,,,", "unknown_price_kind", "did you mean special?"},
             {"1,a,2024-01-01,1.00,,,,,,,free,,,,,", "unknown_price_kind", "regular, special, group"},
             {"1,a,2024-01-01,1.00,,,,,,,,-2.00,,,,", "bad_amount", "list_amount \"-2.00\" is negative"},
             {"1,a,2024-01-01,1.00,,,,,,,,,x,,,", "bad_amount", "cost"},
             {"1,a,2024-01-01,1.00,,,,,,,,,,0.001,,", "bad_amount", "shipping_fee"},
             {"1," + std::string(129, 'x') + ",2024-01-01,1.00,,,,,,,,,,,,", "over_limit", "customer_id"},
             {std::string(129, 'x') + ",a,2024-01-01,1.00,,,,,,,,,,,,", "over_limit", "order_id"},
             {"1,a,2024-01-01,1.00,," + std::string(129, 'x') + ",,,,,,,,,,", "over_limit", "sku"},
             {"1,a\x01"
              "b,2024-01-01,1.00,,,,,,,,,,,,",
              "bad_text", "customer_id"},
             {"1,a,2024-01-01,1.00,,\xFF\xFE,,,,,,,,,,", "bad_text", "sku"},
             {"\xC0\x80,a,2024-01-01,1.00,,,,,,,,,,,,", "bad_text", "order_id"},
             {"1,a,2024-01-01", "field_count", "3 fields, the header 16"},
             {"1,a,2024-01-01,1.00,,,,,,,,,,,,,", "field_count", "17 fields"},
             {"\"1\"2,a,2024-01-01,1.00,,,,,,,,,,,,", "bad_quotes", "follows a closing quote"},
         }) {
        const Rehearsed result = rehearse(all_columns + "0,good,2024-01-01,1.00,,,,,,,,,,,,\n" + bad.row + "\n");
        EXPECT_THAT(result.reject_reasons(), ElementsAre("3 " + bad.reason)) << bad.row;
        EXPECT_THAT(result.rejects, HasSubstr(bad.message.substr(0, bad.message.find('"')))) << bad.row;
        EXPECT_EQ(result.report.orders.read, 2u) << bad.row;
        EXPECT_EQ(result.report.orders.rejected, 1u) << bad.row;
        EXPECT_EQ(result.report.members, 1) << bad.row;
    }
}

TEST(load, good_rows_in_all_their_forms_are_taken) {
    for (const char* row :
         {"1,a,2024-01-01,1.00,,,,,,,,,,,,", ",a,2024-01-01,0,,,,,,,,,,,,",
          "1,a,2024-01-01T10:00:00Z,5,2024-01-02T10:00:00+08:00,s,p,c,3,9.99,special,6.00,1.00,0,web,b1",
          "1,a,2024-01-01,,,,,,3,0.3333333,,,,,,", "1,会员甲,2024-01-01,1.00,,,,,,,,,,,,",
          "1,a,2024-01-01T14:00,1.00,2024-01-01,,,,,,,,,,,", "1,a,2024-01-01,1.00,,,,,0,,,,,,,"}) {
        const Rehearsed result = rehearse(all_columns + row + "\n");
        EXPECT_THAT(result.reject_reasons(), IsEmpty()) << row;
        EXPECT_EQ(result.report.orders.applied, 1u) << row;
    }
}

TEST(load, the_raw_row_is_kept_in_the_rejects_as_one_field) {
    const Rehearsed result = rehearse("customer_id,ordered_at,amount\n\"a\",never,\"1,5\"\n", {.until = "2024-01-01"});
    EXPECT_THAT(result.rejects, HasSubstr("2,bad_date,"));
    EXPECT_THAT(result.rejects, HasSubstr("\"\"\"a\"\",never,\"\"1,5\"\"\""));
}

TEST(load, a_file_without_rows_or_without_a_header_is_told_from_one_with_bad_rows) {
    EXPECT_THAT(rehearse("").failure, HasSubstr("is empty"));
    EXPECT_THAT(rehearse("\"customer_id").failure, HasSubstr("not a CSV header"));
    EXPECT_THAT(rehearse("when,who\n").failure, HasSubstr("lacks customer_id"));
    EXPECT_THAT(rehearse(std::string("\xFF\xFE"
                                     "a\0\n\0",
                                     6))
                    .failure,
                HasSubstr("UTF-16"));
    const Rehearsed header_only = rehearse("customer_id,ordered_at,amount\n", {.until = "2024-01-01"});
    EXPECT_EQ(header_only.failure, "");
    EXPECT_EQ(header_only.report.members, 0);
}

TEST(load, customers_are_numbered_by_their_first_usable_row) {
    const Rehearsed result =
        rehearse("customer_id,ordered_at,amount\nx,never,1\nb,2024-01-02,1\na,2024-01-01,1\nb,2024-01-01,1\n");
    EXPECT_THAT(result.customers, ElementsAre("b", "a"));
}

TEST(load, clean_text_is_utf_8_without_control_characters) {
    for (const char* clean : {"", "abc", "12345678", "会员甲", "naïve", "\xF0\x9F\x98\x80", "a~b c"})
        EXPECT_TRUE(is_clean_text(clean)) << clean;
    for (const char* dirty : {"a\x01", "12345678\x1F", "\x7F", "1234567\x7F", "\xC3", "\xC3(", "\xE0\x80\x80",
                              "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80", "\x80", "1234567\xFF"})
        EXPECT_FALSE(is_clean_text(dirty)) << dirty;
}

}  // namespace
}  // namespace regulars::backtest

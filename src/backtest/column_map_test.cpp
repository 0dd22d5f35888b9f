#include "backtest/column_map.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace regulars::backtest {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

std::string layout_failure(const std::vector<std::string_view>& header, std::string_view map_text = "") {
    const auto layout = layout_of(header, parse_map(map_text).value());
    return layout ? "" : layout.error();
}

TEST(column_map, pairs_are_read_with_blanks_around_them) {
    const auto map = parse_map(" order_id=invoice_no , customer_id = household,");
    ASSERT_TRUE(map.has_value());
    EXPECT_EQ(map->of(Column::order_id), "invoice_no");
    EXPECT_EQ(map->of(Column::customer_id), "household");
    EXPECT_EQ(map->of(Column::amount), "");
    EXPECT_EQ(parse_map("").value(), ColumnMap());
}

TEST(column_map, what_is_wrong_with_a_pair_is_told) {
    EXPECT_THAT(parse_map("order_id").error(), HasSubstr("name=column"));
    EXPECT_THAT(parse_map("custmer_id=x").error(),
                AllOf(HasSubstr("custmer_id"), HasSubstr("did you mean customer_id?")));
    EXPECT_THAT(parse_map("sku=a,sku=b").error(), HasSubstr("twice"));
}

TEST(column_map, a_header_is_found_by_our_names_or_the_mapped_ones_in_any_order_and_case) {
    const std::vector<std::string_view> header{"Amount", "note", "Customer_ID", "date"};
    const auto layout = layout_of(header, parse_map("ordered_at=date").value());
    ASSERT_TRUE(layout.has_value());
    EXPECT_EQ(layout->of(Column::customer_id), 2);
    EXPECT_EQ(layout->of(Column::ordered_at), 3);
    EXPECT_EQ(layout->of(Column::amount), 0);
    EXPECT_FALSE(layout->has(Column::order_id));
    EXPECT_EQ(layout->width, 4u);
}

TEST(column_map, a_column_set_to_nothing_is_not_read) {
    const std::vector<std::string_view> header{"customer_id", "ordered_at", "amount", "sku"};
    EXPECT_FALSE(layout_of(header, parse_map("sku=").value()).value().has(Column::sku));
    EXPECT_TRUE(layout_of(header, ColumnMap()).value().has(Column::sku));
}

TEST(column_map, a_missing_column_is_told_with_what_there_is_and_a_map_that_would_do) {
    EXPECT_THAT(layout_failure({"household_id", "basket_id", "sales_value", "transaction_timestamp"}),
                AllOf(HasSubstr("lacks customer_id, ordered_at, amount (or quantity and unit_price)"),
                      HasSubstr("It has: household_id, basket_id, sales_value, transaction_timestamp."),
                      HasSubstr("--map customer_id=household_id,ordered_at=transaction_timestamp,amount=sales_value")));
    EXPECT_THAT(layout_failure({"customer_id", "orderd_at", "amount"}), HasSubstr("--map ordered_at=orderd_at"));
    EXPECT_THAT(layout_failure({"customer_id", "ordered_at", "quantity"}),
                HasSubstr("amount (or quantity and unit_price)"));
    EXPECT_EQ(layout_failure({"customer_id", "ordered_at", "quantity", "unit_price"}), "");
}

TEST(column_map, a_mapped_column_that_is_not_there_is_told_with_the_nearest) {
    EXPECT_THAT(layout_failure({"customer_id", "ordered_at", "amount", "invoice_no"}, "order_id=invoice_number"),
                AllOf(HasSubstr("no column \"invoice_number\""), HasSubstr("It has:")));
    EXPECT_THAT(layout_failure({"customer_id", "ordered_at", "amount", "invoice_no"}, "order_id=invoce_no"),
                HasSubstr("did you mean invoice_no?"));
}

TEST(column_map, a_column_that_is_there_twice_is_refused) {
    EXPECT_THAT(layout_failure({"customer_id", "ordered_at", "amount", "amount"}), HasSubstr("more than once"));
}

TEST(column_map, another_separator_is_guessed) {
    EXPECT_THAT(layout_failure({"customer_id;ordered_at;amount"}), HasSubstr("separated by commas"));
}

}  // namespace
}  // namespace regulars::backtest

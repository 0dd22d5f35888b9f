#include "backtest/returns.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace regulars::backtest {
namespace {

using engine::Order;
using engine::OrderStatus;

// An order with lines "product quantity amount".
struct Given {
    const char* product;
    std::int64_t quantity;
    std::int64_t minor;
    std::int64_t quantity_returned = 0;
    std::int64_t minor_returned = 0;
};

Order order(std::uint32_t number, const std::vector<Given>& lines, OrderStatus status = OrderStatus::settled) {
    Order made;
    made.number = {number};
    made.status = status;
    for (const Given& given : lines) {
        engine::OrderLine& line = made.lines.emplace_back();
        line.product = given.product;
        line.quantity = given.quantity;
        line.amount = Money(given.minor);
        line.quantity_returned = given.quantity_returned;
        line.amount_returned = Money(given.minor_returned);
    }
    return made;
}

// "order/line xquantity" or "order/line =minor" of everything taken, then "left ..." of each row.
std::string shown(const std::vector<ReturnedRow>& rows, const std::vector<Order>& orders) {
    std::vector<const Order*> latest_first;
    for (auto one = orders.rbegin(); one != orders.rend(); ++one) latest_first.push_back(&*one);
    const MatchedReturn matched = match_return(rows, latest_first);
    std::string text;
    for (const MatchedOrder& part : matched.orders)
        for (const engine::ReturnedLine& line : part.lines) {
            text += std::to_string(part.order.value) + "/" + std::to_string(line.line);
            text += line.amount ? "=" + std::to_string(line.amount->count()) : "x" + std::to_string(line.quantity);
            text += " ";
        }
    text += "left";
    for (const std::int64_t left : matched.left) text += " " + std::to_string(left);
    return text;
}

TEST(returns, a_product_goes_back_to_the_latest_order_that_has_it) {
    const std::vector<Order> orders{order(1, {{"cup", 2, 200}}), order(2, {{"cup", 3, 300}}),
                                    order(3, {{"pot", 1, 900}})};
    EXPECT_EQ(shown({{"cup", "", 1, 100}}, orders), "2/0x1 left 0");
    EXPECT_EQ(shown({{"pot", "", 1, 900}}, orders), "3/0x1 left 0");
    EXPECT_EQ(shown({{"pan", "", 1, 900}}, orders), "left 1");
}

TEST(returns, what_exceeds_an_order_goes_on_with_the_next_earlier_one) {
    const std::vector<Order> orders{order(1, {{"cup", 2, 200}}), order(2, {{"cup", 3, 300}})};
    EXPECT_EQ(shown({{"cup", "", 4, 400}}, orders), "2/0x3 1/0x1 left 0");
    EXPECT_EQ(shown({{"cup", "", 7, 700}}, orders), "2/0x3 1/0x2 left 2");
}

TEST(returns, without_a_quantity_the_amount_counts) {
    const std::vector<Order> orders{order(1, {{"cup", 2, 200}}), order(2, {{"cup", 3, 300}})};
    EXPECT_EQ(shown({{"cup", "", 0, 350}}, orders), "2/0=300 1/0=50 left 0");
}

TEST(returns, what_came_back_before_is_not_taken_again) {
    const std::vector<Order> orders{order(1, {{"cup", 2, 200, 1, 100}}), order(2, {{"cup", 3, 300, 3, 300}}),
                                    order(3, {{"cup", 5, 500}}, OrderStatus::returned),
                                    order(4, {{"cup", 5, 500}}, OrderStatus::cancelled)};
    EXPECT_EQ(shown({{"cup", "", 2, 200}}, orders), "1/0x1 left 1");
}

TEST(returns, rows_of_one_return_share_what_an_order_has_left) {
    const std::vector<Order> orders{order(1, {{"cup", 1, 100}}), order(2, {{"cup", 2, 200}, {"pot", 1, 900}})};
    EXPECT_EQ(shown({{"cup", "", 1, 100}, {"pot", "", 1, 900}, {"cup", "", 2, 200}}, orders),
              "2/0x2 2/1x1 1/0x1 left 0 0 0");
}

TEST(returns, several_lines_with_one_product_are_taken_in_turn) {
    const std::vector<Order> orders{order(1, {{"cup", 1, 100}, {"pot", 1, 900}, {"cup", 2, 200}})};
    EXPECT_EQ(shown({{"cup", "", 3, 300}}, orders), "1/0x1 1/2x2 left 0");
}

TEST(returns, a_row_without_product_and_sku_goes_to_lines_without_them) {
    const std::vector<Order> orders{order(1, {{"", 1, 100}}), order(2, {{"cup", 2, 200}})};
    EXPECT_EQ(shown({{"", "", 0, 60}}, orders), "1/0=60 left 0");
}

TEST(returns, the_sku_counts_where_there_is_no_product) {
    std::vector<Order> orders{order(1, {{"cup", 1, 100}})};
    orders[0].lines[0].sku = "S1";
    EXPECT_EQ(shown({{"", "S1", 1, 100}}, orders), "1/0x1 left 0");
    EXPECT_EQ(shown({{"pot", "S1", 1, 100}}, orders), "left 1");
}

TEST(returns, a_line_is_not_taken_by_quantity_and_amount_in_one_return) {
    const std::vector<Order> orders{order(1, {{"cup", 2, 200}})};
    EXPECT_EQ(shown({{"cup", "", 1, 100}, {"cup", "", 0, 100}}, orders), "1/0x1 left 0 100");
}

}  // namespace
}  // namespace regulars::backtest

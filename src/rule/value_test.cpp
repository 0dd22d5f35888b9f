#include "rule/value.hpp"

#include <array>
#include <limits>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "rule/type.hpp"

namespace regulars::rule {

namespace {

TEST(Value, is_small_and_says_its_kind) {
    static_assert(sizeof(Value) == 16 && std::is_trivially_copyable_v<Value>);
    EXPECT_EQ(Value().kind(), Kind::null);
    EXPECT_EQ(Value::text("会").as_text(), "会");
    EXPECT_EQ(Value::timestamp({7}).as_timestamp(), Instant{7});
    EXPECT_FALSE(Value::missing().is_known());
    EXPECT_FALSE(Value::error(ErrorCode::overflow).is_known());
    EXPECT_EQ(Value::error(ErrorCode::overflow, 9).error_offset(), 9U);
}

TEST(ValueDeathTest, aborts_when_read_as_what_it_is_not) {
    EXPECT_DEATH((void)Value::integer(1).as_text(), "read as the kind it is");
    EXPECT_DEATH((void)Value::missing().as_boolean(), "read as the kind it is");
}

TEST(MapDeathTest, refuses_keys_out_of_order) {
    const std::array<MapEntry, 2> entries{{{"b", Value::null()}, {"a", Value::null()}}};
    EXPECT_DEATH(Map{entries}, "ascend");
}

TEST(Order, of_whole_numbers_and_doubles_is_exact_at_the_edges) {
    constexpr double two_to_63 = 9223372036854775808.0;
    const auto order = [](std::int64_t whole, double real) {
        return order_of(Value::integer(whole), Value::real(real));
    };
    EXPECT_EQ(order(INT64_MAX, two_to_63), Order::less);
    EXPECT_EQ(order(INT64_MIN, -two_to_63), Order::equal);
    EXPECT_EQ(order(INT64_MIN, -two_to_63 * 2), Order::greater);
    EXPECT_EQ(order(9007199254740993, 9007199254740992.0), Order::greater);
    EXPECT_EQ(order(-1, -1.5), Order::greater);
    EXPECT_EQ(order(0, -0.0), Order::equal);
    EXPECT_EQ(order(0, std::numeric_limits<double>::quiet_NaN()), Order::unordered);
    EXPECT_EQ(order(0, std::numeric_limits<double>::infinity()), Order::less);
}

TEST(Order, is_only_between_values_of_one_kind) {
    EXPECT_EQ(order_of(Value::text("1"), Value::integer(1)), Order::incomparable);
    EXPECT_EQ(order_of(Value::null(), Value::null()), Order::incomparable);
    EXPECT_EQ(order_of(Value::timestamp({1}), Value::duration_ms(1)), Order::incomparable);
}

RC_GTEST_PROP(Order, turns_around_with_its_sides, (std::int64_t whole, double real)) {
    const Order one = order_of(Value::integer(whole), Value::real(real));
    const Order other = order_of(Value::real(real), Value::integer(whole));
    RC_ASSERT((one == Order::less) == (other == Order::greater));
    RC_ASSERT((one == Order::equal) == (other == Order::equal));
}

TEST(Identical, tells_apart_what_equal_does_not) {
    EXPECT_TRUE(equal(Value::integer(1), Value::real(1)));
    EXPECT_FALSE(identical(Value::integer(1), Value::real(1)));
    EXPECT_TRUE(equal(Value::real(0.0), Value::real(-0.0)));
    EXPECT_FALSE(identical(Value::real(0.0), Value::real(-0.0)));
    const Value nan = Value::real(std::numeric_limits<double>::quiet_NaN());
    EXPECT_FALSE(equal(nan, nan));
    EXPECT_TRUE(identical(nan, nan));
    EXPECT_FALSE(identical(Value::missing(), Value::null()));
    EXPECT_FALSE(identical(Value::error(ErrorCode::overflow), Value::error(ErrorCode::no_such_key)));
}

TEST(Type, is_written_as_in_cel_and_kept_in_a_word) {
    const Type type = Type::list(Type::map(Type::list(Type::integer())));
    EXPECT_EQ(type.text_of(), "list(map(string, list(int)))");
    EXPECT_EQ(type.inner().inner(), Type::list(Type::integer()));
    EXPECT_EQ(Type::integer().inner(), Type::dynamic());
    Type deep = Type::integer();
    for (int i = 0; i < 40; ++i) deep = Type::list(deep);
    EXPECT_EQ(deep.kind(), Type::Kind::list);
    EXPECT_NE(deep.text_of().find("dyn"), std::string::npos);
}

TEST(Type, joins_what_is_compatible) {
    EXPECT_TRUE(compatible(Type::list(Type::dynamic()), Type::list(Type::integer())));
    EXPECT_FALSE(compatible(Type::list(Type::text()), Type::list(Type::integer())));
    EXPECT_FALSE(compatible(Type::integer(), Type::real()));
    EXPECT_EQ(join(Type::null(), Type::text()), Type::text());
    EXPECT_EQ(join(Type::list(Type::dynamic()), Type::list(Type::text())), Type::list(Type::dynamic()));
}

}  // namespace

}  // namespace regulars::rule

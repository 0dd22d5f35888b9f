// The points mall of a programme file: every value is kept, and said again in words.
#include <gtest/gtest.h>

#include "programme/parse.hpp"
#include "programme/test_files.hpp"

namespace regulars::programme {

namespace {

const Programme& points_mall() {
    static const Programme programme = [] {
        auto parsed = parse(text_of_file("tests/engine/programmes/points_mall.yaml"), "points_mall.yaml");
        EXPECT_TRUE(parsed) << text_of(parsed.error());
        return std::move(*parsed);
    }();
    return programme;
}

TEST(MallOfAProgramme, keeps_what_items_are_and_cost) {
    const MallPolicy& mall = points_mall().mall;
    ASSERT_EQ(mall.items.size(), 8U);
    const MallItem& mug = *mall.find("mug");
    EXPECT_EQ(mug.kind, MallItem::Kind::goods);
    EXPECT_EQ(mug.title.zh, "马克杯");
    EXPECT_EQ(mug.product, "M-1");
    EXPECT_EQ(mug.cost, Money(12'00));
    EXPECT_EQ(mug.price.points, Points(300));
    EXPECT_TRUE(mug.price.money.is_zero());
    EXPECT_EQ(mug.limit.per_day, 2);
    EXPECT_EQ(mug.limit.total, 4);
    EXPECT_EQ(mug.stock.total, 100);
    EXPECT_EQ(mug.stock.per_day, 50);
    EXPECT_TRUE(mug.cancellable);
    EXPECT_EQ(points_mall().benefits[mug.benefit], "mug");
    const MallItem& kettle = *mall.find("kettle");
    EXPECT_EQ(kettle.category, "kitchen");
    EXPECT_EQ(points_mall().price_kinds[kettle.price_kind], "sale");
    EXPECT_EQ(kettle.price.money, Money(9'90));
    EXPECT_FALSE(mall.find("umbrella")->cancellable);
    EXPECT_TRUE(mall.find("umbrella")->only_in_windows);
    EXPECT_EQ(mall.find("vip_gift")->who.tiers, 2U);
    const MallItem& film = *mall.find("film");
    EXPECT_EQ(film.kind, MallItem::Kind::coupon);
    EXPECT_EQ(points_mall().coupons.templates[film.coupon].name, "cinema");
    EXPECT_FALSE(film.cancellable) << "a coupon is in the wallet at once";
    EXPECT_EQ(mall.find("hat"), nullptr);
}

TEST(MallOfAProgramme, keeps_its_windows_in_their_order) {
    const auto& windows = points_mall().mall.find("kettle")->windows;
    ASSERT_EQ(windows.size(), 6U);
    EXPECT_EQ(windows[0].name, "flash");
    EXPECT_EQ(windows[0].opening.times->first, 10 * 60);
    EXPECT_EQ(windows[0].stock.per_day, 20);
    EXPECT_EQ(windows[1].opening.dates.size(), 1U);
    EXPECT_EQ(windows[2].opening.member_days.size(), 1U);
    EXPECT_EQ(windows[3].opening.birthday, Opening::Birthday::month);
    EXPECT_EQ(windows[4].opening.weekdays, 1U << 4U);
    EXPECT_EQ(windows[4].price.money, Money(5'00));
    EXPECT_EQ(windows[5].who.tiers, 2U);
}

TEST(MallOfAProgramme, is_described_in_words) {
    const std::string text = describe(points_mall());
    const std::string mug = "Points mall\n  mug (A mug): goods M-1, 300 points, at most 4 for each member, "
                            "at most 2 for each member on a day, 100 in all, 50 a day\n";
    EXPECT_NE(text.find(mug), std::string::npos) << text;
    EXPECT_NE(text.find("    flash (flash): 500 points, 1000 in all, 20 a day\n"), std::string::npos) << text;
    EXPECT_NE(text.find("  umbrella (umbrella): goods U-1, not to be cancelled\n"), std::string::npos) << text;
    EXPECT_NE(text.find("  ten_off (ten_off): coupon ten, 50 points, 90 in all\n"), std::string::npos) << text;
}

}  // namespace

}  // namespace regulars::programme

#include "service/old_notices.hpp"

#include <gtest/gtest.h>

#include "database.hpp"

namespace regulars::service {
namespace {

constexpr std::int64_t hour_ms = 60 * 60 * ms_per_second;

class Notices : public testing::Test {
protected:
    contract::Database database_{contract::Backend::memory};
    std::unique_ptr<Store> store_ = database_.open();

    /// So many that were recorded at that hour.
    void record(std::uint32_t count, std::int64_t hour) {
        Batch batch;
        for (std::uint32_t index = 0; index < count; ++index)
            batch.notices.push_back({{1}, 1, index, {hour * hour_ms}, {{hour}, engine::NoticeKind(), "x", {}, {}}});
        ASSERT_TRUE(store_->commit(batch).has_value());
    }
    std::size_t left() { return store_->list_notices(instant_max, {.after = {}, .limit = 10'000}).value().size(); }
};

TEST_F(Notices, that_are_old_are_forgotten_some_at_a_time_and_looked_for_once_an_hour) {
    record(1'500, 1);
    record(1, 9);
    OldNotices old(5 * hour_ms);
    old.forget_some(*store_, {6 * hour_ms});
    EXPECT_EQ(left(), 1'501U) << "kept for five hours";
    old.forget_some(*store_, {6 * hour_ms + 1});
    EXPECT_EQ(left(), 1'501U) << "not looked for again so soon";
    old.forget_some(*store_, {7 * hour_ms});
    EXPECT_EQ(left(), 501U);
    old.forget_some(*store_, {7 * hour_ms});
    EXPECT_EQ(left(), 1U) << "there were more, so it goes on at once";
    old.forget_some(*store_, {8 * hour_ms});
    EXPECT_EQ(left(), 1U);
}

TEST_F(Notices, are_kept_for_ever_where_that_is_asked_for) {
    record(3, 1);
    OldNotices(0).forget_some(*store_, {1'000'000 * hour_ms});
    EXPECT_EQ(left(), 3U);
}

}  // namespace
}  // namespace regulars::service

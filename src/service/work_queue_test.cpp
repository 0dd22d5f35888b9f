#include "service/work_queue.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>

namespace regulars::service {
namespace {

Request request(std::size_t commands, std::string key = {}) {
    Request made;
    made.commands.resize(commands);
    made.key = std::move(key);
    return made;
}

bool push(WorkQueue& queue, std::size_t commands, std::string key = {}) {
    Request made = request(commands, std::move(key));
    return queue.push(made);
}

bool push_chore(WorkQueue& queue) {
    Work work = Chore{[] {}};
    return queue.push(work);
}

std::string shape(const std::vector<Work>& works) {
    std::string text;
    for (const Work& work : works) {
        if (const auto* one = std::get_if<Request>(&work))
            text += one->key + std::to_string(one->commands.size()) + " ";
        else if (std::holds_alternative<Chore>(work)) text += "chore ";
        else text += "advance ";
    }
    return text;
}

constexpr std::chrono::milliseconds no_wait{0};

TEST(work_queue, takes_whole_requests_in_order_up_to_the_bound) {
    WorkQueue queue(100);
    EXPECT_TRUE(push(queue, 3, "a"));
    EXPECT_TRUE(push(queue, 3, "b"));
    EXPECT_TRUE(push(queue, 3, "c"));
    EXPECT_EQ(queue.depth(), 9U);
    EXPECT_EQ(shape(queue.take(7, no_wait)), "a3 b3 ");
    EXPECT_EQ(shape(queue.take(7, no_wait)), "c3 ");
    EXPECT_EQ(shape(queue.take(7, no_wait)), "");
    EXPECT_EQ(queue.depth(), 0U);
}

TEST(work_queue, what_goes_together_is_taken_alone) {
    WorkQueue queue(100);
    EXPECT_TRUE(push(queue, 1, "a"));
    Request merge = request(2, "merge");
    merge.together = true;
    EXPECT_TRUE(queue.push(merge));
    EXPECT_TRUE(push(queue, 1, "b"));
    EXPECT_EQ(shape(queue.take(10, no_wait)), "a1 ");
    EXPECT_EQ(shape(queue.take(10, no_wait)), "merge2 ");
    EXPECT_EQ(shape(queue.take(10, no_wait)), "b1 ");
}

TEST(work_queue, a_request_over_the_batch_bound_is_taken_alone) {
    WorkQueue queue(100);
    EXPECT_TRUE(push(queue, 2, "a"));
    EXPECT_TRUE(push(queue, 50, "b"));
    EXPECT_EQ(shape(queue.take(10, no_wait)), "a2 ");
    EXPECT_EQ(shape(queue.take(10, no_wait)), "b50 ");
}

TEST(work_queue, refuses_what_is_over_its_bound_and_leaves_it_untouched) {
    WorkQueue queue(10);
    EXPECT_TRUE(push(queue, 8));
    Request refused = request(3, "x");
    EXPECT_FALSE(queue.push(refused));
    EXPECT_EQ(refused.commands.size(), 3U);
    EXPECT_EQ(refused.key, "x");
    EXPECT_TRUE(push(queue, 2));
    static_cast<void>(queue.take(100, no_wait));
    EXPECT_TRUE(push(queue, 50)) << "alone, even a request over the bound is taken";
    EXPECT_FALSE(push(queue, 1));
}

TEST(work_queue, a_chore_is_taken_alone_and_in_its_place) {
    WorkQueue queue(100);
    EXPECT_TRUE(push(queue, 1, "a"));
    EXPECT_TRUE(push_chore(queue));
    EXPECT_TRUE(push(queue, 1, "b"));
    EXPECT_EQ(shape(queue.take(100, no_wait)), "a1 ");
    EXPECT_EQ(shape(queue.take(100, no_wait)), "chore ");
    EXPECT_EQ(shape(queue.take(100, no_wait)), "b1 ");
}

TEST(work_queue, closed_it_refuses_everything_but_gives_what_it_holds) {
    WorkQueue queue(100);
    EXPECT_TRUE(push(queue, 1, "a"));
    queue.close();
    EXPECT_TRUE(queue.closed());
    EXPECT_FALSE(push(queue, 1));
    EXPECT_FALSE(push_chore(queue));
    EXPECT_EQ(shape(queue.take(100, no_wait)), "a1 ");
}

TEST(work_queue, idle_means_that_what_was_taken_is_done_too) {
    WorkQueue queue(100);
    EXPECT_TRUE(push(queue, 1));
    std::atomic<bool> answered = false;
    std::thread worker([&] {
        while (queue.take(100, std::chrono::milliseconds(10)).empty()) {
        }
        answered = true;
        queue.done();
    });
    queue.wait_until_idle();
    EXPECT_TRUE(answered);
    worker.join();
}

}  // namespace
}  // namespace regulars::service

// What every store promises of what members do beside buying, told to each in turn.
#include "store_contract.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace regulars::contract {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr Instant noon{1'700'000'000'000};
const std::string name = "o'Brien \xe4\xbc\x9a";

class store_activities : public store_contract {
protected:
    void commit(const Batch& batch) { ASSERT_TRUE(store_->commit(batch).has_value()); }
};

INSTANTIATE_TEST_SUITE_P(stores, store_activities, testing::ValuesIn(backends_and_sealed()),
                         [](const auto& backend) { return name_of(backend.param); });

// --- results -----------------------------------------------------------------------------------------------------

service::ActivityResultRow result(std::uint64_t member, std::uint64_t sequence, std::uint32_t index,
                                  const std::string& activity) {
    engine::ActivityResult result;
    result.at = {noon.ms + index};
    result.activity = activity;
    result.what = "turn_taken";
    result.won = name;
    result.number = 7;
    result.points = Points(30);
    result.paid = Points(5);
    result.cost = Money(199);
    result.goods = "mug";
    return {{member}, sequence, index, result};
}

TEST_P(store_activities, results_are_listed_by_event_and_by_activity) {
    service::ActivityResultRow by_chance = result(1, 2, 0, "wheel");
    by_chance.result.chance = engine::Chance{{20'000}, UINT64_MAX - 1};
    const auto second = result(1, 2, 1, "flags");
    const auto third = result(1, 9, 0, "wheel");
    Batch batch;
    batch.activity_results = {third, second, by_chance, result(2, 1, 0, "wheel")};
    commit(batch);
    EXPECT_THAT(store_->list_results({1}, "", {}).value(), ElementsAre(by_chance, second, third));
    EXPECT_THAT(store_->list_results({1}, "wheel", {}).value(), ElementsAre(by_chance, third));
    EXPECT_THAT(store_->list_results({1}, "", {{2, 0}, 1}).value(), ElementsAre(second));
    EXPECT_THAT(store_->list_results({1}, "", {{9, 0}, 10}).value(), IsEmpty());
    EXPECT_THAT(store_->list_results({3}, "", {}).value(), IsEmpty());

    Batch again;
    again.activity_results = {result(1, 9, 0, "wheel")};
    const auto refused = store_->commit(again);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().error, service::StoreError::conflict);
}

// --- what stands as it is now ------------------------------------------------------------------------------------

service::RedemptionRow redemption(std::uint64_t member, const std::string& id, engine::RedemptionStatus status) {
    engine::Redemption redemption;
    redemption.redemption_id = id;
    redemption.item = name;
    redemption.window = "week";
    redemption.quantity = 2;
    redemption.points = Points(400);
    redemption.money = Money(990);
    redemption.order_id = "A-1";
    redemption.programme_version = 3;
    redemption.at = noon;
    redemption.status = status;
    redemption.carrier = "post";
    return {{member}, redemption};
}

TEST_P(store_activities, redemptions_are_listed_for_a_member_and_by_state) {
    using enum engine::RedemptionStatus;
    Batch batch;
    batch.redemptions = {redemption(1, "a", placed), redemption(1, "b", placed), redemption(2, "a", placed)};
    commit(batch);
    Batch later;
    later.redemptions = {redemption(1, "a", shipped)};
    commit(later);
    EXPECT_THAT(store_->list_redemptions({1}, {}).value(),
                ElementsAre(redemption(1, "a", shipped), redemption(1, "b", placed)));
    EXPECT_THAT(store_->list_redemptions({1}, {"a", 5}).value(), ElementsAre(redemption(1, "b", placed)));
    EXPECT_THAT(store_->list_all_redemptions(placed, {}).value(),
                ElementsAre(redemption(1, "b", placed), redemption(2, "a", placed)));
    EXPECT_THAT(store_->list_all_redemptions(placed, {{{1}, "b"}, 5}).value(), ElementsAre(redemption(2, "a", placed)));
    EXPECT_THAT(store_->list_all_redemptions(delivered, {}).value(), IsEmpty());
}

service::GroupRow group(std::uint64_t leader, const std::string& id, engine::GroupStatus status) {
    engine::Group group;
    group.group = id;
    group.promotion = "pears";
    group.programme_version = 2;
    group.size = 3;
    group.ends_at = {noon.ms + 1};
    group.status = status;
    group.seats = {{{leader}, "A-1"}, {{leader + 1}, name}};
    return {{leader}, {group, noon}};
}

TEST_P(store_activities, groups_are_found_by_their_id_and_the_open_ones_by_promotion) {
    using enum engine::GroupStatus;
    Batch batch;
    batch.groups = {group(1, "g1", open), group(1, "g2", open), group(4, "g3", open)};
    commit(batch);
    Batch later;
    later.groups = {group(1, "g2", filled)};
    commit(later);
    EXPECT_EQ(store_->find_group("g2").value(), group(1, "g2", filled));
    EXPECT_EQ(store_->find_group("g4").value(), std::nullopt);
    EXPECT_THAT(store_->list_open_groups("pears", {}).value(), ElementsAre(group(1, "g1", open), group(4, "g3", open)));
    EXPECT_THAT(store_->list_open_groups("pears", {"g1", 5}).value(), ElementsAre(group(4, "g3", open)));
    EXPECT_THAT(store_->list_open_groups("plums", {}).value(), IsEmpty());

    Batch foreign;
    foreign.groups = {group(9, "g1", open)};
    const auto refused = store_->commit(foreign);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().error, service::StoreError::conflict);
    EXPECT_EQ(store_->find_group("g1").value(), group(1, "g1", open));
}

service::ReviewRow review(std::uint64_t member, std::uint64_t sequence, const std::string& order,
                          const std::string& product, engine::ReviewStatus status) {
    engine::ProductReview review;
    review.product = product;
    review.status = status;
    review.score = 4;
    review.pictures = true;
    review.length = 12;
    review.points = Points(20);
    review.cashback = Money(50);
    review.event_sequence = sequence;
    review.programme_version = 3;
    return {{member}, sequence, {order, review, noon}};
}

TEST_P(store_activities, reviews_are_listed_by_state_with_the_event_of_their_text) {
    using enum engine::ReviewStatus;
    Batch batch;
    batch.reviews = {review(1, 2, "A", "pears", written), review(1, 3, "A", name, written),
                     review(2, 2, "A", "pears", written)};
    commit(batch);
    Batch later;
    later.reviews = {review(1, 2, "A", "pears", approved)};
    commit(later);
    EXPECT_THAT(store_->list_reviews(approved, {}).value(), ElementsAre(review(1, 2, "A", "pears", approved)));
    EXPECT_THAT(store_->list_reviews(written, {}).value(),
                ElementsAre(review(1, 3, "A", name, written), review(2, 2, "A", "pears", written)));
    EXPECT_THAT(store_->list_reviews(written, {{{1}, "A\n" + name}, 5}).value(),
                ElementsAre(review(2, 2, "A", "pears", written)));
    Batch anew;
    anew.reviews = {review(1, 7, "A", name, written)};
    commit(anew);
    EXPECT_EQ(store_->list_reviews(written, {{}, 1}).value().at(0).event_sequence, 7U);
}

service::FriendRow brought(std::uint64_t member, std::uint64_t who, engine::FriendStatus status) {
    engine::Friend one;
    one.member = {who};
    one.at = noon;
    one.status = status;
    one.points = Points(10);
    one.marks = {"0011", "0022"};
    return {{member}, {one, {noon.ms + 1}}};
}

TEST_P(store_activities, friends_are_listed_by_state) {
    using enum engine::FriendStatus;
    Batch batch;
    batch.friends = {brought(1, 10, suspicious), brought(1, 9, suspicious), brought(2, 11, registered)};
    commit(batch);
    EXPECT_THAT(store_->list_friends(suspicious, {}).value(),
                ElementsAre(brought(1, 10, suspicious), brought(1, 9, suspicious)));
    EXPECT_THAT(store_->list_friends(suspicious, {{{1}, "10"}, 5}).value(), ElementsAre(brought(1, 9, suspicious)));
    Batch later;
    later.friends = {brought(1, 10, refused)};
    commit(later);
    EXPECT_THAT(store_->list_friends(suspicious, {}).value(), ElementsAre(brought(1, 9, suspicious)));
}

service::TrialRow trial(std::uint64_t member, std::uint64_t number, std::int64_t at,
                        engine::TrialStatus status = engine::TrialStatus::applied) {
    return {{member}, {"try_pears", status, number, {noon.ms + at}}};
}

TEST_P(store_activities, applicants_are_listed_by_number_or_by_time) {
    Batch batch;
    batch.trials = {trial(1, UINT64_MAX, 1), trial(2, 5, 3), trial(3, 1ULL << 63U, 2)};
    commit(batch);
    EXPECT_THAT(store_->list_applicants("try_pears", true, 10).value(),
                ElementsAre(trial(2, 5, 3), trial(3, 1ULL << 63U, 2), trial(1, UINT64_MAX, 1)));
    EXPECT_THAT(store_->list_applicants("try_pears", false, 2).value(),
                ElementsAre(trial(1, UINT64_MAX, 1), trial(3, 1ULL << 63U, 2)));
    EXPECT_THAT(store_->list_applicants("try_plums", true, 10).value(), IsEmpty());
    Batch later;
    later.trials = {trial(2, 5, 9, engine::TrialStatus::chosen)};
    commit(later);
    EXPECT_EQ(store_->count_trials("try_pears", engine::TrialStatus::chosen).value(), 1);
    EXPECT_EQ(store_->count_trials("try_pears", engine::TrialStatus::applied).value(), 2);
}

// --- questionnaires ----------------------------------------------------------------------------------------------

service::GivenAnswerRow given(std::uint64_t member, std::uint64_t sequence, std::int64_t at,
                              const std::string& question = "why", const std::string& activity = "feedback") {
    return {{member}, sequence, question, activity, "A-" + std::to_string(sequence), {noon.ms + at}, name};
}

TEST_P(store_activities, answers_to_a_question_are_listed_from_the_newest) {
    Batch batch;
    batch.given_answers = {given(1, 2, 5), given(1, 2, 5, "score"), given(1, 9, 1),
                           given(2, 3, 5), given(3, 1, 9), given(3, 2, 9, "why", "another")};
    commit(batch);
    const auto all = store_->list_given_answers("feedback", "why", {}).value();
    EXPECT_THAT(all, ElementsAre(given(3, 1, 9), given(2, 3, 5), given(1, 2, 5), given(1, 9, 1)));
    EXPECT_THAT(store_->list_given_answers("feedback", "why", {{}, 2}).value(), ElementsAre(all[0], all[1]));
    const service::GivenAnswerKey second{all[1].at, all[1].member, all[1].event_sequence};
    EXPECT_THAT(store_->list_given_answers("feedback", "why", {second, 2}).value(), ElementsAre(all[2], all[3]));
    const service::GivenAnswerKey last{all[3].at, all[3].member, all[3].event_sequence};
    EXPECT_THAT(store_->list_given_answers("feedback", "why", {last, 2}).value(), IsEmpty());
    EXPECT_THAT(store_->list_given_answers("feedback", "who", {}).value(), IsEmpty());

    Batch again;
    again.given_answers = {given(1, 2, 5)};
    expect_refused(again, StoreError::conflict);
    Batch erased;
    erased.forgotten_answers = {{1}, {3}};
    commit(erased);
    EXPECT_THAT(store_->list_given_answers("feedback", "why", {}).value(), ElementsAre(given(2, 3, 5)));
    EXPECT_THAT(store_->list_given_answers("feedback", "score", {}).value(), IsEmpty());
}

TEST_P(store_activities, how_often_something_was_answered_adds_up) {
    EXPECT_THAT(store_->answer_counts("feedback").value(), IsEmpty());
    Batch batch;
    batch.answer_counts = {{"feedback", "", "", 2, 0, 1}, {"feedback", "score", "", 1, 1, 0},
                           {"feedback", "score", "9", 1, 0, 0}, {"other", "score", "9", 7, 0, 0}};
    commit(batch);
    Batch more;
    more.answer_counts = {{"feedback", "", "", 1, 0, 1}, {"feedback", "score", "", 1, 2, 0},
                          {"feedback", "score", "10", 1, 0, 0}, {"feedback", "score", "9", 4, 0, 0}};
    commit(more);
    using Row = service::AnswerCountRow;
    EXPECT_THAT(store_->answer_counts("feedback").value(),
                ElementsAre(Row{"feedback", "", "", 3, 0, 2}, Row{"feedback", "score", "", 2, 3, 0},
                            Row{"feedback", "score", "10", 1, 0, 0}, Row{"feedback", "score", "9", 5, 0, 0}));
    // A batch that is refused counts nothing.
    Batch refused;
    refused.answer_counts = {{"feedback", "", "", 1, 0, 0}};
    const auto member = member_with(1);
    refused.members.push_back({&member, 5, "normal"});
    expect_refused(refused, StoreError::conflict);
    EXPECT_EQ(store_->answer_counts("feedback").value().at(0).times, 3);
}

// --- seeds -------------------------------------------------------------------------------------------------------

TEST_P(store_activities, an_activity_has_one_chain_of_seeds) {
    const service::SeedChain wheel{"wheel", "00ff", "11ee", {20'000}, 3'660, noon};
    const service::SeedChain flags{"flags", "01", "02", {-5}, 10, noon};
    EXPECT_THAT(store_->seed_chains().value(), IsEmpty());
    ASSERT_TRUE(store_->add_seed_chain(wheel).has_value());
    ASSERT_TRUE(store_->add_seed_chain(flags).has_value());
    const auto refused = store_->add_seed_chain(wheel);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().error, service::StoreError::conflict);
    EXPECT_THAT(store_->seed_chains().value(), ElementsAre(flags, wheel));
}

}  // namespace
}  // namespace regulars::contract

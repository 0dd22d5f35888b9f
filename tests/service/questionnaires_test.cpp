// What members answer in questionnaires is counted and kept with the event that tells it, or not at all; it stays where
// it happened when members are merged, and goes, but for the counts, when they are erased.
#include <gtest/gtest.h>

#include "faulty_store.hpp"
#include "shop.hpp"

namespace regulars::service {
namespace {

constexpr std::string_view programme_path = "tests/engine/programmes/check_ins.yaml";
constexpr std::string_view noon = "2026-06-03T12:00";

Command about(std::uint64_t member, engine::Fact fact, std::string_view at = noon) {
    return {MemberId{member}, {local(at), std::move(fact)}};
}

engine::QuestionnaireAnswered about_you(const std::string& sport, const std::string& wish) {
    engine::QuestionnaireAnswered fact{"about_you", {{"sport", sport}, {"colours", "red\nblue"}}, ""};
    if (!wish.empty()) fact.answers["wish"] = wish;
    return fact;
}

/// "2 by 2; sport 2+0; sport=run 2", in the order of the store.
std::string counts(const Shop& shop, const std::string& activity = "about_you") {
    std::string text;
    for (const AnswerCountRow& row : must(shop.open()->answer_counts(activity))) {
        text += text.empty() ? "" : "; ";
        if (row.question.empty()) text += std::to_string(row.times) + " by " + std::to_string(row.members);
        else if (row.answer.empty())
            text += row.question + " " + std::to_string(row.times) + "+" + std::to_string(row.left_out);
        else text += row.question + "=" + row.answer + " " + std::to_string(row.times);
    }
    return text;
}

/// "2:laces 1:socks", the newest first.
std::string wishes(const Shop& shop) {
    std::string text;
    for (const GivenAnswerRow& row : must(shop.open()->list_given_answers("about_you", "wish", {})))
        text += (text.empty() ? "" : " ") + std::to_string(row.member.value) + ":" + row.answer;
    return text;
}

void register_members(Service& service, int count) {
    for (int who = 1; who <= count; ++who) {
        Command command = service::command(std::to_string(who), "2026-06-01T12:00", engine::Registered{});
        command.create_member = true;
        EXPECT_EQ(tell(service, command).substr(0, 7), "member ");
    }
}

class Questionnaires : public testing::TestWithParam<contract::Backend> {
protected:
    ~Questionnaires() override { Faults::none(); }
    void SetUp() override { shop_.set_clock(noon); }
    void TearDown() override { EXPECT_EQ(shop_.replay_differences(), ""); }

    Shop shop_{GetParam(), programme_path};
};

INSTANTIATE_TEST_SUITE_P(stores, Questionnaires, testing::ValuesIn(contract::backends()),
                         [](const auto& backend) { return contract::name_of(backend.param); });

TEST_P(Questionnaires, are_counted_as_they_are_answered) {
    const auto service = shop_.start();
    register_members(*service, 3);
    static_cast<void>(ask(*service, {about(1, about_you("run", "laces")), about(2, about_you("rest", "nothing")),
                                     about(2, about_you("swim", "socks")), about(1, about_you("run", "again"))}));
    EXPECT_EQ(wishes(shop_), "2:socks 1:laces");
    EXPECT_EQ(counts(shop_), "2 by 2; colours 2+0; colours=blue 2; colours=red 2; shoe 0+2; since 0+2; sport 2+0; "
                        "sport=run 1; sport=swim 1; wish 2+0");
    EXPECT_EQ(tell(*service, about(3, about_you("run", ""))).substr(0, 8), "member 3");
    EXPECT_EQ(counts(shop_), "3 by 3; colours 3+0; colours=blue 3; colours=red 3; shoe 0+3; since 0+3; sport 3+0; "
                        "sport=run 2; sport=swim 1; wish 2+1");
}

TEST_P(Questionnaires, about_orders_are_answered_often_by_one_member) {
    const auto service = shop_.start();
    register_members(*service, 1);
    for (const char* order_id : {"A", "B"}) {
        static_cast<void>(ask(*service, {order("1", "2026-06-01T12:00", order_id, 10'00)}));
        static_cast<void>(ask(*service, {about(1, engine::OrderSettled{order_id}, "2026-06-02T12:00")}));
    }
    for (const char* order_id : {"A", "B", "A"})
        static_cast<void>(
            ask(*service, {about(1, engine::QuestionnaireAnswered{"feedback", {{"score", "9"}}, order_id})}));
    EXPECT_EQ(counts(shop_, "feedback"), "2 by 1; score 2+0; score=9 2; why 0+2");
}

TEST_P(Questionnaires, stay_where_they_happened_and_go_when_the_member_is_erased) {
    const auto service = shop_.start();
    register_members(*service, 3);
    static_cast<void>(ask(*service, {about(1, about_you("run", "laces"))}));
    static_cast<void>(ask(*service, {about(2, about_you("swim", "socks"))}));
    static_cast<void>(ask(*service, {about(3, about_you("swim", "shoes"))}));
    const std::string all = counts(shop_);
    EXPECT_TRUE(ask_together(*service, {about(1, engine::MembersMerged{{2}, 0, "same"}),
                                        about(2, engine::MergedInto{{1}})}).replies.at(0).has_value());
    EXPECT_EQ(wishes(shop_), "3:shoes 2:socks 1:laces");
    EXPECT_EQ(tell(*service, about(1, about_you("run", "more"))), "already_answered");
    EXPECT_TRUE(ask_together(*service, {about(1, engine::MemberErased{"by letter"})}).replies.at(0).has_value());
    EXPECT_EQ(wishes(shop_), "3:shoes") << "both were one person";
    EXPECT_EQ(counts(shop_), all) << "they tell of nobody";
}

TEST_P(Questionnaires, whichever_call_fails_answers_are_counted_once) {
    for (int call = 1; call < 12; ++call) {
        const Shop shop(GetParam(), programme_path);
        ServiceOptions options = shop.options();
        options.open_store = &open_faulty;
        const auto service = shop.start(std::move(options));
        register_members(*service, 1);
        Faults::fail_call(call, call % 2 == 0 ? StoreError::locked : StoreError::unavailable);
        static_cast<void>(ask(*service, {about(1, about_you("run", "laces"))}, "key", "h"));
        Faults::none();
        static_cast<void>(ask(*service, {about(1, about_you("run", "laces"))}, "key", "h"));
        EXPECT_EQ(wishes(shop), "1:laces") << call;
        EXPECT_EQ(counts(shop).substr(0, 7), "1 by 1;") << call;
    }
}

}  // namespace
}  // namespace regulars::service

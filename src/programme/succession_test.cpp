#include "programme/succession.hpp"

#include <gtest/gtest.h>

namespace regulars::programme {
namespace {

Programme programme_of(std::vector<std::string> tiers, std::vector<std::string> price_kinds,
                       std::string currency = "CNY", const char* zone = "Asia/Shanghai") {
    Programme programme;
    for (std::string& name : tiers) programme.tiers.emplace_back().name = std::move(name);
    programme.price_kinds = std::move(price_kinds);
    programme.currency = std::move(currency);
    programme.zone = Zone::find(zone).value();
    return programme;
}

TEST(Succession, NewTiersAndPriceKindsComeAfterTheOldOnes) {
    const Programme current = programme_of({"normal", "vip"}, {"regular", "special"});
    EXPECT_FALSE(succession_problem(current, current));
    EXPECT_FALSE(succession_problem(current, programme_of({"normal", "vip", "svip"}, {"regular", "special", "group"})));
}

TEST(Succession, WhatMembersAndOrdersReferToStays) {
    const Programme current = programme_of({"normal", "vip"}, {"regular", "special"});
    struct Row { Programme next; const char* says; };
    for (const Row& row : std::vector<Row>{
             {programme_of({"normal"}, {"regular", "special"}), "tier vip"},
             {programme_of({"vip", "normal"}, {"regular", "special"}), "tier normal"},
             {programme_of({"normal", "vip"}, {"special", "regular"}), "price kind regular"},
             {programme_of({"normal", "vip"}, {"regular"}), "price kind special"},
             {programme_of({"normal", "vip"}, {"regular", "special"}, "EUR"), "currency"},
             {programme_of({"normal", "vip"}, {"regular", "special"}, "CNY", "Asia/Tokyo"), "time zone"}}) {
        const auto problem = succession_problem(current, row.next);
        ASSERT_TRUE(problem) << row.says;
        EXPECT_NE(problem->find(row.says), std::string::npos) << *problem;
    }
}

TEST(Succession, PlansStayInAnyOrder) {
    Programme current = programme_of({"normal"}, {"regular"});
    Programme next = current;
    for (const char* name : {"plus", "card"}) current.plans.plans.emplace_back().name = name;
    for (const char* name : {"card", "more", "plus"}) next.plans.plans.emplace_back().name = name;
    EXPECT_FALSE(succession_problem(current, next));
    const auto problem = succession_problem(next, current);
    ASSERT_TRUE(problem);
    EXPECT_NE(problem->find("plan more must stay"), std::string::npos) << *problem;
}

TEST(Succession, TrialsStayOthersMayGo) {
    Programme current = programme_of({"normal"}, {"regular"});
    const Programme nothing = current;
    const auto add = [&](const char* name, ActivityTerms terms) {
        Activity& activity = current.activities.activities.emplace_back();
        activity.name = name;
        activity.terms = std::move(terms);
    };
    add("sharing", Behaviour{});
    EXPECT_FALSE(succession_problem(current, nothing));
    add("kettle", Trial{});
    EXPECT_FALSE(succession_problem(current, current));
    const auto problem = succession_problem(current, nothing);
    ASSERT_TRUE(problem);
    EXPECT_NE(problem->find("trial kettle must stay"), std::string::npos) << *problem;
}

TEST(Succession, AnActivityStaysOfItsKind) {
    Programme current = programme_of({"normal"}, {"regular"});
    Programme next = current;
    current.activities.activities.emplace_back().name = "daily";
    next.activities.activities.emplace_back().name = "daily";
    current.activities.activities.back().terms = CheckIn{};
    next.activities.activities.back().terms = Draw{};
    const auto problem = succession_problem(current, next);
    ASSERT_TRUE(problem);
    EXPECT_NE(problem->find("activity daily must stay of its kind"), std::string::npos) << *problem;
}

}  // namespace
}  // namespace regulars::programme

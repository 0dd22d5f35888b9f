#include "story_friends.hpp"

#include <algorithm>
#include <array>

#include "base/check.hpp"
#include "engine/activities/common.hpp"

namespace regulars::model {

namespace {

using Words = std::vector<std::string>;
using What = engine::FriendActed::What;

constexpr std::array<std::string_view, 6> acts{"registered",          "ordered",     "returned", "erased",
                                               "registration_counts", "order_counts"};

MemberId member_at(const Words& words, std::size_t index) { return {std::stoull(words.at(index))}; }

What act_of(const std::string& word) {
    const auto found = std::find(acts.begin(), acts.end(), word);
    check(found != acts.end(), "a friend has done something that is known: " + word);
    return static_cast<What>(found - acts.begin());
}

engine::ProductReviewed review_of(const Words& words) {
    engine::ProductReviewed fact{words.at(1), words.at(2), std::stoll(words.at(3)), {}, {}};
    for (std::size_t i = 4; i < words.size(); ++i) {
        if (words[i].starts_with("text=")) fact.text = words[i].substr(5);
        else if (words[i] == "picture") fact.pictures.emplace_back("https://example.com/1.jpg");
        else check_failed("unknown part of a review: " + words[i]);
    }
    return fact;
}

std::string review_status(const World& world, const std::string& order_id, const std::string& product) {
    const auto order = world.closed_orders().find(order_id);
    if (order != world.closed_orders().end())
        for (const engine::ProductReview& review : order->second.reviews)
            if (review.product == product) return std::string(engine::name_of(review.status));
    return "-";
}

}  // namespace

std::optional<engine::Fact> friend_fact(const Words& words) {
    const std::string& verb = words.at(0);
    const auto says_yes = [&] { return words.back() == "yes"; };
    if (verb == "review") return review_of(words);
    if (verb == "moderate") return engine::ReviewModerated{words.at(1), words.at(2), says_yes(), "story"};
    if (verb == "friend") {
        engine::FriendActed fact{member_at(words, 1), act_of(words.at(2)), {}, {}};
        fact.marks.assign(words.begin() + 3, words.end());
        return fact;
    }
    if (verb == "look-at") return engine::ReferralDecided{member_at(words, 1), says_yes(), "story"};
    if (verb == "marks") return engine::MarksTold{{words.begin() + 1, words.end()}};
    if (verb == "apply") return engine::TrialApplied{words.at(1)};
    if (verb == "choose") return engine::TrialDecided{words.at(1), says_yes()};
    if (verb == "report") return engine::TrialReported{words.at(1), "it boils water", {}};
    return std::nullopt;
}

std::string found_of_friends(const World& world, const Words& claim) {
    const engine::Member& member = world.member();
    if (claim[0] == "review")
        return "review " + claim.at(1) + ' ' + claim.at(2) + ' ' + review_status(world, claim[1], claim[2]);
    if (claim[0] == "invited") return "invited " + std::to_string(member.review_invitations.size());
    if (claim[0] == "brought") return "brought " + std::to_string(member.brought.by.value);
    if (claim[0] == "marked") return "marked " + std::to_string(member.marks.size());
    if (claim[0] == "friends")
        return "friends " + std::to_string(member.friends.size()) + " ordered " +
               std::to_string(member.friends_ordered);
    if (claim[0] == "friend") {
        for (const engine::Friend& one : member.friends)
            if (one.member == member_at(claim, 1))
                return "friend " + claim[1] + ' ' + std::string(engine::name_of(one.status));
        return "friend " + claim.at(1) + " -";
    }
    if (claim[0] != "trial") return {};
    const auto* state = engine::find_state(member, claim.at(1));
    return "trial " + claim[1] + ' ' +
           std::string(engine::name_of(state == nullptr ? engine::TrialStatus::none : state->trial));
}

void FollowUps::apply(const engine::Outcome& outcome) {
    for (const engine::FollowUp& next : outcome.follow_ups) {
        World* const world = next.member == one_.member().id   ? &one_
                             : next.member == two_.member().id ? &two_
                                                               : nullptr;
        if (world == nullptr || world->member().registered_at == instant_min) continue;
        const engine::Event event{next.at, next.fact};
        const Answer answer = world->tell(event);
        telling_.told.emplace_back(event, answer);
        apply(answer.outcome);
    }
}

}  // namespace regulars::model

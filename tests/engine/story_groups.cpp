#include "story_groups.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "engine/activities/common.hpp"
#include "engine/orders/groups.hpp"
#include "story.hpp"

namespace regulars::model {

namespace {

using Words = std::vector<std::string>;

std::string word_at(const Words& words, std::size_t index) {
    check(index < words.size(), "a fact about a group has all its words: " + words.at(0));
    return words[index] == "\"\"" ? "" : words[index];
}

MemberId member_at(const Words& words, std::size_t index) { return {std::stoull(word_at(words, index))}; }

std::string found_of_order(const World& world, const Words& claim) {
    std::string text = claim[0] + ' ' + claim.at(1) + ' ';
    const auto& orders = world.member().open_orders;
    const auto order =
        std::find_if(orders.begin(), orders.end(), [&](const auto& open) { return open.order_id == claim[1]; });
    if (claim[0] == "waits") return text + (order != orders.end() && engine::is_waiting(*order) ? "yes" : "no");
    if (order == orders.end() || order->settles_at == instant_max) return text + '-';
    return text + local_text_of(order->settles_at, world.programme().zone);
}

std::string found_of_quote(const Answer& answer, const Words& claim) {
    std::string text = claim[0];
    if (answer.outcome.quote == nullptr) return text + " nothing";
    const engine::Quote& quote = *answer.outcome.quote;
    if (text == "promoted") return "promoted " + money_text(quote.promotion_discount, 2);
    if (text == "because") {
        const bool told = std::any_of(quote.reasons.begin(), quote.reasons.end(),
                                      [&](const engine::Reason& reason) { return reason.code == claim.at(1); });
        return told ? "because " + claim[1] : "because of something else";
    }
    for (const engine::QuotedLine& line : quote.lines) text += ' ' + (line.promotion.empty() ? "-" : line.promotion);
    return text;
}

}  // namespace

std::optional<engine::Fact> group_fact(const Words& words) {
    const std::string& verb = words.at(0);
    if (verb == "open-group") return engine::GroupOpened{word_at(words, 1), word_at(words, 2), word_at(words, 3)};
    if (verb == "join-group")
        return engine::GroupJoined{word_at(words, 1), member_at(words, 2), word_at(words, 3), word_at(words, 4)};
    if (verb == "seat")
        return engine::GroupSeatTaken{word_at(words, 1), member_at(words, 2), word_at(words, 3), false,
                                      word_at(words, 4)};
    if (verb == "leave-seat")
        return engine::GroupSeatTaken{word_at(words, 1), member_at(words, 2), word_at(words, 3), true, {}};
    if (verb == "end-group")
        return engine::GroupEnded{word_at(words, 1), word_at(words, 2), word_at(words, 3) == "filled"};
    return std::nullopt;
}

std::string found_of_groups(const World& world, const Answer& answer, const Words& claim) {
    const std::string& name = claim[0];
    const engine::Member& member = world.member();
    if (name == "pieces")
        return "pieces " + claim.at(1) + ' ' + std::to_string(engine::total_of(member.promotion_counts, claim[1]));
    if (name == "waits" || name == "settles") return found_of_order(world, claim);
    if (name == "sold" || name == "promoted" || name == "because") return found_of_quote(answer, claim);
    if (name == "leads") {
        const auto named = std::count_if(member.groups.begin(), member.groups.end(),
                                         [](const engine::Group& group) { return !group.group.empty(); });
        return "leads " + std::to_string(named);
    }
    std::string text = name + ' ' + (claim.size() > 1 ? claim[1] : "");
    if (name == "seats") {
        for (const engine::Group& group : member.groups)
            if (group.group == claim.at(1)) return text + ' ' + std::to_string(group.seats.size());
        return text + " -";
    }
    if (name != "group") return {};
    std::string status = "-";
    for (const engine::GroupChange& change : answer.outcome.groups)
        if (change.group.group == claim.at(1)) status = engine::name_of(change.group.status);
    return text + ' ' + status;
}

}  // namespace regulars::model

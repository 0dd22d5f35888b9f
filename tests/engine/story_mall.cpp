#include "story_mall.hpp"

#include "base/check.hpp"
#include "engine/activities/common.hpp"
#include "story.hpp"

namespace regulars::model {

namespace {

using Words = std::vector<std::string>;

std::string word_at(const Words& words, std::size_t index) {
    check(index < words.size(), "a fact about the mall has all its words: " + words.at(0));
    return words[index] == "\"\"" ? "" : words[index];
}

engine::GoodsRedeemed redeemed(const Words& words, const programme::Programme& programme) {
    engine::GoodsRedeemed fact;
    fact.item = word_at(words, 1);
    fact.redemption_id = word_at(words, 2);
    for (std::size_t i = 3; i < words.size(); ++i) {
        if (words[i][0] == 'x') fact.quantity = std::stoll(words[i].substr(1));
        else if (words[i] == "order") fact.order_id = word_at(words, ++i);
        else if (words[i] == "points") fact.points = Points(std::stoll(word_at(words, ++i)));
        else if (words[i] == "money") fact.money = money_of(word_at(words, ++i), programme.minor_digits);
        else check_failed("a redemption has no part " + words[i]);
    }
    return fact;
}

std::string status_of(const World& world, const std::string& order_id) {
    for (const engine::Order& order : world.member().open_orders)
        if (order.order_id == order_id) return std::string(engine::name_of(order.status));
    const auto closed = world.closed_orders().find(order_id);
    return closed == world.closed_orders().end() ? "-" : std::string(engine::name_of(closed->second.status));
}

}  // namespace

std::optional<engine::Fact> mall_fact(const Words& words, const programme::Programme& programme) {
    using To = engine::RedemptionMoved::To;
    const std::string& verb = words.at(0);
    if (verb == "redeem") return redeemed(words, programme);
    if (verb == "attend")
        return engine::InvitationAttended{CouponId{static_cast<std::uint32_t>(std::stoul(word_at(words, 1)))}};
    if (verb == "deliver") return engine::RedemptionMoved{word_at(words, 1), To::delivered, {}, {}, {}};
    if (verb == "ship")
        return engine::RedemptionMoved{word_at(words, 1), To::shipped, words.size() > 2 ? word_at(words, 2) : "",
                                       words.size() > 3 ? word_at(words, 3) : "", {}};
    if (verb == "call-off")
        return engine::RedemptionMoved{word_at(words, 1), To::cancelled, {}, {},
                                       words.size() > 2 ? word_at(words, 2) : ""};
    return std::nullopt;
}

std::string found_of_mall(const World& world, const Answer& answer, const Words& claim) {
    const std::string& name = claim[0];
    if (name == "redemptions") return "redemptions " + std::to_string(world.member().redemptions.size());
    if (name == "status") return "status " + claim.at(1) + ' ' + status_of(world, claim[1]);
    if (name == "bought")
        return "bought " + claim.at(1) + ' ' +
               std::to_string(engine::total_of(world.member().mall_counts, claim[1]));
    if (name != "goes") return {};
    std::string text = "goes " + claim.at(1) + " nowhere";
    for (const engine::Redemption& redemption : answer.outcome.redemptions)
        if (redemption.redemption_id == claim[1])
            text = "goes " + claim[1] + ' ' + std::string(engine::name_of(redemption.status));
    return text;
}

}  // namespace regulars::model

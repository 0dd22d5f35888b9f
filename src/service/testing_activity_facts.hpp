// Random facts about what members do beside buying, for the tests of their JSON.
#pragma once

#include <rapidcheck.h>

#include <string>
#include <vector>

#include "base/limits.hpp"
#include "engine/event.hpp"

namespace regulars::service::testing {

/// Some texts that begin so and go on with these characters.
inline std::vector<std::string> several_texts(std::string_view begin, std::string_view characters) {
    std::vector<std::string> made(*rc::gen::inRange<std::size_t>(0, 4));
    for (std::string& one : made) {
        one = begin;
        for (int i = *rc::gen::inRange(16, 60); i > 0; --i)
            one += characters[*rc::gen::inRange<std::size_t>(0, characters.size())];
    }
    return made;
}

inline MemberId some_member() { return {*rc::gen::inRange<std::uint64_t>(1, INT64_MAX)}; }

/// Facts of the variant from CheckedIn on; `text` makes a text.
template <class Text>
engine::Fact any_activity_fact(std::size_t index, Text text) {
    const auto texts = [&] {
        std::vector<std::string> made(*rc::gen::inRange<std::size_t>(0, 4));
        for (std::string& one : made) one = text();
        return made;
    };
    const auto answers = [&] {
        std::map<std::string, std::string> made;
        for (int i = *rc::gen::inRange(0, 4); i > 0; --i) made[text()] = text();
        return made;
    };
    const auto some_value = [](auto last) {
        return static_cast<decltype(last)>(*rc::gen::inRange(0, static_cast<int>(last) + 1));
    };
    const auto maybe_points = [] {
        return *rc::gen::arbitrary<bool>() ? std::optional(Points(*rc::gen::inRange<std::int64_t>(0, 1'000)))
                                           : std::nullopt;
    };
    const auto maybe_money = [] {
        return *rc::gen::arbitrary<bool>() ? std::optional(Money(*rc::gen::inRange<std::int64_t>(0, 1'000)))
                                           : std::nullopt;
    };
    switch (index) {
        case 37: return engine::CheckedIn{text()};
        case 38:
            return engine::CheckInMadeUp{text(),
                LocalDate{*rc::gen::inRange<std::int32_t>(-25'567, 84'006)},
                CouponId{*rc::gen::inRange<std::uint32_t>(0, 3)}};
        case 39: return engine::FreezeBought{text(), text()};
        case 40: return engine::TurnTaken{text(), text()};
        case 41: return engine::TurnsGranted{text(), *rc::gen::inRange<std::int64_t>(1, 1'001), text(), text()};
        case 42:
            return engine::PiecePassed{text(), text(), some_member(), text()};
        case 43:
            return engine::PieceReceived{text(), text(), some_member(), text()};
        case 44: return engine::QuestionnaireAnswered{text(), answers(), text()};
        case 45: return engine::BehaviourShown{text(), text(), text()};
        case 46: return engine::StoreVisited{text(), text(), text()};
        case 47: return engine::TrialApplied{text()};
        case 48: return engine::TrialDecided{text(), *rc::gen::arbitrary<bool>()};
        case 49: return engine::TrialReported{text(), text(), several_texts("https://", "abc/.?&=%")};
        case 50:
            return engine::ProductReviewed{text(), text(), *rc::gen::inRange<std::int64_t>(1, 6), text(),
                several_texts("https://", "abc/.?&=%")};
        case 51: return engine::ReviewModerated{text(), text(), *rc::gen::arbitrary<bool>(), text()};
        case 52:
            return engine::FriendActed{some_member(),
                some_value(engine::FriendActed::What::order_counts),
                texts(), Money(*rc::gen::inRange<std::int64_t>(0, limits::amount_minor_max + 1))};
        case 53:
            return engine::ReferralDecided{some_member(), *rc::gen::arbitrary<bool>(), text()};
        case 54: return engine::MarksTold{several_texts("", "0123456789abcdef")};
        case 55:
            return engine::GoodsRedeemed{text(), text(),
                *rc::gen::inRange<std::int64_t>(1, 101), text(), maybe_points(), maybe_money()};
        case 56:
            return engine::RedemptionMoved{text(), some_value(engine::RedemptionMoved::To::cancelled),
                text(), text(), text()};
        case 57: return engine::GroupOpened{text(), text(), text()};
        case 58: return engine::GroupJoined{text(), some_member(), text(), text()};
        case 59: return engine::GroupSeatTaken{text(), some_member(), text(), *rc::gen::arbitrary<bool>(), text()};
        case 60: return engine::GroupEnded{text(), text(), *rc::gen::arbitrary<bool>()};
        default: return engine::InvitationAttended{CouponId{*rc::gen::inRange<std::uint32_t>(1, UINT32_MAX)}};
    }
}

}  // namespace regulars::service::testing

// Random lives of a member: steps of plain numbers, so that RapidCheck shrinks them well, read as events whose times
// love the edges (midnights, whole months and years, the same instant again) and of which some are told late.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

#include <rapidcheck.h>

#include "base/time.hpp"
#include "engine/event.hpp"

namespace regulars::model {

/// One step of a life. Every field is read modulo what is possible, so any numbers make sense.
struct Step {
    int kind = 0;
    int pause = 0;
    int length = 0;
    int target = 0;
    int size = 0;
    int detail = 0;
};

std::ostream& operator<<(std::ostream& out, const Step& step);

[[nodiscard]] rc::Gen<std::vector<Step>> lives();

/// What a programme's members meet.
struct Habits {
    std::string zone;
    std::vector<std::string> price_kinds;
    std::vector<std::string> tiers;       ///< that may be given by hand; empty: none are
    std::vector<std::int64_t> amounts;    ///< around its thresholds, minor units
    bool ships = true;                    ///< orders are shipped
    bool gift_cards = true;
    std::vector<std::int64_t> thresholds; ///< of a review of all members; empty: there is none
};

/// The events of a life, from 1 June 2023 on, in order of arrival.
[[nodiscard]] std::vector<engine::Event> events_of(const std::vector<Step>& steps, const Habits& habits);

/// A readable list, for a failing case.
[[nodiscard]] std::string text_of(const std::vector<engine::Event>& events);

}  // namespace regulars::model

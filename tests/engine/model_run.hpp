// Holds the engine against a naive model, event by event.
#pragma once

#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "naive.hpp"
#include "random_history.hpp"
#include "standing.hpp"
#include "world.hpp"

namespace regulars::model {

/// Empty when engine and model agree after every event, about what was accepted and where the member stands, and at
/// some instants afterwards; else what they disagree on, with the events up to there.
template <class Model>
[[nodiscard]] std::string disagreement(const std::shared_ptr<const programme::Programme>& programme,
                                       const std::vector<engine::Event>& events) {
    World world(programme);
    Model naive;
    std::ostringstream words;
    const auto tell_broken_laws = [&] {
        for (const std::string& law : world.broken_laws()) words << "broken law: " << law << '\n';
    };
    const auto compare = [&](Instant at) {
        const Standing by_engine = standing_of(*programme, world.member());
        const Standing by_model = naive.standing(at);
        if (by_engine != by_model)
            words << "at " << text_of(at) << "\nengine: " << by_engine << "\nmodel:  " << by_model << '\n';
        tell_broken_laws();
    };
    for (std::size_t i = 0; i < events.size(); ++i) {
        const Answer answer = world.tell(events[i]);
        const bool accepted = naive.tell(events[i]);
        if (answer.accepted() != accepted) {
            words << "engine " << (answer.rejection ? engine::code_of(*answer.rejection)
                                                    : answer.outcome.duplicate ? "takes for a duplicate" : "accepts");
            words << ", model " << (accepted ? "accepts" : "refuses") << '\n';
        }
        compare(events[i].at);
        if (!words.str().empty())
            return text_of(std::vector<engine::Event>(events.begin(), events.begin() + static_cast<long>(i) + 1)) +
                   words.str();
    }
    Instant at = events.empty() ? Instant{0} : events.back().at;
    for (const int days : {1, 29, 31, 150, 220, 366, 800}) {
        at = Instant{at.ms + days * ms_per_day + 12'345};
        world.advance(at);
        compare(at);
        if (!words.str().empty()) return text_of(events) + words.str();
    }
    return {};
}

}  // namespace regulars::model

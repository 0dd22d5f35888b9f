// A naive model of one programme: it keeps everything that it was told and starts from nothing at every question.
#pragma once

#include <utility>
#include <vector>

#include "base/time.hpp"
#include "engine/event.hpp"
#include "standing.hpp"

namespace regulars::model {

/// `Simulation` reads one programme's text literally: `advance(Instant)` does what falls due, `apply(Event)` advances
/// and applies or answers false, `standing()` tells where the member stands.
template <class Simulation>
class Naive {
public:
    /// Whether the fact was accepted. One that is refused or repeated is kept too: time has passed up to it.
    bool tell(const engine::Event& event) {
        Simulation simulation = replayed();
        const bool accepted = simulation.apply(event);
        facts_.push_back(event);
        return accepted;
    }

    [[nodiscard]] Standing standing(Instant at) const {
        Simulation simulation = replayed();
        simulation.advance(at);
        return simulation.standing();
    }

private:
    [[nodiscard]] Simulation replayed() const {
        Simulation simulation;
        for (const engine::Event& fact : facts_) simulation.apply(fact);
        return simulation;
    }

    std::vector<engine::Event> facts_;
};

/// The same model going on from where it stands: for the many lives of the canaries.
template <class Simulation>
class Running {
public:
    bool tell(const engine::Event& event) { return simulation_.apply(event); }
    [[nodiscard]] Standing standing(Instant at) const {
        Simulation simulation = simulation_;
        simulation.advance(at);
        return simulation.standing();
    }

private:
    Simulation simulation_;
};

}  // namespace regulars::model

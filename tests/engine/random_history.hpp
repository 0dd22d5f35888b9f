// Random lives of a member: steps of plain numbers, so that RapidCheck shrinks them well, read as events whose times
// love the edges (midnights, whole months and years, the same instant again) and of which some are told late.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>
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

/// Reads steps one after another, from 1 June 2023 on, and remembers the ids that later steps may refer to.
class LifeReader {
public:
    /// `habits` outlive the reader.
    explicit LifeReader(const Habits& habits);

    /// The event that a step means. Some are told late: the shop's clock does not go back.
    [[nodiscard]] engine::Event read(const Step& step);

    // What others make events of.
    Instant pass(const Step& step);                          ///< moves the clock as `read` does, and tells the time
    Instant pass_minutes(int minutes);
    [[nodiscard]] engine::OrderCreated order_of(const Step& step);
    [[nodiscard]] engine::Line line_of(int size, int detail) const;
    [[nodiscard]] std::string next_reference(std::string_view kind);
    [[nodiscard]] const Zone& zone() const { return zone_; }

private:
    [[nodiscard]] Instant later(const Step& step) const;
    [[nodiscard]] engine::Fact fact_of(const Step& step);
    [[nodiscard]] engine::Fact money_fact(const Step& step);
    [[nodiscard]] std::vector<engine::ReturnedLine> returned_of(const Step& step) const;
    [[nodiscard]] std::string some_order(int target) const;

    const Habits& habits_;
    Zone zone_;
    Instant now_;
    Instant at_;  ///< of the event being read
    int orders_ = 0;
    int references_ = 0;
};

/// The events of a life, in order of arrival.
[[nodiscard]] std::vector<engine::Event> events_of(const std::vector<Step>& steps, const Habits& habits);

/// A readable list, for a failing case.
[[nodiscard]] std::string text_of(const std::vector<engine::Event>& events);

}  // namespace regulars::model

// For tests: a backtest of a text, without files, with everything that came of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backtest/load.hpp"
#include "backtest/play.hpp"

namespace regulars::backtest::testing {

struct Setting {
    std::string programme = "programmes/vancl.yaml";
    std::string map = {};
    ReturnsPolicy returns = ReturnsPolicy::match;
    std::string until = {};    ///< empty: the day of the last row
    std::string facts = {};    ///< the file of facts; empty: there is none
    CouponUse use = CouponUse::told;
};

struct Rehearsed {
    std::string failure;  ///< of the file as a whole; then the rest is empty
    Report report;
    std::vector<Standing> standings;
    std::vector<std::string> customers;  ///< by Standing::customer
    std::string rejects;                 ///< text of the rejects file
    std::string members_csv;
    std::string facts_rejects;  ///< text of the rejects file of facts

    /// The standing of a customer; fails the test when there is none.
    [[nodiscard]] Standing of(std::string_view customer) const;
    /// "line reason" of every rejected row.
    [[nodiscard]] std::vector<std::string> reject_reasons() const;
};

/// A programme of the source tree; stops the test when it is not valid.
[[nodiscard]] std::shared_ptr<const programme::Programme> programme_at(const std::string& path);

/// Hands out a text in pieces of at most `piece_size` bytes.
[[nodiscard]] ReadChunk reader_of(std::string text, std::size_t piece_size = 1 << 20);

[[nodiscard]] Rehearsed rehearse(std::string_view csv, const Setting& setting = {});

}  // namespace regulars::backtest::testing

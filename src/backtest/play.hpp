// A programme over a whole table of orders: every member through the engine, and the sums.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "backtest/fact_setting.hpp"
#include "backtest/order_table.hpp"
#include "backtest/rejects.hpp"
#include "backtest/report.hpp"
#include "engine/event.hpp"
#include "programme/programme.hpp"

namespace regulars::backtest {

/// What a long run is doing.
enum class Stage : std::uint8_t { reading, playing, comparing, writing };
[[nodiscard]] std::string_view name_of(Stage stage);

/// Is shown every event just before the engine decides on it, member by member: how an import gets the events of a
/// file.
using Observer = std::function<void(std::uint32_t customer, const engine::Event& event)>;

/// Called now and then. `total` is 0 where it is not known; reading counts bytes, playing members.
using Progress = std::function<void(Stage stage, std::uint64_t done, std::uint64_t total)>;

struct Play {
    std::shared_ptr<const programme::Programme> programme;
    const OrderTable& table;     ///< sorted by member
    LocalDate until;             ///< the last day; it is closed at its midnight
    Rejects* rejects = nullptr;  ///< null: refused orders are only counted
    bool keep_standings = false;
    std::function<double()> now_seconds;  ///< a clock that only runs forwards
    Progress progress{};                  ///< may be empty
    Stage stage = Stage::playing;
    Observer observe{};  ///< may be empty
    FactSetting facts{};
};

struct Played {
    Report report;                    ///< all but the names of files and what reading has counted
    std::vector<Standing> standings;  ///< in order of first appearance; empty unless they are kept
};

[[nodiscard]] Played play(const Play& request);

}  // namespace regulars::backtest

// A backtest from files to files: what `regulars backtest` does, whose flags are the fields of Request.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "backtest/column_map.hpp"
#include "backtest/load.hpp"
#include "backtest/play.hpp"
#include "backtest/report.hpp"
#include "base/diagnostic.hpp"
#include "base/expected.hpp"
#include "base/time.hpp"

namespace regulars::backtest {

struct Request {
    std::string programme_path;
    std::string orders_path;  ///< CSV, plain or gzip; "-" is the standard input
    ColumnMap map;            ///< parse_map makes one of --map
    ReturnsPolicy returns = ReturnsPolicy::match;
    std::optional<LocalDate> until;  ///< else the local day of the last order
    std::string compare_path;        ///< empty: no other programme
    std::string json_path;           ///< empty: not written; "-" is the standard output, also below
    std::string members_path;
    std::string report_path;
    std::string facts_path;               ///< of what happened beside orders (member_facts.hpp); empty: nothing told
    CouponUse use = CouponUse::told;
    std::string rejects_path;             ///< empty: beside the orders, see files.hpp
    std::string_view chart_script;        ///< text of echarts.min.js for the report
    std::function<double()> now_seconds;  ///< a clock that only runs forwards; must be there
};

enum class FailureKind : std::uint8_t {
    programme,  ///< cannot be read or is not valid: see the diagnostics
    compare,    ///< the same of the other programme, or the two cannot be compared
    orders,     ///< the file cannot be read, lacks columns or has no usable row
    facts,      ///< the file of facts cannot be read or lacks columns
    output,     ///< a file cannot be written
};

struct Failure {
    FailureKind kind;
    std::string message;      ///< a sentence; for a programme that is not valid, the diagnostics in lines
    Diagnostics diagnostics;  ///< of a programme that is not valid
};

/// Reads, plays and writes all that is asked for. Rejected rows do not make it fail.
[[nodiscard]] expected<Report, Failure> run(const Request& request, const Progress& progress);

}  // namespace regulars::backtest

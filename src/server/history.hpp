// A file of orders as commands for a live service: the very events that a backtest of the same file decides on, member
// by member, each member's in order of time. So live and backtest agree.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "backtest/column_map.hpp"
#include "backtest/load.hpp"
#include "backtest/play.hpp"
#include "base/expected.hpp"
#include "programme/programme.hpp"
#include "service/service.hpp"

namespace regulars::server {

struct HistoryRequest {
    std::string orders_path;
    backtest::ColumnMap map;
    backtest::ReturnsPolicy returns = backtest::ReturnsPolicy::match;
    /// Customers become identities of this kind.
    std::string identity_kind = "customer:shop";
    std::string rejects_path;  ///< empty: beside the orders
};

/// What became of the file's rows.
struct HistoryCounts {
    backtest::OrderCounts orders;
    std::uint64_t members = 0;
    std::string rejects_file;  ///< empty when no row was rejected
};

class History {
public:
    /// Reads the whole file. The failure is a sentence.
    static expected<std::unique_ptr<History>, std::string> open(const HistoryRequest& request,
                                                                std::shared_ptr<const programme::Programme> programme,
                                                                const backtest::Progress& progress);
    /// May be called before the end: the rest is thrown away.
    ~History();
    History(const History&) = delete;
    History& operator=(const History&) = delete;

    /// The next command; nothing at the end.
    [[nodiscard]] std::optional<service::Command> next();
    [[nodiscard]] std::uint64_t members() const;
    /// Complete once `next` has given nothing. A rejects file that cannot be written is a failure.
    [[nodiscard]] expected<HistoryCounts, std::string> counts();

private:
    struct Parts;
    explicit History(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace regulars::server

// Orders as CSV, with the columns that `regulars backtest` and `regulars import` read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "make_orders/orders.hpp"

namespace regulars::make_orders {

/// minimal: one row an order, with its amount. full: one row a line, with all columns.
enum class Columns { minimal, full };

/// Appends rows to a text, which the caller empties as often as it likes.
class Writer {
public:
    explicit Writer(Columns columns) : columns_(columns) {}

    void header(std::string& text) const;
    void order(const Order& order, std::string& text);

private:
    void full_row(const Order& order, const Line& line, bool first, std::string& text);
    /// "2026-11-22"; most orders are of the same few days, so the last two texts are kept.
    std::string_view date_text(LocalDate date, bool shipped);

    struct Day {
        LocalDate date{INT32_MIN};
        std::string text;
    };

    Columns columns_;
    Day ordered_;
    Day shipped_;
};

}  // namespace regulars::make_orders

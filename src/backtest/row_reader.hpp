// Understands one record of an orders file: checks every field and says what is wrong with the first bad one.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "backtest/column_map.hpp"
#include "backtest/csv.hpp"
#include "backtest/instant_reader.hpp"
#include "backtest/order_table.hpp"
#include "programme/programme.hpp"

namespace regulars::backtest {

/// Why a row is not usable: a stable word, and a sentence for people.
struct Complaint {
    std::string_view reason;
    std::string message;
};

class RowReader {
public:
    /// The table's pools take the texts; the programme says zone, currency digits and price kinds.
    RowReader(const programme::Programme& programme, const Layout& layout, OrderTable& table);

    /// Fills `row` from the record. With a complaint, `row` is not to be used and the customer is not known to the
    /// table.
    [[nodiscard]] std::optional<Complaint> read(const Record& record, Row& row);

private:
    [[nodiscard]] std::string_view field(Column column) const;
    [[nodiscard]] std::optional<Complaint> read_instants(Row& row);
    [[nodiscard]] std::optional<Complaint> read_amount(Row& row);
    [[nodiscard]] std::optional<Complaint> read_price_kind(Row& row) const;
    [[nodiscard]] std::optional<Complaint> read_money(Column column, std::int64_t& amount) const;
    [[nodiscard]] std::optional<Complaint> read_texts(Row& row);
    [[nodiscard]] std::optional<Complaint> read_text(Column column, std::uint32_t& number);

    const programme::Programme& programme_;
    Layout layout_;
    OrderTable& table_;
    InstantReader instants_;
    std::span<const std::string_view> fields_;
};

/// The columns that a table must keep for files of this layout.
[[nodiscard]] Optionals optionals_of(const Layout& layout);

/// Whether the text is UTF-8 without control characters.
[[nodiscard]] bool is_clean_text(std::string_view text);

}  // namespace regulars::backtest

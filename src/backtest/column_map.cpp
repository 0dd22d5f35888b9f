#include "backtest/column_map.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <bitset>
#include <optional>
#include <vector>

#include "base/nearest.hpp"

namespace regulars::backtest {

namespace {

constexpr std::array<std::string_view, column_count> names{
    "order_id", "customer_id", "ordered_at", "amount",      "shipped_at", "sku",          "product", "category",
    "quantity", "unit_price",  "price_kind", "list_amount", "cost",       "shipping_fee", "channel", "store"};

// A column set to nothing in --map; no header can hold this name.
constexpr std::string_view nothing("\0", 1);

// What other shops call the columns that must be there, for the suggested --map.
struct OtherNames {
    Column column;
    std::array<std::string_view, 12> names;
};
constexpr std::array<OtherNames, 5> other_names{{
    {Column::customer_id,
     {"customer", "client_id", "user_id", "member_id", "household_id", "buyer_id", "cust_id", "customer_no",
      "account_id", "shopper_id", "card_no", "uid"}},
    {Column::ordered_at,
     {"order_date", "date", "invoice_date", "transaction_timestamp", "created_at", "timestamp", "order_time",
      "purchase_date", "paid_at", "datetime", "time", "transaction_date"}},
    {Column::amount,
     {"total", "sales", "sales_value", "order_amount", "amount_paid", "price", "revenue", "value", "paid",
      "grand_total", "payment", "net_amount"}},
    {Column::unit_price,
     {"unitprice", "price_each", "item_price", "unit_cost", "price", "sale_price", "each", "rate", "price_unit",
      "uprice", "single_price", "list_price"}},
    {Column::quantity,
     {"qty", "units", "count", "pieces", "items", "number", "cds", "volume", "pcs", "amount_items", "quantities",
      "num"}},
}};

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return result;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

std::optional<Column> column_named(std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<Column>(found - names.begin());
}

std::string did_you_mean(const std::optional<std::string>& word) {
    return word ? fmt::format("; did you mean {}?", *word) : std::string();
}

}  // namespace

std::string_view name_of(Column column) {
    return names[static_cast<std::size_t>(column)];
}

expected<ColumnMap, std::string> parse_map(std::string_view text) {
    ColumnMap map;
    std::bitset<column_count> seen;
    while (!text.empty()) {
        const auto comma = std::min(text.find(','), text.size());
        const std::string_view pair = trimmed(text.substr(0, comma));
        text.remove_prefix(std::min(comma + 1, text.size()));
        if (pair.empty()) continue;
        const auto equals = pair.find('=');
        if (equals == std::string_view::npos)
            return unexpected(
                fmt::format("--map wants name=column, found \"{}\"; example: "
                            "--map customer_id=household,ordered_at=date",
                            pair));
        const std::string_view name = trimmed(pair.substr(0, equals));
        const std::string_view file_name = trimmed(pair.substr(equals + 1));
        const auto column = column_named(name);
        if (!column)
            return unexpected(fmt::format("--map does not know \"{}\"{} The names are: {}", name,
                                          did_you_mean(nearest(name, names)), fmt::join(names, ", ")));
        const auto index = static_cast<std::size_t>(*column);
        if (seen[index]) return unexpected(fmt::format("--map names {} twice", name));
        seen.set(index);
        map.file_names[index] = file_name.empty() ? nothing : file_name;
    }
    return map;
}

namespace {

std::optional<std::size_t> place_of(std::span<const std::string_view> header, std::string_view name) {
    const auto exact = std::find(header.begin(), header.end(), name);
    if (exact != header.end()) return exact - header.begin();
    const std::string wanted = lower(name);
    const auto alike =
        std::find_if(header.begin(), header.end(), [&](std::string_view other) { return lower(other) == wanted; });
    if (alike == header.end()) return std::nullopt;
    return alike - header.begin();
}

// The file's column that most likely is the one wanted.
std::optional<std::string> guess(Column column, std::span<const std::string_view> header) {
    for (const OtherNames& other : other_names) {
        if (other.column != column) continue;
        for (const std::string_view name : other.names)
            if (const auto place = place_of(header, name)) return std::string(header[*place]);
    }
    return nearest(name_of(column), header);
}

struct Missing {
    std::vector<Column> columns;
    bool price = false;  ///< neither amount nor quantity and unit_price
};

std::string text_of(const Missing& missing, std::span<const std::string_view> header) {
    std::vector<std::string> wanted;
    std::vector<std::string> pairs;
    for (const Column column : missing.columns) {
        wanted.emplace_back(name_of(column));
        if (const auto found = guess(column, header)) pairs.push_back(fmt::format("{}={}", name_of(column), *found));
    }
    if (missing.price) {
        wanted.emplace_back("amount (or quantity and unit_price)");
        if (const auto found = guess(Column::amount, header)) pairs.push_back(fmt::format("amount={}", *found));
    }
    std::string text =
        fmt::format("the header lacks {}. It has: {}.", fmt::join(wanted, ", "), fmt::join(header, ", "));
    if (header.size() == 1 && header[0].find_first_of(";\t|") != std::string_view::npos)
        return text + " Columns must be separated by commas.";
    if (pairs.empty()) return text + " Say which is which with --map name=column,...";
    return text + fmt::format(" Perhaps --map {}", fmt::join(pairs, ","));
}

}  // namespace

expected<Layout, std::string> layout_of(std::span<const std::string_view> header, const ColumnMap& map) {
    Layout layout;
    layout.width = header.size();
    for (std::size_t i = 0; i < column_count; ++i) {
        layout.places[i] = -1;
        const std::string& mapped = map.file_names[i];
        if (mapped == nothing) continue;
        const std::string_view wanted = mapped.empty() ? names[i] : std::string_view(mapped);
        const auto place = place_of(header, wanted);
        if (!place && !mapped.empty())
            return unexpected(fmt::format("--map says {}={}, but the file has no column \"{}\"{} It has: {}.", names[i],
                                          mapped, mapped, did_you_mean(nearest(mapped, header)),
                                          fmt::join(header, ", ")));
        if (!place) continue;
        if (std::count(header.begin(), header.end(), header[*place]) > 1)
            return unexpected(fmt::format("the header has the column \"{}\" more than once", header[*place]));
        layout.places[i] = static_cast<std::int32_t>(*place);
    }
    Missing missing;
    for (const Column column : {Column::customer_id, Column::ordered_at})
        if (!layout.has(column)) missing.columns.push_back(column);
    missing.price = !layout.has(Column::amount) && !(layout.has(Column::quantity) && layout.has(Column::unit_price));
    if (!missing.columns.empty() || missing.price) return unexpected(text_of(missing, header));
    return layout;
}

}  // namespace regulars::backtest

#include "backtest/row_reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstring>

#include "backtest/number.hpp"
#include "base/limits.hpp"
#include "base/nearest.hpp"

namespace regulars::backtest {

namespace {

constexpr std::size_t shown_size_max = 60;

// What was found, short enough to be read in a message.
std::string shown(std::string_view text) {
    if (text.size() <= shown_size_max) return fmt::format("\"{}\"", text);
    return fmt::format("\"{}...\"", text.substr(0, shown_size_max));
}

Complaint complaint_of(Column column, std::string_view text, NumberFault fault, std::int32_t digits) {
    const bool large = fault == NumberFault::too_large;
    const std::string_view reason = large ? "over_limit" : column == Column::quantity ? "bad_quantity" : "bad_amount";
    std::string advice;
    if (fault == NumberFault::too_precise)
        advice = digits == 0 ? std::string("; a whole number is wanted") : fmt::format("; {} at most", digits);
    if (fault == NumberFault::thousands_separator) advice = "; write 1234.50";
    return {reason, fmt::format("{} {} {}{}", name_of(column), shown(text), sentence_of(fault), advice)};
}

bool is_continuation(unsigned char byte) {
    return (byte & 0xC0u) == 0x80;
}

// The length of the UTF-8 sequence that starts the text; 0 when it is not one.
std::size_t sequence_size(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    const std::size_t size = first < 0x80   ? 1
                             : first < 0xC2 ? 0
                             : first < 0xE0 ? 2
                             : first < 0xF0 ? 3
                             : first < 0xF5 ? 4
                                            : 0;
    if (size == 0 || size > text.size()) return 0;
    for (std::size_t i = 1; i < size; ++i)
        if (!is_continuation(byte(i))) return 0;
    if (first == 0xE0 && byte(1) < 0xA0) return 0;  // shorter form exists
    if (first == 0xED && byte(1) > 0x9F) return 0;  // surrogates
    if (first == 0xF0 && byte(1) < 0x90) return 0;
    if (first == 0xF4 && byte(1) > 0x8F) return 0;
    return size;
}

// Eight printable ASCII bytes at a time.
bool is_printable_ascii(std::string_view text) {
    constexpr std::uint64_t high_bits = 0x8080808080808080u;
    constexpr std::uint64_t spaces = 0x2020202020202020u;
    constexpr std::uint64_t ones = 0x0101010101010101u;
    std::size_t i = 0;
    for (; i + 8 <= text.size(); i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + i, 8);
        // A byte below the space borrows into its high bit, and one more than 0x7E carries into it.
        if (((word | (word - spaces) | (word + ones)) & high_bits) != 0) return false;
    }
    for (; i < text.size(); ++i)
        if (text[i] < ' ' || static_cast<unsigned char>(text[i]) >= 0x7F) return false;
    return true;
}

}  // namespace

bool is_clean_text(std::string_view text) {
    if (is_printable_ascii(text)) return true;
    while (!text.empty()) {
        const std::size_t size = sequence_size(text);
        if (size == 0 || (size == 1 && (static_cast<unsigned char>(text[0]) < 0x20 || text[0] == 0x7F))) return false;
        text.remove_prefix(size);
    }
    return true;
}

Optionals optionals_of(const Layout& layout) {
    Optionals kept;
    kept.order_id = layout.has(Column::order_id);
    kept.shipped_at = layout.has(Column::shipped_at);
    kept.sku = layout.has(Column::sku);
    kept.product = layout.has(Column::product);
    kept.category = layout.has(Column::category);
    kept.quantity = layout.has(Column::quantity);
    kept.price_kind = layout.has(Column::price_kind);
    kept.list_amount = layout.has(Column::list_amount);
    kept.cost = layout.has(Column::cost);
    kept.shipping_fee = layout.has(Column::shipping_fee);
    kept.channel = layout.has(Column::channel);
    kept.store = layout.has(Column::store);
    return kept;
}

RowReader::RowReader(const programme::Programme& programme, const Layout& layout, OrderTable& table)
    : programme_(programme), layout_(layout), table_(table), instants_(programme.zone) {}

std::optional<Complaint> RowReader::read(const Record& record, Row& row) {
    switch (record.fault) {
        case RecordFault::none:
            break;
        case RecordFault::quote_not_closed:
            return Complaint{"bad_quotes", "a quote is opened and not closed"};
        case RecordFault::text_after_quote:
            return Complaint{"bad_quotes", "text follows a closing quote"};
        case RecordFault::too_long:
            return Complaint{"over_limit", "the row is longer than 64 KiB"};
        case RecordFault::too_many_fields:
            return Complaint{"field_count", "the row has more than 1024 fields"};
    }
    if (record.fields.size() != layout_.width)
        return Complaint{"field_count",
                         fmt::format("the row has {} fields, the header {}", record.fields.size(), layout_.width)};
    if (record.line > UINT32_MAX) return Complaint{"over_limit", "the file has more than 4294967295 lines"};
    fields_ = record.fields;
    row.line = static_cast<std::uint32_t>(record.line);

    const std::string_view customer = field(Column::customer_id);
    if (customer.empty()) return Complaint{"missing_customer", "customer_id is empty"};
    if (customer.size() > limits::id_size_max) return Complaint{"over_limit", "customer_id is longer than 128 bytes"};
    if (!is_clean_text(customer)) return Complaint{"bad_text", "customer_id is not clean UTF-8"};
    const std::uint64_t hash = table_.customers().hash(customer);
    if (auto complaint = read_instants(row)) return complaint;
    if (auto complaint = read_amount(row)) return complaint;
    if (auto complaint = read_price_kind(row)) return complaint;
    if (auto complaint = read_texts(row)) return complaint;
    row.customer = table_.customers().add(customer, hash);
    return std::nullopt;
}

// The field without blanks around it; empty if the file has no such column.
std::string_view RowReader::field(Column column) const {
    const std::int32_t place = layout_.of(column);
    if (place < 0) return {};
    std::string_view text = fields_[static_cast<std::size_t>(place)];
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

std::optional<Complaint> RowReader::read_instants(Row& row) {
    constexpr std::string_view advice = "is not a date from 1900 to 2200; write YYYY-MM-DD or YYYY-MM-DDTHH:MM:SS";
    const std::string_view ordered = field(Column::ordered_at);
    if (ordered.empty()) return Complaint{"bad_date", "ordered_at is empty"};
    const auto stamp = instants_.read(ordered);
    if (!stamp) return Complaint{"bad_date", fmt::format("ordered_at {} {}", shown(ordered), advice)};
    row.ordered_at = stamp->at;
    row.shipped_at = stamp->at;
    const std::string_view shipped = field(Column::shipped_at);
    if (shipped.empty()) return std::nullopt;
    const auto shipped_stamp = instants_.read(shipped);
    if (!shipped_stamp) return Complaint{"bad_date", fmt::format("shipped_at {} {}", shown(shipped), advice)};
    row.shipped_at = shipped_stamp->at;
    if (row.shipped_at >= row.ordered_at) return std::nullopt;
    // A date without a time says no more than the day: shipped on the day of the order.
    if (!shipped_stamp->date_only || programme_.zone.date(row.ordered_at) != programme_.zone.date(row.shipped_at))
        return Complaint{"bad_date",
                         fmt::format("shipped_at {} is before ordered_at {}", shown(shipped), shown(ordered))};
    row.shipped_at = row.ordered_at;
    return std::nullopt;
}

// Amount and quantity, whose signs tell a return.
std::optional<Complaint> RowReader::read_amount(Row& row) {
    const std::string_view quantity_text = field(Column::quantity);
    std::int64_t quantity = 0;
    if (!quantity_text.empty()) {
        const auto parsed = parse_whole(quantity_text);
        if (!parsed) return complaint_of(Column::quantity, quantity_text, parsed.error(), 0);
        quantity = *parsed;
        if (quantity > limits::quantity_max || quantity < -limits::quantity_max)
            return complaint_of(Column::quantity, quantity_text, NumberFault::too_large, 0);
    }
    const std::string_view amount_text = field(Column::amount);
    std::int64_t amount = 0;
    if (!amount_text.empty()) {
        const auto parsed = parse_minor(amount_text, programme_.minor_digits);
        if (!parsed) return complaint_of(Column::amount, amount_text, parsed.error(), programme_.minor_digits);
        amount = *parsed;
    } else {
        const std::string_view price_text = field(Column::unit_price);
        if (price_text.empty() || quantity_text.empty())
            return Complaint{"bad_amount", "amount is empty, and quantity and unit_price are not both given"};
        const auto price = parse_decimal(price_text);
        if (!price) return complaint_of(Column::unit_price, price_text, price.error(), 15);
        const auto product = price_of(quantity, *price, programme_.minor_digits);
        if (!product) return complaint_of(Column::unit_price, price_text, product.error(), 15);
        amount = *product;
    }
    row.is_return = quantity < 0 || amount < 0;
    row.amount = amount < 0 ? -amount : amount;
    row.quantity = static_cast<std::int32_t>(quantity < 0 ? -quantity : quantity);
    row.list_amount = row.cost = row.shipping_fee = Row::unknown;
    if (row.is_return) return std::nullopt;
    if (auto complaint = read_money(Column::list_amount, row.list_amount)) return complaint;
    if (auto complaint = read_money(Column::cost, row.cost)) return complaint;
    return read_money(Column::shipping_fee, row.shipping_fee);
}

std::optional<Complaint> RowReader::read_money(Column column, std::int64_t& amount) const {
    const std::string_view text = field(column);
    if (text.empty()) return std::nullopt;
    const auto parsed = parse_minor(text, programme_.minor_digits);
    if (!parsed) return complaint_of(column, text, parsed.error(), programme_.minor_digits);
    if (*parsed < 0) return Complaint{"bad_amount", fmt::format("{} {} is negative", name_of(column), shown(text))};
    amount = *parsed;
    return std::nullopt;
}

std::optional<Complaint> RowReader::read_price_kind(Row& row) const {
    row.price_kind = Row::kind_unknown;
    const std::string_view text = field(Column::price_kind);
    if (text.empty()) return std::nullopt;
    const auto kind = programme_.price_kind(text);
    if (!kind) {
        const auto close = nearest(text, programme_.price_kinds);
        return Complaint{
            "unknown_price_kind",
            fmt::format("price_kind {} is not one of {}{}", shown(text), fmt::join(programme_.price_kinds, ", "),
                        close ? fmt::format("; did you mean {}?", *close) : std::string())};
    }
    row.price_kind = *kind;
    return std::nullopt;
}

std::optional<Complaint> RowReader::read_texts(Row& row) {
    row.order_id = field(Column::order_id);
    if (row.order_id.size() > limits::id_size_max) return Complaint{"over_limit", "order_id is longer than 128 bytes"};
    if (!is_clean_text(row.order_id)) return Complaint{"bad_text", "order_id is not clean UTF-8"};
    if (auto complaint = read_text(Column::sku, row.sku)) return complaint;
    if (auto complaint = read_text(Column::product, row.product)) return complaint;
    if (auto complaint = read_text(Column::category, row.category)) return complaint;
    if (auto complaint = read_text(Column::channel, row.channel)) return complaint;
    return read_text(Column::store, row.store);
}

std::optional<Complaint> RowReader::read_text(Column column, std::uint32_t& number) {
    number = TextPool::none;
    const std::string_view text = field(column);
    if (text.empty()) return std::nullopt;
    if (text.size() > limits::id_size_max)
        return Complaint{"over_limit", fmt::format("{} is longer than 128 bytes", name_of(column))};
    if (!is_clean_text(text)) return Complaint{"bad_text", fmt::format("{} is not clean UTF-8", name_of(column))};
    number = table_.texts().add(text);
    return std::nullopt;
}

}  // namespace regulars::backtest

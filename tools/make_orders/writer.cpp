#include "make_orders/writer.hpp"

#include <fmt/compile.h>
#include <fmt/format.h>

#include <cstdlib>
#include <iterator>
#include <utility>

namespace regulars::make_orders {

namespace {

template <class Format, class... Values>
void append(std::string& text, const Format& format, const Values&... values) {
    fmt::format_to(std::back_inserter(text), format, values...);
}

// "-12.30" for -1230 fen.
void append_money(std::string& text, std::int64_t fen) {
    if (fen < 0) text += '-';
    append(text, FMT_COMPILE("{}.{:02}"), std::abs(fen) / 100, std::abs(fen) % 100);
}

void append_time(std::string& text, std::string_view date, std::uint32_t second) {
    append(text, FMT_COMPILE("{}T{:02}:{:02}:{:02}"), date, second / 3600, second / 60 % 60, second % 60);
}

void append_ids(std::string& text, const Order& order) {
    append(text, FMT_COMPILE("{}{:08},C{:07},"), order.is_return ? 'R' : 'O', order.number, order.member + 1);
}

}  // namespace

void Writer::header(std::string& text) const {
    text += columns_ == Columns::minimal ? "order_id,customer_id,ordered_at,amount\n"
                                         : "order_id,customer_id,ordered_at,shipped_at,sku,category,quantity,"
                                           "unit_price,amount,price_kind,list_amount,cost,shipping_fee,channel,store\n";
}

void Writer::order(const Order& order, std::string& text) {
    if (columns_ == Columns::full) {
        bool first = true;
        for (const Line& line : order.all_lines()) full_row(order, line, std::exchange(first, false), text);
        return;
    }
    std::int64_t amount = 0;
    for (const Line& line : order.all_lines()) amount += line.quantity * line.unit_price;
    append_ids(text, order);
    append_time(text, date_text(order.date, false), order.second_of_day);
    text += ',';
    append_money(text, amount);
    text += '\n';
}

// The shipping fee belongs to the order, so only its first line names it.
void Writer::full_row(const Order& order, const Line& line, bool first, std::string& text) {
    append_ids(text, order);
    append_time(text, date_text(order.date, false), order.second_of_day);
    text += ',';
    if (order.shipping_days > 0)
        append_time(text, date_text(add_days(order.date, order.shipping_days), true), 16 * 3600);
    append(text, FMT_COMPILE(",{},{},{},"), line.article->sku, line.article->category, line.quantity);
    append_money(text, line.unit_price);
    text += ',';
    append_money(text, line.quantity * line.unit_price);
    append(text, FMT_COMPILE(",{},"), line.price_kind);
    append_money(text, line.quantity * line.article->list_price);
    text += ',';
    append_money(text, line.quantity * line.article->cost);
    text += ',';
    if (first) append_money(text, order.shipping_fee);
    append(text, FMT_COMPILE(",{},{}\n"), order.channel, order.store);
}

std::string_view Writer::date_text(LocalDate date, bool shipped) {
    Day& day = shipped ? shipped_ : ordered_;
    if (day.date != date) day = {date, text_of(date)};
    return day.text;
}

}  // namespace regulars::make_orders

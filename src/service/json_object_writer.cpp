#include "service/json_object_writer.hpp"

#include "base/check.hpp"

namespace regulars::service {

static char* put_digits(char* at, std::int64_t value, int count) {
    for (int i = count - 1; i >= 0; --i, value /= 10) at[i] = static_cast<char>('0' + value % 10);
    return at + count;
}

void ObjectWriter::append_text(std::string_view value) {
    out_ += '"';
    std::size_t done = 0;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const char c = value[i];
        if (static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\') [[likely]] continue;
        out_.append(value, done, i - done);
        done = i + 1;
        if (c == '"' || c == '\\') {
            out_ += '\\';
            out_ += c;
        } else {
            constexpr std::string_view hex = "0123456789abcdef";
            out_ += "\\u00";
            out_ += hex[static_cast<unsigned char>(c) >> 4U];
            out_ += hex[static_cast<unsigned char>(c) & 15U];
        }
    }
    out_.append(value, done);
    out_ += '"';
}

// As text_of(Instant) writes it, without its small texts.
void ObjectWriter::append_instant(Instant value) {
    const std::int64_t days = value.ms / ms_per_day - (value.ms % ms_per_day < 0 ? 1 : 0);
    const std::int64_t ms = value.ms - days * ms_per_day;
    const YearMonthDay date = parts_of({static_cast<std::int32_t>(days)});
    std::array<char, 26> text;
    char* at = text.data();
    *at++ = '"';
    at = put_digits(at, date.year, 4);
    *at++ = '-';
    at = put_digits(at, date.month, 2);
    *at++ = '-';
    at = put_digits(at, date.day, 2);
    *at++ = 'T';
    at = put_digits(at, ms / 3'600'000, 2);
    *at++ = ':';
    at = put_digits(at, ms / 60'000 % 60, 2);
    *at++ = ':';
    at = put_digits(at, ms / 1000 % 60, 2);
    *at++ = '.';
    at = put_digits(at, ms % 1000, 3);
    *at++ = 'Z';
    *at++ = '"';
    check_equal(at - text.data(), 26, "an instant as text has one size");
    out_.append(text.data(), text.size());
}

}  // namespace regulars::service

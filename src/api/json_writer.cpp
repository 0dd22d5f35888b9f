#include "api/json_writer.hpp"

#include <array>

#include <fmt/format.h>

#include "api/text.hpp"

namespace regulars::api {

namespace {

/// True for bytes that stand for themselves inside a JSON string.
constexpr std::array<bool, 256> plain_bytes = [] {
    std::array<bool, 256> plain{};
    for (std::size_t byte = 0x20; byte < 0x80; ++byte) plain[byte] = true;
    plain['"'] = false;
    plain['\\'] = false;
    plain[0x7f] = false;
    return plain;
}();

void append_escaped(std::string& out, unsigned char byte) {
    switch (byte) {
        case '"': out += "\\\""; return;
        case '\\': out += "\\\\"; return;
        case '\n': out += "\\n"; return;
        case '\r': out += "\\r"; return;
        case '\t': out += "\\t"; return;
        default: fmt::format_to(std::back_inserter(out), "\\u{:04x}", byte); return;
    }
}

}  // namespace

void append_json_text(std::string& out, std::string_view text) {
    out += '"';
    std::size_t start = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (plain_bytes[byte]) {
            ++at;
            continue;
        }
        if (byte >= 0x80) {
            const std::size_t length = utf8_length(text.substr(at));
            if (length > 0) {
                at += length;
                continue;
            }
        }
        out.append(text, start, at - start);
        if (byte >= 0x80) {
            out += "\xEF\xBF\xBD";
        } else {
            append_escaped(out, byte);
        }
        start = ++at;
    }
    out.append(text, start, at - start);
    out += '"';
}

void JsonWriter::separate() {
    if (out_.empty()) return;
    const char last = out_.back();
    if (last != '{' && last != '[' && last != ':' && last != '\n') out_ += ',';
}

void JsonWriter::open(char bracket) {
    separate();
    out_ += bracket;
}

void JsonWriter::name(std::string_view name) {
    separate();
    out_ += '"';
    out_ += name;
    out_ += "\":";
}

void JsonWriter::text(std::string_view value) {
    separate();
    append_json_text(out_, value);
}

void JsonWriter::integer(std::int64_t value) {
    separate();
    const fmt::format_int digits(value);
    out_.append(digits.data(), digits.size());
}

void JsonWriter::count(std::uint64_t value) {
    separate();
    const fmt::format_int digits(value);
    out_.append(digits.data(), digits.size());
}

void JsonWriter::boolean(bool value) {
    separate();
    out_ += value ? "true" : "false";
}

void JsonWriter::null() {
    separate();
    out_ += "null";
}

void JsonWriter::instant(Instant value) {
    if (value == instant_max || value == instant_min) {
        null();
        return;
    }
    separate();
    out_ += '"';
    out_ += text_of(value);
    out_ += '"';
}

void JsonWriter::raw(std::string_view json) {
    separate();
    out_ += json;
}

void JsonWriter::field(std::string_view field_name, std::string_view value) {
    name(field_name);
    text(value);
}

void JsonWriter::field(std::string_view field_name, std::int64_t value) {
    name(field_name);
    integer(value);
}

void JsonWriter::field(std::string_view field_name, bool value) {
    name(field_name);
    boolean(value);
}

void JsonWriter::field(std::string_view field_name, Instant value) {
    name(field_name);
    instant(value);
}

void JsonWriter::id_field(std::string_view field_name, std::uint64_t value) {
    name(field_name);
    out_ += '"';
    const fmt::format_int digits(value);
    out_.append(digits.data(), digits.size());
    out_ += '"';
}

void JsonWriter::count_field(std::string_view field_name, std::uint64_t value) {
    name(field_name);
    count(value);
}

void JsonWriter::text_field(std::string_view field_name, std::string_view value) {
    text(field_name);
    out_ += ':';
    text(value);
}

void JsonWriter::field_if(std::string_view field_name, std::string_view value) {
    if (!value.empty()) field(field_name, value);
}

}  // namespace regulars::api

#include "store/statement.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <charconv>

namespace regulars::store {

namespace {

constexpr std::string_view rows_marker = "{rows}";

std::string_view array_type(Type type) {
    switch (type) {
        case Type::integer:
            return "bigint[]";
        case Type::text:
            return "text[]";
        case Type::bytes:
            return "bytea[]";
        case Type::none:
            break;
    }
    check_failed("a parameter without a type");
}

std::string rows_in(Dialect dialect, const Statement& statement) {
    const bool sqlite = dialect == Dialect::sqlite;
    std::string rows = sqlite ? "VALUES (" : "SELECT * FROM unnest(";
    for (std::size_t index = 0; index < parameter_count(statement); ++index) {
        const auto& [name, type] = statement.parameters[index];
        if (index > 0) rows += ", ";
        if (sqlite && type != Type::bytes) {
            rows.append(":").append(name);
        } else {
            rows.append("CAST(:").append(name).append(" AS ").append(sqlite ? "BLOB" : array_type(type)).append(")");
        }
    }
    return rows + ")";
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (auto place = text.find(from); place != std::string::npos; place = text.find(from, place + to.size()))
        text.replace(place, from.size(), to);
}

void next_element(std::string& array) {
    if (array.size() > 1) array += ',';
}

int digit_of(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    return -1;
}

}  // namespace

std::size_t parameter_count(const Statement& statement) {
    return static_cast<std::size_t>(std::ranges::count_if(
        statement.parameters, [](const Parameter& parameter) { return parameter.type != Type::none; }));
}

std::size_t result_count(const Statement& statement) {
    return static_cast<std::size_t>(
        std::ranges::count_if(statement.results, [](Type type) { return type != Type::none; }));
}

bool takes_rows(const Statement& statement) {
    return statement.text.find(rows_marker) != std::string_view::npos;
}

std::string text_in(Dialect dialect, const Statement& statement) {
    std::string text(statement.text);
    const auto place = text.find(rows_marker);
    if (place != std::string::npos) text.replace(place, rows_marker.size(), rows_in(dialect, statement));
    return text;
}

std::string migration_in(Dialect dialect, std::string_view text) {
    const bool sqlite = dialect == Dialect::sqlite;
    constexpr std::string_view only_sqlite = "{sqlite} ";
    if (text.starts_with(only_sqlite)) {
        if (!sqlite) return {};
        text.remove_prefix(only_sqlite.size());
    }
    std::string result(text);
    replace_all(result, "{int64}", sqlite ? "INTEGER" : "bigint");
    replace_all(result, "{text}", sqlite ? "TEXT" : "text COLLATE \"C\"");
    replace_all(result, "{bytes}", sqlite ? "BLOB" : "bytea");
    replace_all(result, " {clustered}", sqlite ? " WITHOUT ROWID" : "");
    return result;
}

void append_integer(std::string& array, std::int64_t value) {
    next_element(array);
    std::array<char, 24> digits{};
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    check(error == std::errc(), "a 64-bit integer fits 24 digits");
    array.append(digits.data(), end);
}

void append_text(std::string& array, std::string_view value) {
    next_element(array);
    array += '"';
    for (const char letter : value) {
        if (letter == '"' || letter == '\\') array += '\\';
        array += letter;
    }
    array += '"';
}

void append_bytes(std::string& array, std::string_view value) {
    static constexpr std::string_view digits = "0123456789abcdef";
    next_element(array);
    array += "\"\\\\x";
    const auto start = array.size();
    array.resize(start + 2 * value.size());
    char* to = array.data() + start;
    for (const char letter : value) {
        const auto byte = static_cast<unsigned char>(letter);
        *to++ = digits[byte >> 4U];
        *to++ = digits[byte & 15U];
    }
    array += '"';
}

void append_null(std::string& array) {
    next_element(array);
    array += "NULL";
}

std::string bytes_of_hex(std::string_view text) {
    if (!text.starts_with("\\x") || text.size() % 2 != 0) return {};
    std::string bytes(text.size() / 2 - 1, '\0');
    for (std::size_t index = 0; index < bytes.size(); ++index) {
        const int high = digit_of(text[2 * index + 2]);
        const int low = digit_of(text[2 * index + 3]);
        if (high < 0 || low < 0) return {};
        bytes[index] = static_cast<char>(high * 16 + low);
    }
    return bytes;
}

}  // namespace regulars::store

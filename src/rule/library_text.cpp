// Text functions. Positions count characters; only A to Z have an upper and a lower case, as CEL's names say.
#include <algorithm>
#include <array>
#include <optional>

#include "rule/library.hpp"
#include "rule/utf8.hpp"

namespace regulars::rule {

namespace {

constexpr Value wrong_kind() {
    return Value::error(ErrorCode::wrong_kind);
}
constexpr Value too_large() {
    return Value::error(ErrorCode::too_large);
}

// Whether the arguments are texts, then whole numbers, as many of each as said or fewer at the end.
bool are(Arguments arguments, std::size_t texts) {
    for (std::size_t i = 0; i < arguments.size(); ++i)
        if (!arguments[i].is(i < texts ? Kind::text : Kind::integer)) return false;
    return true;
}

// Long texts count as more than one step, so that a search inside a fold stays within the limits of one evaluation.
bool spend(CallContext& context, std::string_view text) {
    constexpr std::size_t bytes_per_step = 256;
    return context.workspace.step(text.size() / bytes_per_step);
}

enum class Test { contains, starts_with, ends_with };

template <Test test>
Value text_test(Arguments arguments, CallContext& context) {
    if (!are(arguments, 2)) return wrong_kind();
    const std::string_view text = arguments[0].as_text();
    const std::string_view part = arguments[1].as_text();
    if (test == Test::starts_with) return Value::boolean(text.starts_with(part));
    if (test == Test::ends_with) return Value::boolean(text.ends_with(part));
    if (!spend(context, text)) return Value::error(ErrorCode::too_long);
    return Value::boolean(text.find(part) != std::string_view::npos);
}

// The byte of character `position`, which may be the end; nothing when it lies outside.
std::optional<std::size_t> inside(std::string_view text, Value position) {
    if (position.as_integer() < 0 || std::cmp_greater(position.as_integer(), text.size())) return std::nullopt;
    const std::size_t at = byte_of(text, static_cast<std::size_t>(position.as_integer()));
    return at == std::string_view::npos ? std::nullopt : std::optional(at);
}

Value index_of(Arguments arguments, CallContext& context) {
    if (!are(arguments, 2)) return wrong_kind();
    const std::string_view text = arguments[0].as_text();
    if (!spend(context, text)) return Value::error(ErrorCode::too_long);
    const auto start = arguments.size() == 3 ? inside(text, arguments[2]) : std::optional<std::size_t>(0);
    if (!start) return Value::error(ErrorCode::index_out_of_range);
    const std::size_t found = text.find(arguments[1].as_text(), *start);
    if (found == std::string_view::npos) return Value::integer(-1);
    return Value::integer(static_cast<std::int64_t>(character_count(text.substr(0, found))));
}

Value substring(Arguments arguments, CallContext&) {
    if (!are(arguments, 1)) return wrong_kind();
    const std::string_view text = arguments[0].as_text();
    const auto start = inside(text, arguments[1]);
    const auto stop = arguments.size() == 3 ? inside(text, arguments[2]) : text.size();
    if (!start || !stop || *start > *stop) return Value::error(ErrorCode::index_out_of_range);
    return Value::text(text.substr(*start, *stop - *start));
}

// Calls `piece(bytes)` for each part of `text` that stands between separators, at most `parts_max` parts; an empty
// separator stands between any two characters.
template <class Piece>
void for_each_part(std::string_view text, std::string_view separator, std::size_t parts_max, Piece piece) {
    for (std::size_t parts = 1; parts < parts_max; ++parts) {
        std::size_t at = text.find(separator);
        if (separator.empty()) at = first_size(text) < text.size() ? first_size(text) : std::string_view::npos;
        if (at == std::string_view::npos) break;
        piece(text.substr(0, at));
        text.remove_prefix(at + separator.size());
    }
    piece(text);
}

// A negative limit is none.
std::size_t limit_of(Arguments arguments, std::size_t position) {
    const bool given = arguments.size() > position && arguments[position].as_integer() >= 0;
    return given ? static_cast<std::size_t>(arguments[position].as_integer()) : std::string_view::npos;
}

Value split(Arguments arguments, CallContext& context) {
    if (!are(arguments, 2)) return wrong_kind();
    const std::string_view text = arguments[0].as_text();
    const std::string_view separator = arguments[1].as_text();
    const std::size_t parts_max = limit_of(arguments, 2);
    if (!spend(context, text)) return Value::error(ErrorCode::too_long);
    std::size_t count = 0;
    const bool none = parts_max == 0 || (text.empty() && separator.empty());
    if (!none) for_each_part(text, separator, parts_max, [&](std::string_view) { ++count; });
    const std::span<Value> parts = context.workspace.take_values(count);
    if (parts.data() == nullptr) return too_large();
    std::size_t i = 0;
    if (!none)
        for_each_part(text, separator, parts_max, [&](std::string_view part) { parts[i++] = Value::text(part); });
    return context.workspace.list(parts);
}

// Appends to a text whose size was measured first.
struct Writer {
    std::span<char> room;
    std::size_t size = 0;
    void put(std::string_view text) { size += text.copy(room.data() + size, text.size()); }
};

// With an empty `wanted`, the replacement goes before each character and to the end.
template <class Put>
void replaced(std::string_view text, std::string_view wanted, std::string_view replacement, std::size_t limit,
              Put put) {
    for (std::size_t done = 0; done < limit; ++done) {
        const std::size_t at = text.find(wanted);
        if (at == std::string_view::npos) break;
        put(text.substr(0, at));
        put(replacement);
        text.remove_prefix(at + wanted.size());
        if (!wanted.empty()) continue;
        if (text.empty()) break;
        put(text.substr(0, first_size(text)));
        text.remove_prefix(first_size(text));
    }
    put(text);
}

Value replace(Arguments arguments, CallContext& context) {
    if (!are(arguments, 3)) return wrong_kind();
    const std::string_view text = arguments[0].as_text();
    const std::string_view wanted = arguments[1].as_text();
    const std::string_view replacement = arguments[2].as_text();
    const std::size_t limit = limit_of(arguments, 3);
    if (!spend(context, text)) return Value::error(ErrorCode::too_long);
    std::size_t size = 0;
    replaced(text, wanted, replacement, limit, [&](std::string_view part) { size += part.size(); });
    Writer writer{context.workspace.take_text(size)};
    if (writer.room.data() == nullptr) return too_large();
    replaced(text, wanted, replacement, limit, [&](std::string_view part) { writer.put(part); });
    return Value::text({writer.room.data(), size});
}

Value join(Arguments arguments, CallContext& context) {
    const bool separated = arguments.size() == 2;
    if (!arguments[0].is(Kind::list) || (separated && !arguments[1].is(Kind::text))) return wrong_kind();
    const std::string_view separator = separated ? arguments[1].as_text() : std::string_view();
    const auto parts = arguments[0].as_list().items;
    std::size_t size = parts.empty() ? 0 : separator.size() * (parts.size() - 1);
    for (const Value& part : parts) {
        if (!part.is(Kind::text)) return wrong_kind();
        size += part.as_text().size();
    }
    Writer writer{context.workspace.take_text(size)};
    if (writer.room.data() == nullptr) return too_large();
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i != 0) writer.put(separator);
        writer.put(parts[i].as_text());
    }
    return Value::text({writer.room.data(), size});
}

// Characters that Unicode calls white space; the ideographic space U+3000 is one that people type by mistake.
bool is_space(std::string_view character) {
    static constexpr std::array<std::string_view, 19> wide{
        "\u0085", "\u00A0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006",
        "\u2007", "\u2008", "\u2009", "\u200A", "\u2028", "\u2029", "\u202F", "\u205F", "\u3000"};
    if (character.size() == 1) return character[0] == ' ' || (character[0] >= '\t' && character[0] <= '\r');
    return std::ranges::find(wide, character) != wide.end();
}

Value trim(Arguments arguments, CallContext&) {
    if (!are(arguments, 1)) return wrong_kind();
    std::string_view text = arguments[0].as_text();
    while (is_space(text.substr(0, first_size(text)))) text.remove_prefix(first_size(text));
    std::size_t kept = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t size = first_size(text.substr(at));
        if (!is_space(text.substr(at, size))) kept = at + size;
        at += size;
    }
    return Value::text(text.substr(0, kept));
}

template <char first, char last>
Value change_case(Arguments arguments, CallContext& context) {
    if (!are(arguments, 1)) return wrong_kind();
    const std::string_view text = arguments[0].as_text();
    const std::span<char> room = context.workspace.take_text(text.size());
    if (room.data() == nullptr) return too_large();
    std::ranges::transform(text, room.begin(), [](char c) {
        constexpr int distance = 'a' - 'A';
        return c >= first && c <= last ? static_cast<char>(first == 'A' ? c + distance : c - distance) : c;
    });
    return Value::text({room.data(), room.size()});
}

}  // namespace

Implementation text_implementation(FunctionId id) {
    switch (id) {
        case FunctionId::contains:
            return text_test<Test::contains>;
        case FunctionId::starts_with:
            return text_test<Test::starts_with>;
        case FunctionId::ends_with:
            return text_test<Test::ends_with>;
        case FunctionId::index_of:
            return index_of;
        case FunctionId::substring:
            return substring;
        case FunctionId::replace:
            return replace;
        case FunctionId::split:
            return split;
        case FunctionId::join:
            return join;
        case FunctionId::trim:
            return trim;
        case FunctionId::lower_ascii:
            return change_case<'A', 'Z'>;
        case FunctionId::upper_ascii:
            return change_case<'a', 'z'>;
        default:
            return nullptr;
    }
}

}  // namespace regulars::rule

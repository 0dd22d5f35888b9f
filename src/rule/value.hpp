// What a rule computes with: sixteen bytes, copied freely, owning nothing. Texts, lists and maps are borrowed: whoever
// fills a frame keeps them alive until the evaluation's result is no longer used; what an evaluation itself makes
// lives in its Workspace.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/check.hpp"
#include "base/time.hpp"

namespace regulars::rule {

/// `missing` is "nobody knows": a member without a birthday. `error` is "cannot be computed": a division by zero.
/// Both stand last, so that "is it a value at all" is one comparison.
enum class Kind : std::uint8_t { null, boolean, integer, real, text, timestamp, duration, list, map, missing, error };

/// Why an evaluation has no value.
enum class ErrorCode : std::uint8_t {
    overflow,            // a whole number, duration or timestamp left its range
    division_by_zero,    // of whole numbers; doubles give infinity, as CEL says
    no_such_key,         // a map has no such key
    repeated_key,        // a map written in a rule names a key twice
    index_out_of_range,  // of a list or a text
    wrong_kind,          // an operation on kinds it does not know; only possible with dyn, or null in a name
    bad_conversion,      // int("x"), timestamp("yesterday")
    unknown_zone,        // a time zone that is not in the IANA database
    too_large,           // texts and lists made while evaluating exceed the workspace
    too_long,            // more steps of all/exists/filter/map than one evaluation may take
};

/// One English sentence on the code, for logs and explanations.
[[nodiscard]] std::string_view sentence(ErrorCode code);

struct List;
class Map;

class Value {
public:
    /// null.
    constexpr Value() = default;

    static constexpr Value null() { return {}; }
    static constexpr Value missing() { return {Kind::missing, std::int64_t{0}}; }
    static constexpr Value boolean(bool value) { return {Kind::boolean, std::int64_t{value}}; }
    static constexpr Value integer(std::int64_t value) { return {Kind::integer, value}; }
    static constexpr Value real(double value) { return {value}; }
    /// Borrowed, UTF-8, below 4 GiB.
    static constexpr Value text(std::string_view value) {
        check(value.size() <= UINT32_MAX, "a text of a rule stays below 4 GiB");
        return {value.data(), static_cast<std::uint32_t>(value.size())};
    }
    static constexpr Value timestamp(Instant value) { return {Kind::timestamp, value.ms}; }
    static constexpr Value duration_ms(std::int64_t value) { return {Kind::duration, value}; }
    /// Borrowed, never null; its items are values, neither missing nor errors.
    static constexpr Value list(const List* value) { return {value}; }
    /// Borrowed, never null; its items are values, neither missing nor errors.
    static constexpr Value map(const Map* value) { return {value}; }
    /// `offset` is the byte of the rule's text at which the failing part stands.
    static constexpr Value error(ErrorCode code, std::uint32_t offset = 0) {
        Value value(Kind::error, static_cast<std::int64_t>(code));
        value.size_ = offset;
        return value;
    }

    [[nodiscard]] constexpr Kind kind() const { return kind_; }
    [[nodiscard]] constexpr bool is(Kind kind) const { return kind_ == kind; }
    [[nodiscard]] constexpr bool is_error() const { return kind_ == Kind::error; }
    [[nodiscard]] constexpr bool is_missing() const { return kind_ == Kind::missing; }
    /// Neither missing nor an error.
    [[nodiscard]] constexpr bool is_known() const { return kind_ < Kind::missing; }
    [[nodiscard]] constexpr bool is_true() const { return kind_ == Kind::boolean && integer_ != 0; }

    // Each aborts on a value of another kind: ask kind() first.
    [[nodiscard]] constexpr bool as_boolean() const { return expect(Kind::boolean), integer_ != 0; }
    [[nodiscard]] constexpr std::int64_t as_integer() const { return expect(Kind::integer), integer_; }
    [[nodiscard]] constexpr double as_real() const { return expect(Kind::real), real_; }
    [[nodiscard]] constexpr std::string_view as_text() const {
        return expect(Kind::text), std::string_view(text_, size_);
    }
    [[nodiscard]] constexpr Instant as_timestamp() const { return expect(Kind::timestamp), Instant{integer_}; }
    [[nodiscard]] constexpr std::int64_t as_duration_ms() const { return expect(Kind::duration), integer_; }
    [[nodiscard]] constexpr const List& as_list() const { return expect(Kind::list), *list_; }
    [[nodiscard]] constexpr const Map& as_map() const { return expect(Kind::map), *map_; }
    [[nodiscard]] constexpr ErrorCode error_code() const {
        return expect(Kind::error), static_cast<ErrorCode>(integer_);
    }
    [[nodiscard]] constexpr std::uint32_t error_offset() const { return expect(Kind::error), size_; }

    /// The 64-bit count behind an integer, a timestamp or a duration; for comparing two of one kind.
    [[nodiscard]] constexpr std::int64_t count() const { return integer_; }

private:
    constexpr Value(Kind kind, std::int64_t value) : integer_(value), kind_(kind) {}
    constexpr Value(double value) : real_(value), kind_(Kind::real) {}
    constexpr Value(const char* text, std::uint32_t size) : text_(text), size_(size), kind_(Kind::text) {}
    constexpr Value(const List* value) : list_(value), kind_(Kind::list) {}
    constexpr Value(const Map* value) : map_(value), kind_(Kind::map) {}
    constexpr void expect(Kind kind) const { check(kind_ == kind, "a value is read as the kind it is"); }

    union {
        std::int64_t integer_ = 0;
        double real_;
        const char* text_;
        const List* list_;
        const Map* map_;
    };
    std::uint32_t size_ = 0;
    Kind kind_ = Kind::null;
};

static_assert(sizeof(Value) == 16);

struct List {
    std::span<const Value> items;
};

struct MapEntry {
    std::string_view key;
    Value value;
};

/// Values under text keys, in the byte order of the keys, so that walking it is the same everywhere.
class Map {
public:
    /// Aborts unless the keys are ascending and distinct.
    explicit Map(std::span<const MapEntry> entries);
    [[nodiscard]] std::span<const MapEntry> entries() const { return entries_; }
    /// nullptr when there is no such key.
    [[nodiscard]] const Value* find(std::string_view key) const;

private:
    std::span<const MapEntry> entries_;
};

/// How two values stand to each other. `unordered`: one is NaN. `incomparable`: kinds that have no order.
enum class Order : std::uint8_t { less, equal, greater, unordered, incomparable };

/// Booleans (false first), numbers (exactly, also a whole number against a double), texts (by code point), timestamps,
/// durations; everything else is incomparable.
[[nodiscard]] Order order_of(Value left, Value right);

/// What `==` says: across kinds false, except that 1 == 1.0; NaN equals nothing; lists and maps item by item.
[[nodiscard]] bool equal(Value left, Value right);

/// The same kind and content; NaN is NaN, and errors are the same when their codes are. For tests and comparisons of
/// evaluators.
[[nodiscard]] bool identical(Value left, Value right);

/// For people: `"vip"`, `1.5`, `[1, 2]`, `timestamp("...")`, `missing`, `error: division by zero`.
[[nodiscard]] std::string text_of(Value value);

/// "int", "string" ...: the kind as CEL names it.
[[nodiscard]] std::string_view name_of(Kind kind);

}  // namespace regulars::rule

// The types the checker works with. A type has at most one parameter (the items of a list, the values of a map), so it
// is a chain, kept in one 64-bit word: the outermost kind in the lowest four bits, what it holds above them.
#pragma once

#include <cstdint>
#include <string>

namespace regulars::rule {

class Type {
public:
    /// `dynamic` is known only when evaluating; `parameter` is the T in a function's description, "the same type
    /// again".
    enum class Kind : std::uint8_t {
        null = 1,
        boolean,
        integer,
        real,
        text,
        timestamp,
        duration,
        list,
        map,
        dynamic,
        parameter
    };

    /// dynamic.
    constexpr Type() : Type(Kind::dynamic) {}

    static constexpr Type null() { return Type(Kind::null); }
    static constexpr Type boolean() { return Type(Kind::boolean); }
    static constexpr Type integer() { return Type(Kind::integer); }
    static constexpr Type real() { return Type(Kind::real); }
    static constexpr Type text() { return Type(Kind::text); }
    static constexpr Type timestamp() { return Type(Kind::timestamp); }
    static constexpr Type duration() { return Type(Kind::duration); }
    static constexpr Type dynamic() { return Type(Kind::dynamic); }
    static constexpr Type parameter() { return Type(Kind::parameter); }
    /// Past sixteen levels the innermost become dynamic.
    static constexpr Type list(Type item) { return Type(Kind::list, item); }
    /// Text keys.
    static constexpr Type map(Type value) { return Type(Kind::map, value); }

    [[nodiscard]] constexpr Kind kind() const { return static_cast<Kind>(code_ & 15U); }
    [[nodiscard]] constexpr bool is(Kind kind_wanted) const { return kind() == kind_wanted; }
    [[nodiscard]] constexpr bool is_dynamic() const { return is(Kind::dynamic); }
    [[nodiscard]] constexpr bool is_number() const { return is(Kind::integer) || is(Kind::real); }
    /// What a list or map holds; dynamic for any other type.
    [[nodiscard]] constexpr Type inner() const {
        Type type;
        if ((code_ >> 4U) != 0) type.code_ = code_ >> 4U;
        return type;
    }

    /// "int", "list(string)", "map(string, dyn)": as CEL writes it.
    [[nodiscard]] std::string text_of() const;

    friend constexpr bool operator==(Type, Type) = default;

private:
    constexpr explicit Type(Kind kind) : code_(static_cast<std::uint64_t>(kind)) {}
    constexpr Type(Kind kind, Type inner) : code_(static_cast<std::uint64_t>(kind)) {
        const std::uint64_t held = (inner.code_ >> 60U) == 0 ? inner.code_ : Type(Kind::dynamic).code_;
        code_ |= held << 4U;
    }
    std::uint64_t code_;
};

/// Whether values of both types may stand side by side: the same type, or one is dynamic or null, at any level.
[[nodiscard]] bool compatible(Type left, Type right);

/// The type of "one of these two", which are compatible: what both say, where they differ dynamic.
[[nodiscard]] Type join(Type left, Type right);

}  // namespace regulars::rule

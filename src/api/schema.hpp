// What goes in and comes out, declared once as fields: input is checked by it, OpenAPI is written from it, and tests
// hold every answer against it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace regulars::api {

struct Schema;

/// A sentence for people, in both languages.
struct Text {
    std::string_view en;
    std::string_view zh;
};

enum class Type : std::uint8_t {
    text,
    id,            ///< a whole number as text: ids and sequences
    integer,       ///< 64 bits
    number,        ///< a ratio for reading; never an amount
    boolean,
    instant,       ///< RFC 3339; out: UTC with milliseconds, in: local times of the programme's zone too
    date,          ///< "2026-11-22"
    object,        ///< of `of`
    texts,         ///< list of text
    objects,       ///< list of `of`
    map_of_texts,
    map_of_counts
};

enum class Need : std::uint8_t { required, optional, nullable };

struct Field {
    std::string_view name;
    Type type;
    Need need;
    Text about;
    const Schema* of = nullptr;
};

struct Schema {
    std::string_view name;  ///< under components/schemas
    Text about;
    std::span<const Field> fields;
    bool open = false;  ///< further fields may be there
};

}  // namespace regulars::api

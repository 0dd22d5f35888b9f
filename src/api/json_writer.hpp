// JSON out, straight into a text that the caller reuses: what every answer is written with. Commas look after
// themselves; the shape is the caller's business, one call per part.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/quantity.hpp"
#include "base/time.hpp"

namespace regulars::api {

/// Appends `text` as a JSON string, quotes included. Bytes that are not UTF-8 become U+FFFD.
void append_json_text(std::string& out, std::string_view text);

class JsonWriter {
public:
    /// Appends to `out`, which outlives the writer.
    explicit JsonWriter(std::string& out) : out_(out) {}

    void begin_object() { open('{'); }
    void end_object() { out_ += '}'; }
    void begin_array() { open('['); }
    void end_array() { out_ += ']'; }
    /// The name of the next value in an object. Names are our own and need no escapes.
    void name(std::string_view name);

    void text(std::string_view value);
    void integer(std::int64_t value);
    void count(std::uint64_t value);
    void boolean(bool value);
    void null();
    /// UTC, "2026-11-22T05:03:00.000Z"; null for "never" and "not yet" (instant_max, instant_min).
    void instant(Instant value);
    /// A part that is JSON already.
    void raw(std::string_view json);

    void field(std::string_view field_name, std::string_view value);
    void field(std::string_view field_name, const char* value) { field(field_name, std::string_view(value)); }
    void field(std::string_view field_name, std::int64_t value);
    void field(std::string_view field_name, bool value);
    void field(std::string_view field_name, Instant value);
    void field(std::string_view field_name, Money value) { field(field_name, value.count()); }
    void field(std::string_view field_name, Points value) { field(field_name, value.count()); }
    void field(std::string_view field_name, Growth value) { field(field_name, value.count()); }
    /// Ids and sequences are texts in the API: they may outgrow what JavaScript's numbers hold.
    void id_field(std::string_view field_name, std::uint64_t value);
    /// Counts that stay small.
    void count_field(std::string_view field_name, std::uint64_t value);
    /// A field whose name comes from outside.
    void text_field(std::string_view field_name, std::string_view value);
    /// Left out when empty.
    void field_if(std::string_view field_name, std::string_view value);

private:
    void separate();
    void open(char bracket);

    std::string& out_;
};

}  // namespace regulars::api

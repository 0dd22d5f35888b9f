// Writing JSON objects field by field. For this layer's .cpp files only.
#pragma once

#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include "base/quantity.hpp"
#include "base/time.hpp"

namespace regulars::service {

/// Appends the fields of one object; a comma goes before each but the first.
class ObjectWriter {
public:
    explicit ObjectWriter(std::string& out) : out_(out) { out_ += '{'; }
    ObjectWriter(const ObjectWriter&) = delete;
    ObjectWriter& operator=(const ObjectWriter&) = delete;
    ~ObjectWriter() { out_ += '}'; }

    void name(std::string_view name) {
        if (out_.back() != '{') out_ += ',';
        out_ += '"';
        out_ += name;
        out_ += "\":";
    }
    void text(std::string_view field, std::string_view value) {
        name(field);
        append_text(value);
    }
    void text_if(std::string_view field, std::string_view value) {
        if (!value.empty()) text(field, value);
    }
    void integer(std::string_view field, std::int64_t value) {
        name(field);
        append_integer(value);
    }
    void flag_if(std::string_view field, bool value) {
        if (!value) return;
        name(field);
        out_ += "true";
    }
    void amount_if(std::string_view field, Money value) {
        if (!value.is_zero()) integer(field, value.count());
    }
    void instant(std::string_view field, Instant value) {
        name(field);
        append_instant(value);
    }
    void instant_if(std::string_view field, const std::optional<Instant>& value) {
        if (value) instant(field, *value);
    }
    void append_integer(std::int64_t value) {
        std::array<char, 24> digits;
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
        out_.append(digits.data(), end);
    }
    void append_text(std::string_view value);
    [[nodiscard]] std::string& out() { return out_; }

private:
    void append_instant(Instant value);
    std::string& out_;
};

/// A field that is a list; `write_element` appends one element.
template <class List, class WriteElement>
void write_array(ObjectWriter& writer, std::string_view name, const List& list, WriteElement write_element) {
    writer.name(name);
    writer.out() += '[';
    bool first = true;
    for (const auto& element : list) {
        if (!first) writer.out() += ',';
        first = false;
        write_element(element);
    }
    writer.out() += ']';
}

}  // namespace regulars::service

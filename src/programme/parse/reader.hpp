// Walks a document, and collects everything that is wrong with it instead of stopping at the first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "programme/parse/document.hpp"
#include "programme/parse/keys.hpp"

namespace regulars::programme {

/// A value of the document and the way to it ("tiers.ladder[1].enter"). Valid as long as its document.
struct Place {
    const Node* node = nullptr;
    std::string path;

    [[nodiscard]] bool is_text() const { return node->kind == Node::Kind::text; }
    [[nodiscard]] bool is_list() const { return node->kind == Node::Kind::list; }
    [[nodiscard]] bool is_mapping() const { return node->kind == Node::Kind::mapping; }
    /// A text without quotes that reads exactly so: a word of the file such as `never`.
    [[nodiscard]] bool is_word(std::string_view word) const { return is_text() && !node->quoted && node->text == word; }
};

/// What to say about a place besides where it is and what was found there.
struct Complaint {
    std::string message;
    std::string allowed = {};
    std::string suggestion = {};
};

class Reader {
public:
    /// At most so many complaints are kept; the last then says that there are more.
    static constexpr std::size_t complaints_max = 100;

    Reader(const Document& document, std::string_view file_name) : document_(document), file_name_(file_name) {}

    /// Notes that the value at `place` is wrong, showing it.
    void complain(const Place& place, Complaint complaint);
    /// Notes something about a byte of the source: a key, or a part of a rule. `found` may be empty.
    void complain_at(std::size_t offset, const std::string& path, Complaint complaint, std::string found);

    [[nodiscard]] bool has_complaints() const { return !diagnostics_.empty(); }
    [[nodiscard]] std::size_t complaint_count() const { return count_; }
    /// All complaints in the order of the text.
    [[nodiscard]] Diagnostics take();

    [[nodiscard]] const Document& document() const { return document_; }

private:
    const Document& document_;
    std::string file_name_;
    Diagnostics diagnostics_;
    std::size_t count_ = 0;
};

/// A mapping being read by keys. Complains at once about values that are no mapping, unknown and repeated keys.
class Section {
public:
    Section(Reader& reader, Place place, Keys keys);

    /// The value under one of the section's keys; nothing when the file does not say it.
    [[nodiscard]] std::optional<Place> find(std::string_view key) const;
    /// As find, but complains when it is missing and says what is wanted.
    [[nodiscard]] std::optional<Place> require(std::string_view key, std::string_view allowed) const;
    /// The one key that is there; complains when there are none or several of `choices`.
    [[nodiscard]] std::optional<std::string_view> only_one_of(Keys choices) const;

    [[nodiscard]] const Place& place() const { return place_; }
    [[nodiscard]] Reader& reader() const { return reader_; }

private:
    Reader& reader_;
    Place place_;
    Keys keys_;
};

/// The place of an entry of the mapping at `parent`.
[[nodiscard]] Place member_of(const Place& parent, const Entry& entry);

/// The items of a list. Complains when it is none or longer than `size_max`, and then gives nothing.
[[nodiscard]] std::vector<Place> items_of(Reader& reader, const Place& place, std::size_t size_max);
/// As items_of; a text that stands alone is a list of one.
[[nodiscard]] std::vector<Place> one_or_more(Reader& reader, const Place& place, std::size_t size_max);

/// What a person sees of a value: `"text"` (shortened), "a list", "a mapping", "nothing".
[[nodiscard]] std::string shown(const Node& node);
[[nodiscard]] std::string shown(std::string_view text);
/// "a, b or c".
[[nodiscard]] std::string listed(std::span<const std::string_view> words);
[[nodiscard]] std::string listed(std::span<const std::string> words);

}  // namespace regulars::programme

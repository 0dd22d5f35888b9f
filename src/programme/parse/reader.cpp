#include "programme/parse/reader.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "base/check.hpp"
#include "base/nearest.hpp"

namespace regulars::programme {

namespace {

constexpr std::size_t shown_size_max = 60;
constexpr std::size_t listed_words_max = 40;

template <class Word>
std::string listed_of(std::span<const Word> words) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i == listed_words_max) return text + " ...";
        if (i != 0) text += i + 1 == words.size() ? " or " : ", ";
        text += words[i];
    }
    return text;
}

// Keys of the file are shown as they are when they are plain names, else quoted.
std::string path_part(std::string_view key) {
    const bool plain = !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
    });
    return plain && key.size() <= shown_size_max ? std::string(key) : "[" + shown(key) + "]";
}

}  // namespace

std::string listed(std::span<const std::string_view> words) {
    return listed_of(words);
}
std::string listed(std::span<const std::string> words) {
    return listed_of(words);
}

std::string shown(std::string_view text) {
    std::string shown = "\"";
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool starts_character = (static_cast<unsigned char>(text[i]) & 0xc0U) != 0x80;
        if (i >= shown_size_max && starts_character) return shown + "...\"";
        if (text[i] == '\n') {
            shown += "\\n";
        } else {
            shown += text[i];
        }
    }
    return shown + "\"";
}

std::string shown(const Node& node) {
    switch (node.kind) {
        case Node::Kind::nothing:
            return "nothing";
        case Node::Kind::text:
            return shown(node.text);
        case Node::Kind::list:
            return "a list";
        case Node::Kind::mapping:
            return "a mapping";
    }
    check_failed("a node has a kind");
}

void Reader::complain(const Place& place, Complaint complaint) {
    complain_at(place.node->offset, place.path, std::move(complaint), shown(*place.node));
}

void Reader::complain_at(std::size_t offset, const std::string& path, Complaint complaint, std::string found) {
    if (++count_ > complaints_max) return;
    const Position position = position_of(document_.source, offset);
    diagnostics_.push_back({file_name_, position.line, position.column, path, std::move(complaint.message),
                            std::move(found), std::move(complaint.allowed), std::move(complaint.suggestion)});
}

Diagnostics Reader::take() {
    std::stable_sort(diagnostics_.begin(), diagnostics_.end(), [](const Diagnostic& a, const Diagnostic& b) {
        return std::pair(a.line, a.column) < std::pair(b.line, b.column);
    });
    if (count_ > complaints_max) {
        Diagnostic more = diagnostics_.back();
        more.path.clear();
        more.message = "and " + std::to_string(count_ - complaints_max) + " more";
        more.found = more.allowed = more.suggestion = {};
        diagnostics_.push_back(std::move(more));
    }
    return std::move(diagnostics_);
}

Section::Section(Reader& reader, Place place, Keys keys) : reader_(reader), place_(std::move(place)), keys_(keys) {
    if (!place_.is_mapping()) {
        reader_.complain(place_, {"a mapping is wanted here", "the keys " + listed(keys_)});
        return;
    }
    std::set<std::string_view> seen;
    for (const Entry& entry : place_.node->entries) {
        if (std::find(keys_.begin(), keys_.end(), entry.key) == keys_.end())
            reader_.complain_at(entry.key_offset, place_.path,
                                {"there is no such key", listed(keys_), nearest(entry.key, keys_).value_or("")},
                                shown(entry.key));
        if (!seen.insert(entry.key).second)
            reader_.complain_at(entry.key_offset, place_.path, {"a key stands here twice", "each key once"},
                                shown(entry.key));
    }
}

std::optional<Place> Section::find(std::string_view key) const {
    check(std::find(keys_.begin(), keys_.end(), key) != keys_.end(), "a section is asked for one of its keys");
    for (const Entry& entry : place_.node->entries)
        if (entry.key == key) return member_of(place_, entry);
    return std::nullopt;
}

std::optional<Place> Section::require(std::string_view key, std::string_view allowed) const {
    auto found = find(key);
    if (!found && place_.is_mapping())
        reader_.complain_at(place_.node->offset, place_.path,
                            {"the key " + std::string(key) + " is missing", std::string(allowed)}, {});
    return found;
}

std::optional<std::string_view> Section::only_one_of(Keys choices) const {
    std::optional<std::string_view> found;
    for (const std::string_view choice : choices) {
        const auto place = find(choice);
        if (!place) continue;
        if (found) {
            reader_.complain(*place, {std::string(choice) + " and " + std::string(*found) + " exclude each other",
                                      "only one of " + listed(choices)});
            return std::nullopt;
        }
        found = choice;
    }
    if (!found && place_.is_mapping()) reader_.complain(place_, {"a key is missing", "one of " + listed(choices)});
    return found;
}

Place member_of(const Place& parent, const Entry& entry) {
    const std::string part = path_part(entry.key);
    if (parent.path.empty() || part.starts_with('[')) return {&entry.value, parent.path + part};
    return {&entry.value, parent.path + "." + part};
}

std::vector<Place> items_of(Reader& reader, const Place& place, std::size_t size_max) {
    std::vector<Place> places;
    const auto& items = place.node->items;
    if (!place.is_list()) {
        reader.complain(place, {"a list is wanted here", "items such as [a, b], or one per line after \"- \""});
    } else if (items.size() > size_max) {
        reader.complain_at(place.node->offset, place.path,
                           {"the list is too long", "at most " + std::to_string(size_max) + " items"},
                           std::to_string(items.size()) + " items");
    } else {
        for (std::size_t i = 0; i < items.size(); ++i)
            places.push_back({&items[i], place.path + "[" + std::to_string(i) + "]"});
    }
    return places;
}

std::vector<Place> one_or_more(Reader& reader, const Place& place, std::size_t size_max) {
    if (place.is_text()) return {place};
    return items_of(reader, place, size_max);
}

}  // namespace regulars::programme

// A YAML text as a tree of plain texts, each knowing where it stands. Nothing is typed here: "1/2", 2000.00 and
// 2027-06-30 stay the texts that the merchant wrote, so that no number passes through floating point.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/expected.hpp"

namespace regulars::programme {

struct Entry;

/// `offset` is the byte of the source at which the node begins.
struct Node {
    enum class Kind : std::uint8_t { nothing, text, list, mapping };
    Kind kind = Kind::nothing;
    bool quoted = false;  ///< a text in quotes or a block, which is never a number or a word of the file
    std::uint32_t offset = 0;
    std::string text;
    std::vector<Node> items;
    std::vector<Entry> entries;  ///< in the file's order; a key may stand twice
};

struct Entry {
    std::string key;
    std::uint32_t key_offset = 0;
    Node value;
};

/// A tree and the text it was read from.
struct Document {
    std::string source;
    Node root;
};

/// Lines and columns count from 1, columns in characters.
struct Position {
    std::uint32_t line = 1;
    std::uint32_t column = 1;
};

/// More nodes than this are refused, copies through aliases included, and so is a tree deeper than this.
inline constexpr std::size_t document_nodes_max = 20'000;
inline constexpr std::size_t document_depth_max = 24;

/// Reads one document. Fails with one diagnostic for a text that is too large, not UTF-8 or not YAML, holds too many
/// or too deep nodes, has keys that are not texts, or holds more than one document.
[[nodiscard]] expected<Document, Diagnostic> load(std::string_view yaml);

/// Where a byte of the source stands.
[[nodiscard]] Position position_of(std::string_view source, std::size_t offset);

/// The byte of the source at which byte `offset` of a text node's value was written: past the quotes, escapes and
/// folded lines before it.
[[nodiscard]] std::size_t source_offset(std::string_view source, const Node& node, std::size_t offset);

}  // namespace regulars::programme

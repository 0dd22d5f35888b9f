#include "programme/parse/document.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <map>
#include <optional>
#include <sstream>
#include <utility>

#include "base/limits.hpp"

namespace regulars::programme {

namespace {

// Thrown through yaml-cpp, caught in `load`.
struct Refusal {
    std::size_t offset;
    std::string message;
    std::string allowed;
};

std::size_t byte_of(const YAML::Mark& mark) {
    return mark.pos < 0 ? 0 : static_cast<std::size_t>(mark.pos);
}

std::size_t size_of(const Node& node) {
    std::size_t size = 1;
    for (const Node& item : node.items) size += size_of(item);
    for (const Entry& entry : node.entries) size += 1 + size_of(entry.value);
    return size;
}

std::size_t depth_of(const Node& node) {
    std::size_t depth = 0;
    for (const Node& item : node.items) depth = std::max(depth, depth_of(item));
    for (const Entry& entry : node.entries) depth = std::max(depth, depth_of(entry.value));
    return depth + 1;
}

// Builds the tree from the parser's events.
class Builder : public YAML::EventHandler {
public:
    Node root;

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        add(made(Node::Kind::nothing, mark), anchor);
    }

    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        const auto found = anchors_.find(anchor);
        if (found == anchors_.end()) throw Refusal{byte_of(mark), "an alias stands inside what it repeats", {}};
        count(size_of(found->second), byte_of(mark));
        if (open_.size() + depth_of(found->second) > document_depth_max) too_deep(byte_of(mark));
        add(found->second, 0);
    }

    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        Node node = made(Node::Kind::text, mark);
        node.quoted = tag == "!";
        node.text = value;
        add(std::move(node), anchor);
    }

    void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        open(Node::Kind::list, mark, anchor);
    }
    void OnSequenceEnd() override { close(); }

    void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        open(Node::Kind::mapping, mark, anchor);
    }
    void OnMapEnd() override { close(); }

private:
    // A list or mapping whose end has not been seen; `key` waits for its value.
    struct Open {
        Node node;
        YAML::anchor_t anchor;
        std::optional<Node> key;
    };

    Node made(Node::Kind kind, const YAML::Mark& mark) {
        count(1, byte_of(mark));
        Node node;
        node.kind = kind;
        node.offset = static_cast<std::uint32_t>(byte_of(mark));
        return node;
    }

    void count(std::size_t nodes, std::size_t offset) {
        nodes_ += nodes;
        if (nodes_ > document_nodes_max)
            throw Refusal{offset, "the file holds too many values",
                          "at most " + std::to_string(document_nodes_max) + ", repeated ones counted again"};
    }

    [[noreturn]] static void too_deep(std::size_t offset) {
        throw Refusal{offset, "the file is nested too deep",
                      "at most " + std::to_string(document_depth_max) + " levels"};
    }

    void open(Node::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor) {
        if (open_.size() >= document_depth_max) too_deep(byte_of(mark));
        open_.push_back({made(kind, mark), anchor, std::nullopt});
    }

    void close() {
        Open done = std::move(open_.back());
        open_.pop_back();
        add(std::move(done.node), done.anchor);
    }

    void add(Node node, YAML::anchor_t anchor) {
        if (anchor != 0) anchors_[anchor] = node;
        if (open_.empty()) {
            root = std::move(node);
            return;
        }
        Open& parent = open_.back();
        if (parent.node.kind == Node::Kind::list) {
            parent.node.items.push_back(std::move(node));
        } else if (!parent.key) {
            if (node.kind != Node::Kind::text)
                throw Refusal{node.offset, "a key is not a text", "a name before the colon"};
            parent.key = std::move(node);
        } else {
            // Where nothing stands, the parser's mark is that of whatever comes next.
            if (node.kind == Node::Kind::nothing) node.offset = parent.key->offset;
            parent.node.entries.push_back({std::move(parent.key->text), parent.key->offset, std::move(node)});
            parent.key.reset();
        }
    }

    std::vector<Open> open_;
    std::map<YAML::anchor_t, Node> anchors_;
    std::size_t nodes_ = 0;
};

// The length of the UTF-8 sequence at `at`; 0 when it is not one, or a character that YAML does not allow.
std::size_t sequence_size(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned first = byte(at);
    if (first < 0x80) return first >= 0x20 || first == '\n' || first == '\r' || first == '\t' ? 1 : 0;
    const std::size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || at + size > text.size()) return 0;
    for (std::size_t i = 1; i < size; ++i)
        if ((byte(at + i) & 0xc0U) != 0x80) return 0;
    const unsigned second = byte(at + 1);
    const bool overlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
    const bool surrogate = first == 0xed && second >= 0xa0;
    const bool beyond = first == 0xf4 && second >= 0x90;
    return overlong || surrogate || beyond ? 0 : size;
}

std::optional<std::size_t> first_bad_byte(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t size = sequence_size(text, at);
        if (size == 0) return at;
        at += size;
    }
    return std::nullopt;
}

Diagnostic diagnostic_at(std::string_view source, const Refusal& refusal) {
    const Position position = position_of(source, refusal.offset);
    Diagnostic diagnostic;
    diagnostic.line = position.line;
    diagnostic.column = position.column;
    diagnostic.message = refusal.message;
    diagnostic.allowed = refusal.allowed;
    return diagnostic;
}

// A tab where a line is indented is what most people trip over.
std::string hint_for(std::string_view source, std::size_t offset) {
    const std::size_t at = std::min(offset, source.size());
    const std::size_t line_start = source.substr(0, at).rfind('\n') + 1;
    const std::size_t first = std::min(source.find_first_not_of(" \t", line_start), source.size());
    const bool has_tab = source.substr(line_start, first - line_start).find('\t') != std::string_view::npos;
    return has_tab ? "spaces, not tabs, at the start of a line" : "";
}

Node parse_tree(const std::string& source) {
    std::istringstream stream(source);
    YAML::Parser parser(stream);
    Builder builder;
    if (!parser.HandleNextDocument(builder)) throw Refusal{0, "the file is empty", "a programme"};
    Builder second;
    if (parser.HandleNextDocument(second))
        throw Refusal{second.root.offset, "the file holds a second document", "one programme per file"};
    return std::move(builder.root);
}

}  // namespace

expected<Document, Diagnostic> load(std::string_view yaml) {
    if (yaml.starts_with("\xEF\xBB\xBF")) yaml.remove_prefix(3);
    if (yaml.size() > limits::programme_file_size_max) {
        Diagnostic diagnostic = diagnostic_at({}, {0, "the file is too large", {}});
        diagnostic.found = std::to_string(yaml.size()) + " bytes";
        diagnostic.allowed = "at most " + std::to_string(limits::programme_file_size_max) + " bytes";
        return unexpected(diagnostic);
    }
    if (const auto bad = first_bad_byte(yaml))
        return unexpected(diagnostic_at(yaml, {*bad, "the text is not UTF-8, or holds a control character", "UTF-8"}));
    Document document;
    document.source = yaml;
    try {
        document.root = parse_tree(document.source);
    } catch (const Refusal& refusal) {
        return unexpected(diagnostic_at(yaml, refusal));
    } catch (const YAML::Exception& error) {
        return unexpected(diagnostic_at(
            yaml, {byte_of(error.mark), "this is not YAML: " + error.msg, hint_for(yaml, byte_of(error.mark))}));
    }
    return document;
}

}  // namespace regulars::programme

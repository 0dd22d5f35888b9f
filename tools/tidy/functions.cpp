// Function length by matching braces: a reader of C++ layout, not of C++. It knows scopes by the text before their
// opening brace: a namespace, a type, a function body, or anything else (a block, a lambda, a list of values).
#include <cctype>
#include <string>
#include <string_view>
#include <vector>

#include "tidy/checks.hpp"
#include "tidy/rules.hpp"

namespace regulars::tidy {

namespace {

enum class ScopeKind { space, type, function, other };

struct Scope {
    ScopeKind kind = ScopeKind::other;
    std::size_t first_line = 0;
    std::string name;
    /// A brace inside a head (a default argument, a member initialised with braces): the head goes on after it.
    bool inside_head = false;
};

// The text between the last ';', '{' or '}' and here, and where it began.
struct Head {
    std::string text;
    std::size_t line = 0;

    void add(char character, std::size_t at) {
        if (character == ' ' && (text.empty() || text.back() == ' ')) return;
        if (text.empty()) line = at;
        text += character;
    }
};

bool has_word(std::string_view text, std::string_view word) {
    for (const std::string_view name : identifiers_of(text))
        if (name == word) return true;
    return false;
}

// What stands outside all parentheses, and how many of them are still open at the end: "int f() const", 0.
struct Outer {
    std::string text;
    int depth = 0;
};

Outer outer_of(std::string_view head) {
    Outer outer;
    for (const char character : head) {
        if (character == ')') --outer.depth;
        if (outer.depth == 0) outer.text += character;
        if (character == '(') ++outer.depth;
    }
    return outer;
}

// "template <class Value = int> void f()" without its first part, whose '=' assigns nothing.
std::string_view without_template(std::string_view head) {
    if (!head.starts_with("template")) return head;
    int depth = 0;
    for (std::size_t i = 0; i < head.size(); ++i) {
        if (head[i] == '<') ++depth;
        if (head[i] == '>' && --depth == 0) return head.substr(i + 1);
    }
    return head;
}

std::string function_name(std::string_view head) {
    const auto parenthesis = head.find('(');
    std::string_view before = head.substr(0, parenthesis);
    while (before.ends_with(' ')) before.remove_suffix(1);
    const auto start = before.find_last_of(" *&");
    return std::string(start == std::string_view::npos ? before : before.substr(start + 1));
}

bool is_initialiser(std::string_view outer) {
    const auto colon = outer.find(") :");
    if (colon == std::string_view::npos) return false;
    const auto last = outer.find_last_not_of(' ');
    return std::isalnum(static_cast<unsigned char>(outer[last])) != 0 || outer[last] == '_' || outer[last] == '>';
}

bool assigns(std::string_view outer) {
    if (has_word(outer, "operator")) return false;
    return outer.find('=') != std::string_view::npos;
}

Scope scope_of(const Head& head, ScopeKind around, std::size_t line) {
    Scope scope{ScopeKind::other, head.text.empty() ? line : head.line, function_name(head.text), false};
    if (around == ScopeKind::function || around == ScopeKind::other) return scope;
    const Outer outer = outer_of(without_template(head.text));
    const bool called = outer.text.find('(') != std::string::npos;
    scope.inside_head = outer.depth > 0 || is_initialiser(outer.text);
    if (scope.inside_head || assigns(outer.text)) return scope;
    if (has_word(outer.text, "namespace") || head.text.starts_with("extern \"")) {
        scope.kind = ScopeKind::space;
    } else if (called) {
        scope.kind = ScopeKind::function;
    } else if (has_word(outer.text, "class") || has_word(outer.text, "struct") || has_word(outer.text, "union")) {
        scope.kind = ScopeKind::type;
    }
    return scope;
}

// Lines from `begin` up to but not including `end`, without those that only go on with a text begun above them.
std::size_t screen_lines(const SourceFile& file, std::size_t begin, std::size_t end) {
    std::size_t count = 0;
    for (std::size_t i = begin; i < end; ++i) {
        const auto first = file.lines[i].find_first_not_of(' ');
        const bool has_code = file.code[i].find_first_not_of(' ') != std::string::npos;
        if (has_code || first == std::string::npos || file.lines[i].compare(first, 2, "//") == 0) ++count;
    }
    return count;
}

// Walks over the code character by character and keeps the scopes it is in.
class Walk {
public:
    Walk(const SourceFile& file, Findings& findings) : file_(file), findings_(findings) {}

    void step(char character, std::size_t line) {
        if (character == '{') {
            open(line);
        } else if (character == '}') {
            close(line);
        } else if (character == ';' && !inside_head()) {
            head_ = {};
        } else {
            head_.add(character, line);
        }
    }

private:
    [[nodiscard]] bool inside_head() const { return !scopes_.empty() && scopes_.back().inside_head; }

    void open(std::size_t line) {
        scopes_.push_back(scope_of(head_, scopes_.empty() ? ScopeKind::space : scopes_.back().kind, line));
        if (inside_head()) {
            head_.add('(', line);
        } else {
            head_ = {};
        }
    }

    void close(std::size_t line) {
        if (scopes_.empty()) return;
        const Scope scope = scopes_.back();
        scopes_.pop_back();
        if (scope.inside_head) {
            head_.add(')', line);
            return;
        }
        head_ = {};
        const std::size_t length = screen_lines(file_, scope.first_line - 1, line);
        if (scope.kind != ScopeKind::function || length <= function_lines_max) return;
        findings_.push_back({file_.path, scope.first_line, "function-length",
                             scope.name + " has " + std::to_string(length) + " lines, of " +
                                 std::to_string(function_lines_max) + " allowed: give its parts names"});
    }

    const SourceFile& file_;
    Findings& findings_;
    std::vector<Scope> scopes_;
    Head head_;
};

}  // namespace

Findings check_function_length(const SourceFile& file) {
    Findings findings;
    if (!file.is_cpp() || file.is_test()) return findings;
    Walk walk(file, findings);
    for (std::size_t i = 0; i < file.code.size(); ++i) {
        const auto first = file.code[i].find_first_not_of(' ');
        if (first == std::string::npos || file.code[i][first] == '#') continue;
        for (const char character : file.code[i]) walk.step(character, i + 1);
        walk.step(' ', i + 1);
    }
    return findings;
}

}  // namespace regulars::tidy

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>

#include "tidy/checks.hpp"
#include "tidy/rules.hpp"

namespace regulars::tidy {

namespace {

// Split in two so that this file does not find itself.
constexpr std::array<std::string_view, 3> unfinished = {
    "TO"
    "DO",
    "FIX"
    "ME",
    "XX"
    "X"};

std::string without_blanks(std::string_view text) {
    std::string result;
    for (const char character : text)
        if (character != ' ') result += character;
    return result;
}

// "tier_levelUp" gives tier, level, up.
std::vector<std::string> words_of(std::string_view name) {
    std::vector<std::string> words(1);
    char before = '_';
    for (const char character : name) {
        const auto byte = static_cast<unsigned char>(character);
        const bool starts_word = std::isupper(byte) != 0 && std::isupper(static_cast<unsigned char>(before)) == 0;
        if ((character == '_' || starts_word) && !words.back().empty()) words.emplace_back();
        if (character != '_') words.back() += static_cast<char>(std::tolower(byte));
        before = character;
    }
    return words;
}

void check_banned_names(const SourceFile& file, std::size_t index, Findings& findings) {
    const std::string_view line = file.code[index];
    for (const std::string_view name : identifiers_of(line)) {
        const auto after = static_cast<std::size_t>(name.data() - line.data()) + name.size();
        for (const NameBan& ban : name_bans) {
            if (name != ban.name || is_excepted(name, file.path)) continue;
            if (!without_blanks(line.substr(after)).starts_with(ban.followed_by)) continue;
            findings.push_back({file.path, index + 1, "pure-ring", std::string(name) + ": " + std::string(ban.advice)});
            break;
        }
    }
}

void check_words(const SourceFile& file, std::size_t index, Findings& findings) {
    if (!include_of(file.lines[index]).target.empty()) return;
    for (const std::string_view name : identifiers_of(file.code[index])) {
        for (std::string word : words_of(name)) {
            if (word.size() > 1 && word.ends_with('s')) word.pop_back();
            for (const WordBan& ban : word_bans) {
                const bool allowed = std::any_of(ban.allowed_in.begin(), ban.allowed_in.end(),
                                                 [&](std::string_view it) { return file.path.starts_with(it); });
                if (word == ban.word && !allowed)
                    findings.push_back(
                        {file.path, index + 1, "words", std::string(name) + ": " + std::string(ban.advice)});
            }
        }
    }
}

void check_unfinished(const SourceFile& file, std::size_t index, Findings& findings) {
    for (const std::string_view name : identifiers_of(file.lines[index]))
        if (std::find(unfinished.begin(), unfinished.end(), name) != unfinished.end())
            findings.push_back(
                {file.path, index + 1, "unfinished", "finish it, or say what does not work in the docs"});
}

void check_skipped_test(const SourceFile& file, std::size_t index, Findings& findings) {
    const std::string line = without_blanks(file.code[index]);
    const auto skip = line.find("GTEST_SKIP()");
    if (skip != std::string::npos && line.substr(skip).find("<<") == std::string::npos)
        findings.push_back({file.path, index + 1, "skipped-test", "say after GTEST_SKIP() << what it waits for"});
    for (const std::string_view name : identifiers_of(file.code[index]))
        if (name.starts_with("DISABLED"
                             "_"))
            findings.push_back({file.path, index + 1, "skipped-test", "fix the test or delete it"});
}

}  // namespace

Findings check_names(const SourceFile& file) {
    Findings findings;
    const Layer* layer = layer_named(file.layer());
    const bool pure = layer != nullptr && layer->pure && !file.is_test();
    const bool ours = file.path.starts_with("src/") && !file.is_test();
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        check_unfinished(file, i, findings);
        if (!file.is_cpp()) continue;
        if (pure) check_banned_names(file, i, findings);
        if (ours) check_words(file, i, findings);
        check_skipped_test(file, i, findings);
        const auto names = identifiers_of(file.code[i]);
        if (names.size() >= 2 && names[0] == "using" && names[1] == "namespace")
            findings.push_back({file.path, i + 1, "using-namespace", "name what is used: using library::Thing;"});
    }
    return findings;
}

}  // namespace regulars::tidy

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "base/check.hpp"
#include "story.hpp"

namespace regulars::model {

namespace {

std::string trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t\r") - first + 1));
}

bool take_prefix(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

std::string with_line_ends(std::string text) {
    for (auto at = text.find("\\n"); at != std::string::npos; at = text.find("\\n", at))
        text.replace(at, 2, "\n");
    return text;
}

Replacement replacement_of(std::string_view text) {
    const auto arrow = text.find(" -> ");
    if (arrow == std::string_view::npos) check_failed("a replacement needs ' -> ': " + std::string(text));
    return {with_line_ends(trimmed(text.substr(0, arrow))), with_line_ends(trimmed(text.substr(arrow + 4)))};
}

void read_edition(Story& story, std::string_view rest) {
    const auto with = rest.find(" with: ");
    if (with == std::string_view::npos) check_failed("'version N with: OLD -> NEW' was expected");
    const auto version = static_cast<std::uint32_t>(std::stoul(std::string(rest.substr(0, with))));
    const Replacement number{"version: 1", "version: " + std::to_string(version)};
    if (story.editions.empty() || story.editions.back().version != version)
        story.editions.push_back({version, {number}});
    story.editions.back().replacements.push_back(replacement_of(rest.substr(with + 7)));
}

Row row_of(std::string_view line, std::size_t number) {
    const std::vector<std::string> columns = parts_of_text(line, '|');
    if (columns.size() != 3) check_failed("a row has three columns: " + std::string(line));
    Row row{number, columns[0], columns[1], {}};
    if (!columns[2].empty()) row.expected = parts_of_text(columns[2], ',');
    return row;
}

/// What a row could not say in its own line: more that is then true.
void continue_row(Story& story, std::string_view line) {
    const bool open = !story.rows.empty() && !story.rows.back().expected.empty() &&
                      story.rows.back().expected.back().empty();
    if (!open) check_failed("only a row that ends with a comma goes on in the next line: " + std::string(line));
    auto& expected = story.rows.back().expected;
    expected.pop_back();
    for (std::string& part : parts_of_text(line, ',')) expected.push_back(std::move(part));
}

void load_file(const std::filesystem::path& path, std::vector<Story>& stories) {
    std::ifstream file(path);
    std::size_t number = 0;
    for (std::string raw; std::getline(file, raw);) {
        ++number;
        const std::string line = trimmed(raw);
        std::string_view rest = line;
        if (line.empty() || line.front() == '#') continue;
        if (take_prefix(rest, "story: ")) {
            stories.push_back({path.filename().string(), trimmed(rest), {}, {}, {}, {}});
            continue;
        }
        if (stories.empty()) check_failed("a file of stories begins with 'story: '");
        if (raw.front() == ' ') {
            continue_row(stories.back(), line);
            continue;
        }
        if (take_prefix(rest, "programme: ")) stories.back().programme = trimmed(rest);
        else if (take_prefix(rest, "with: ")) stories.back().replacements.push_back(replacement_of(rest));
        else if (take_prefix(rest, "version ")) read_edition(stories.back(), rest);
        else stories.back().rows.push_back(row_of(rest, number));
    }
    for (const Story& story : stories)
        for (const Row& row : story.rows)
            if (!row.expected.empty() && row.expected.back().empty())
                check_failed(story.file + ':' + std::to_string(row.line) + ": a comma, and then nothing");
}

}  // namespace

std::vector<std::string> parts_of_text(std::string_view text, char separator) {
    std::vector<std::string> parts;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t stop = std::min(text.find(separator, start), text.size());
        parts.push_back(trimmed(text.substr(start, stop - start)));
        start = stop + 1;
    }
    return parts;
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words = parts_of_text(text, ' ');
    std::erase(words, "");
    return words;
}

std::vector<Story> load_stories() {
    std::vector<std::filesystem::path> paths;
    if (!std::filesystem::exists("tests/engine/stories")) return {};
    for (const auto& entry : std::filesystem::directory_iterator("tests/engine/stories"))
        if (entry.path().extension() == ".txt") paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    std::vector<Story> stories;
    for (const auto& path : paths) load_file(path, stories);
    return stories;
}

}  // namespace regulars::model

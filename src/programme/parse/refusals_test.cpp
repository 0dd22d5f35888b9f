// Walks refusals.txt: what is said about files with mistakes.
#include <gtest/gtest.h>

#include <array>
#include <cctype>
#include <sstream>
#include <string>
#include <vector>

#include "programme/parse.hpp"
#include "programme/test_files.hpp"

namespace regulars::programme {

namespace {

struct Case {
    std::string sentence;
    std::string yaml;
    std::string said;
};

void PrintTo(const Case& one, std::ostream* out) {
    *out << one.sentence << "\n" << one.yaml;
}

// Adds below it what every programme needs and this one does not speak of.
std::string completed(const std::string& yaml) {
    static const std::array<std::string, 5> needed{"name: shop", "version: 1", "currency: EUR",
                                                   "time_zone: Europe/Berlin", "tiers: {ladder: [{name: member}]}"};
    if (yaml.starts_with("- ")) return yaml;
    std::string text = yaml;
    for (const std::string& line : needed) {
        const std::string key = line.substr(0, line.find(' '));
        if (!yaml.starts_with(key) && yaml.find("\n" + key) == std::string::npos) text += line + "\n";
    }
    return text;
}

std::vector<Case> cases() {
    std::vector<Case> result;
    std::istringstream file(text_of_file("src/programme/parse/refusals.txt"));
    bool in_yaml = false;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("== ")) {
            result.push_back({line.substr(3), "", ""});
            in_yaml = true;
        } else if (!result.empty() && line == "--") {
            in_yaml = false;
        } else if (!result.empty() && in_yaml) {
            result.back().yaml += line + "\n";
        } else if (!result.empty() && !line.empty()) {
            const bool continues = line.starts_with("    ");
            if (continues) result.back().said.back() = ' ';
            result.back().said += line.substr(continues ? 4 : 0) + "\n";
        }
    }
    return result;
}

std::string test_name(const testing::TestParamInfo<Case>& info) {
    std::string name;
    for (const char c : info.param.sentence) name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
    return name;
}

class RefusalTest : public testing::TestWithParam<Case> {};

TEST_P(RefusalTest, SaysEverythingThatIsWrong) {
    const auto programme = parse(completed(GetParam().yaml), "shop.yaml");
    EXPECT_EQ(programme ? "" : text_of(programme.error()), GetParam().said);
}

INSTANTIATE_TEST_SUITE_P(Programme, RefusalTest, testing::ValuesIn(cases()), test_name);

TEST(RefusalsTest, HoldsCasesOfBothKinds) {
    std::size_t accepted = 0;
    const auto all = cases();
    for (const Case& one : all) accepted += one.said.empty() ? 1U : 0U;
    EXPECT_GT(accepted, 3U);
    EXPECT_GT(all.size(), accepted + 50);
}

std::string programme_with(const std::string& more) {
    return completed(more);
}

TEST(RefusalsTest, LongListsAreRefusedWithTheirLimit) {
    std::string kinds = "price_kinds: [regular";
    for (int i = 0; i < 32; ++i) kinds += ", kind_" + std::to_string(i);
    std::string tiers = "tiers:\n  ladder:\n";
    for (int i = 0; i < 33; ++i) tiers += "    - {name: tier_" + std::to_string(i) + "}\n";
    std::string counters = "counters:\n";
    for (int i = 0; i < 16; ++i) counters += "  c" + std::to_string(i) + ": {metric: orders, window: lifetime}\n";
    const auto programme = parse(programme_with(kinds + "]\n" + counters + tiers), "shop.yaml");
    ASSERT_FALSE(programme);
    EXPECT_EQ(text_of(programme.error()),
              "shop.yaml:1:14: price_kinds: the list is too long: found 33 items, allowed at most 32 items\n"
              "shop.yaml:3:3: counters: there are too many counters: found a mapping, allowed at most 15\n"
              "shop.yaml:21:5: tiers.ladder: the list is too long: found 33 items, allowed at most 32 items\n");
}

TEST(RefusalsTest, AHundredMistakesAreShownAndTheRestCounted) {
    std::string yaml;
    for (int i = 0; i < 250; ++i) yaml += "wrong_" + std::to_string(i) + ": 1\n";
    const auto programme = parse(programme_with(yaml), "shop.yaml");
    ASSERT_FALSE(programme);
    ASSERT_EQ(programme.error().size(), 101U);
    EXPECT_EQ(programme.error()[99].line, 100U);
    EXPECT_EQ(programme.error()[100].message, "and 150 more");
}

TEST(RefusalsTest, LongTextsAreShownShortened) {
    const auto programme = parse(programme_with("name: " + std::string(500, 'A') + "\n"), "shop.yaml");
    ASSERT_FALSE(programme);
    EXPECT_EQ(programme.error()[0].found, "\"" + std::string(60, 'A') + "...\"");
}

}  // namespace

}  // namespace regulars::programme

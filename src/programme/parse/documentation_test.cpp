// The examples of the programme reference are programmes, and its tables name every key.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "programme/parse/keys.hpp"
#include "programme/test_files.hpp"

namespace regulars::programme {

namespace {

const std::string reference_path = "docs/programme.md";
const std::string activities_path = "docs/activities.md";

std::vector<std::string> yaml_blocks(const std::string& text) {
    const std::string open = "```yaml\n";
    std::vector<std::string> blocks;
    for (std::size_t at = text.find(open); at != std::string::npos; at = text.find(open, at)) {
        at += open.size();
        const std::size_t end = text.find("```", at);
        blocks.push_back(text.substr(at, end - at));
        at = end;
    }
    return blocks;
}

TEST(DocumentationTest, EveryExampleIsAProgramme) {
    EXPECT_GE(yaml_blocks(text_of_file(reference_path)).size(), 6U);
    for (const std::string& path : {reference_path, activities_path}) {
        for (const std::string& block : yaml_blocks(text_of_file(path))) {
            const auto programme = parse(block, path);
            EXPECT_TRUE(programme) << block << text_of(programme.error());
        }
    }
}

TEST(DocumentationTest, TheReferenceNamesEveryKey) {
    const std::string text = text_of_file(reference_path) + text_of_file(activities_path);
    for (const KeySet& set : key_sets) {
        for (const std::string_view key : set.keys) {
            const std::string name(key);
            const bool named =
                text.find("`" + name + "`") != std::string::npos || text.find(name + ":") != std::string::npos;
            EXPECT_TRUE(named) << set.name << " " << name;
        }
    }
}

// What the reference shows as errors is what this file gives.
TEST(DocumentationTest, TheErrorsAreTheRealOnes) {
    const auto programme = parse(
        "name: shop\nversion: 1\ncurrency: CNX\ntime_zone: Europe/Berlin\ntiers:\n  ladder:\n    - name: member\n"
        "    - name: vip\n      enter: {when: member.orders > 3 && member.tnure_days > 30}\n",
        "shop.yaml");
    ASSERT_FALSE(programme);
    EXPECT_NE(text_of_file(reference_path).find("```text\n" + text_of(programme.error()) + "```"), std::string::npos)
        << text_of(programme.error());
}

}  // namespace

}  // namespace regulars::programme

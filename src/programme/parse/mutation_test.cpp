// Whatever is done to a programme file, reading it ends in a programme or in diagnostics that can be shown.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "programme/parse.hpp"
#include "programme/parse/document.hpp"
#include "programme/test_files.hpp"

namespace regulars::programme {

namespace {

const std::vector<std::string>& sources() {
    static const std::vector<std::string> texts = [] {
        std::vector<std::string> result;
        for (const std::string& name : ready_programmes) result.push_back(text_of_file("programmes/" + name + ".yaml"));
        return result;
    }();
    return texts;
}

std::size_t place_in(const std::string& text) {
    return *rc::gen::inRange<std::size_t>(0, text.size() + 1);
}

// A piece of one of the files, so that keys and values land where they do not belong.
std::string piece() {
    const std::string& text = *rc::gen::elementOf(sources());
    const std::size_t at = place_in(text);
    return text.substr(at, *rc::gen::inRange<std::size_t>(0, 40));
}

std::string word() {
    static const std::vector<std::string> words{"0",
                                                "-1",
                                                "1/0",
                                                "99999999999999999999",
                                                "1e9",
                                                "[]",
                                                "{}",
                                                "~",
                                                "\"\"",
                                                "*x",
                                                "&x ",
                                                "? ",
                                                "- ",
                                                ": ",
                                                "\n",
                                                "\t",
                                                "'",
                                                "\"",
                                                "|\n",
                                                ">\n",
                                                "!!int ",
                                                "#",
                                                "---\n",
                                                "...\n",
                                                "%YAML 1.2\n",
                                                "<<: ",
                                                "member.orders",
                                                "&& (",
                                                "会",
                                                "\xFF"};
    return *rc::gen::elementOf(words);
}

std::string mutated() {
    std::string text = *rc::gen::elementOf(sources());
    const int changes = *rc::gen::inRange(1, 6);
    for (int i = 0; i < changes; ++i) {
        const std::size_t at = place_in(text);
        switch (*rc::gen::inRange(0, 4)) {
            case 0:
                text.erase(at, *rc::gen::inRange<std::size_t>(1, 30));
                break;
            case 1:
                text.insert(at, word());
                break;
            case 2:
                text.insert(at, piece());
                break;
            default:
                if (at < text.size()) text[at] = *rc::gen::arbitrary<char>();
        }
    }
    return text;
}

void expect_answer(const std::string& text) {
    const auto programme = parse(text, "shop.yaml");
    if (programme) {
        RC_ASSERT(!programme->tiers.empty());
        RC_ASSERT(!describe(*programme).empty());
        return;
    }
    RC_ASSERT(!programme.error().empty());
    const auto lines = static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n')) + 1;
    for (const Diagnostic& diagnostic : programme.error()) {
        RC_ASSERT(diagnostic.file == "shop.yaml");
        RC_ASSERT(diagnostic.line >= 1U);
        RC_ASSERT(diagnostic.line <= lines);
        RC_ASSERT(diagnostic.column >= 1U);
        RC_ASSERT(!diagnostic.message.empty());
    }
}

RC_GTEST_PROP(MutationTest, AChangedProgrammeIsReadOrRefusedWithPlaces, ()) {
    expect_answer(mutated());
}

RC_GTEST_PROP(MutationTest, AnyBytesAreReadOrRefusedWithPlaces, (const std::string& bytes)) {
    expect_answer(bytes);
}

RC_GTEST_PROP(MutationTest, ReadingTwiceSaysTheSame, ()) {
    const std::string text = mutated();
    const auto first = parse(text, "shop.yaml");
    const auto second = parse(text, "shop.yaml");
    RC_ASSERT(first.has_value() == second.has_value());
    if (first) {
        RC_ASSERT(describe(*first) == describe(*second));
    } else {
        RC_ASSERT(first.error() == second.error());
    }
}

}  // namespace

}  // namespace regulars::programme

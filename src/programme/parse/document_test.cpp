#include "programme/parse/document.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "base/limits.hpp"

namespace regulars::programme {

namespace {

const Node& value_of(const Document& document, std::string_view key) {
    for (const Entry& entry : document.root.entries)
        if (entry.key == key) return entry.value;
    ADD_FAILURE() << "no " << key;
    return document.root;
}

std::string refusal_of(std::string_view yaml) {
    const auto document = load(yaml);
    return document ? "" : text_of(document.error());
}

TEST(DocumentTest, KeepsTextsAsTheyWereWritten) {
    const auto document = load("a: 007\nb: 2000.00\nc: \"x\"\nd: ~\ne: [1/2, 2027-06-30]\nf: {g: no}\n");
    ASSERT_TRUE(document);
    EXPECT_EQ(value_of(*document, "a").text, "007");
    EXPECT_EQ(value_of(*document, "b").text, "2000.00");
    EXPECT_FALSE(value_of(*document, "b").quoted);
    EXPECT_TRUE(value_of(*document, "c").quoted);
    EXPECT_EQ(value_of(*document, "d").kind, Node::Kind::nothing);
    EXPECT_EQ(value_of(*document, "e").items[1].text, "2027-06-30");
    EXPECT_EQ(value_of(*document, "f").entries[0].value.text, "no");
}

TEST(DocumentTest, SkipsAByteOrderMark) {
    const auto document = load(
        "\xEF\xBB\xBF"
        "a: 1\n");
    ASSERT_TRUE(document);
    EXPECT_EQ(document->root.entries[0].key, "a");
    EXPECT_EQ(document->root.entries[0].key_offset, 0U);
}

TEST(DocumentTest, RefusesWhatIsNoText) {
    EXPECT_EQ(refusal_of(""), "1:1: the file is empty: allowed a programme");
    EXPECT_EQ(refusal_of("# nothing but a comment\n"), "1:1: the file is empty: allowed a programme");
    EXPECT_EQ(refusal_of("a: 1\nb: \xFF\n"), "2:4: the text is not UTF-8, or holds a control character: allowed UTF-8");
    EXPECT_EQ(refusal_of("a: \xC0\xAF\n"), "1:4: the text is not UTF-8, or holds a control character: allowed UTF-8");
    EXPECT_EQ(refusal_of("a: \xED\xA0\x80\n"),
              "1:4: the text is not UTF-8, or holds a control character: allowed UTF-8");
    EXPECT_EQ(refusal_of("a: \xE4\xBC\n"), "1:4: the text is not UTF-8, or holds a control character: allowed UTF-8");
    EXPECT_EQ(refusal_of(std::string_view("a: \0b\n", 6)),
              "1:4: the text is not UTF-8, or holds a control character: allowed UTF-8");
}

TEST(DocumentTest, RefusesWhatIsTooLargeOrTooDeep) {
    EXPECT_EQ(refusal_of(std::string(limits::programme_file_size_max + 1, ' ')),
              "1:1: the file is too large: found 1048577 bytes, allowed at most 1048576 bytes");
    EXPECT_EQ(refusal_of(std::string(24, '[') + "x" + std::string(24, ']')), "");
    EXPECT_EQ(refusal_of(std::string(25, '[') + "x" + std::string(25, ']')),
              "1:25: the file is nested too deep: allowed at most 24 levels");
    EXPECT_NE(refusal_of(std::string(100'000, '[')), "");
    std::string many = "a:\n";  // the mapping, its key and the list count too
    for (int i = 0; i < 30'000; ++i) many += "- 1\n";
    EXPECT_EQ(refusal_of(many),
              "19999:3: the file holds too many values: allowed at most 20000, repeated ones counted again");
}

TEST(DocumentTest, RefusesAliasesThatMultiply) {
    std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 12; ++i) {
        const std::string before = "*a" + std::to_string(i - 1);
        bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
        for (int j = 0; j < 9; ++j) bomb += ", " + before;
        bomb += "]\n";
    }
    EXPECT_NE(refusal_of(bomb).find("the file holds too many values"), std::string::npos);

    std::string tower = "a0: &a0 [x]\n";
    for (int i = 1; i < 40; ++i)
        tower += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) + "]\n";
    EXPECT_NE(refusal_of(tower).find("nested too deep"), std::string::npos);
}

TEST(DocumentTest, PositionsCountCharacters) {
    const std::string source = "会员: 1\nb: 2";
    EXPECT_EQ(position_of(source, 0).column, 1U);
    EXPECT_EQ(position_of(source, source.find('1')).column, 5U);
    EXPECT_EQ(position_of(source, source.find('2')).line, 2U);
    EXPECT_EQ(position_of(source, source.find('2')).column, 4U);
    EXPECT_EQ(position_of(source, 10'000).line, 2U);
}

// Each row: a scalar as YAML writes it, whose value holds one X; the X must be found where it was written.
TEST(DocumentTest, FindsAPartOfATextWhereItWasWritten) {
    for (const std::string yaml :
         {"a: one X two", "a: 'it''s ''X'", "a: \"tab\\t \\u4f1a \\x41 \\\"X\"", "a: \"one\n   two\n\n   X three\"",
          "a: |\n  one\n  two X\n", "a: >\n\n  one\n  X two\n", "a: &anchor !!str X", "a: one\n   two\n   X",
          "a: \"one \\\n   X\"", "a: X"}) {
        SCOPED_TRACE(yaml);
        const auto document = load(yaml);
        ASSERT_TRUE(document) << text_of(document.error());
        const Node& node = document->root.entries[0].value;
        EXPECT_EQ(source_offset(document->source, node, node.text.find('X')), yaml.find('X'));
    }
}

RC_GTEST_PROP(DocumentPropertyTest, PlacesStayInsideTheSource, (const std::string& text, std::size_t offset)) {
    std::string quoted = "a: \"";
    for (const char c : text)
        if (c >= ' ' && c < 127 && c != '"' && c != '\\') quoted += c;
    const auto document = load(quoted + "\"\n");
    RC_ASSERT(document.has_value());
    const Node& node = document->root.entries[0].value;
    RC_ASSERT(source_offset(document->source, node, offset % (node.text.size() + 1)) <= document->source.size());
}

}  // namespace

}  // namespace regulars::programme

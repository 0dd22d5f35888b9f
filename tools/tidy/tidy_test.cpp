// Each rule is shown a text that breaks it and one that does not. The checks read texts, so nothing is on disk.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tidy/checks.hpp"
#include "tidy/rules.hpp"

namespace regulars::tidy {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// "rule@line" of everything found in one file that stands alone.
std::vector<std::string> found_in(const std::string& path, const std::string& text) {
    const SourceFiles files = {SourceFile(path, text)};
    std::vector<std::string> found;
    for (const Finding& finding : check_all(files))
        if (finding.rule != "dead-header") found.push_back(finding.rule + "@" + std::to_string(finding.line));
    return found;
}

struct Row {
    std::string path;
    std::string text;
    std::vector<std::string> found;
};

void expect_rows(const std::vector<Row>& rows) {
    for (const Row& row : rows) EXPECT_EQ(found_in(row.path, row.text), row.found) << row.path << "\n" << row.text;
}

TEST(layers, include_downwards_only) {
    expect_rows({
        {"src/engine/a.cpp", "#include \"base/time.hpp\"\n", {}},
        {"src/engine/a.cpp", "#include \"engine/lots.hpp\"\n", {}},
        {"src/base/a.cpp", "#include \"rule/rule.hpp\"\n", {"layers@1"}},
        {"src/rule/a.cpp", "\n#include \"programme/programme.hpp\"\n", {"layers@2"}},
        {"src/programme/a.cpp", "#include \"engine/engine.hpp\"\n", {"layers@1"}},
        {"src/engine/a_test.cpp", "#include \"backtest/run.hpp\"\n", {"layers@1"}},
        {"src/service/a.cpp", "#include \"store/store.hpp\"\n", {"layers@1"}},
        {"src/store/a.cpp", "#include \"service/ports.hpp\"\n", {}},
        {"src/store/a.cpp", "#include \"api/routes.hpp\"\n", {"layers@1"}},
        {"src/api/a.cpp", "#include \"store/store.hpp\"\n", {"layers@1"}},
        {"src/server/a.cpp", "#include \"api/routes.hpp\"\n#include \"store/store.hpp\"\n", {}},
        {"src/base/a.cpp", "#include \"tests/world.hpp\"\n", {"layers@1"}},
        {"src/base/a.cpp", "// #include \"rule/rule.hpp\"\n", {}},
        {"src/cellar/a.cpp", "int a;\n", {"layers@1"}},
    });
}

TEST(layers, finding_says_what_is_allowed) {
    const SourceFile file("src/rule/a.cpp", "#include \"engine/engine.hpp\"\n");
    ASSERT_EQ(check_includes(file, {}).size(), 1U);
    EXPECT_THAT(check_includes(file, {})[0].advice, HasSubstr("rule must not include engine; it may include base"));
}

TEST(rooms, of_a_layer_include_one_way_only) {
    expect_rows({
        {"src/engine/orders/a.cpp", "#include \"engine/holdings/points.hpp\"\n", {}},
        {"src/engine/orders/a.cpp", "#include \"engine/orders/b.hpp\"\n#include \"engine/member.hpp\"\n", {}},
        {"src/engine/holdings/a.cpp", "#include \"engine/orders/orders.hpp\"\n", {"rooms@1"}},
        {"src/engine/member.cpp", "#include \"engine/orders/orders.hpp\"\n", {"rooms@1"}},
        {"src/engine/decide.cpp", "#include \"engine/orders/orders.hpp\"\n", {}},
        {"src/programme/describe/a.cpp", "#include \"programme/parse/reader.hpp\"\n", {"rooms@1"}},
        {"src/service/a.cpp", "#include \"engine/orders/quote.hpp\"\n", {}},
    });
}

TEST(rooms, finding_says_what_is_allowed) {
    const SourceFile file("src/engine/activities/a.cpp", "#include \"engine/people/merge.hpp\"\n");
    ASSERT_EQ(check_includes(file, {}).size(), 1U);
    EXPECT_THAT(check_includes(file, {})[0].advice, HasSubstr("of the rooms it may include engine/holdings"));
}

TEST(pure_ring, knows_no_clock_chance_thread_or_network) {
    expect_rows({
        {"src/engine/a.cpp", "#include <chrono>\n", {"pure-ring@1"}},
        {"src/engine/a.cpp", "#include <random>\n#include <thread>\n", {"pure-ring@1", "pure-ring@2"}},
        {"src/engine/a.cpp", "#include <fstream>\n", {"pure-ring@1"}},
        {"src/engine/a.cpp", "#include <boost/asio.hpp>\n", {"pure-ring@1"}},
        {"src/engine/a.cpp", "#include <soci/soci.h>\n", {"pure-ring@1"}},
        {"src/engine/a_test.cpp", "#include <random>\n", {}},
        {"src/engine/test_files.cpp", "#include <fstream>\n", {}},
        {"src/backtest/a.cpp", "#include <fstream>\n", {}},
        {"src/server/a.cpp", "#include <chrono>\n#include <boost/asio.hpp>\n", {}},
        {"src/engine/a.cpp", "auto now = std::chrono::system_clock::now();\n", {"pure-ring@1"}},
        {"src/engine/a.cpp", "auto now = time (nullptr);\n", {"pure-ring@1"}},
        {"src/engine/a.cpp", "auto later = event.time(zone);\n", {}},
        {"src/engine/a.cpp", "int chance = rand();\n", {"pure-ring@1"}},
        {"src/engine/a.cpp", "// system_clock would be wrong here\nauto text = \"rand()\";\n", {}},
        {"src/service/a.cpp", "auto now = std::chrono::system_clock::now();\n", {}},
    });
}

TEST(headers, stay_light_and_guarded) {
    expect_rows({
        {"src/api/a.hpp", "// Why.\n#pragma once\n\n#include <string>\n", {}},
        {"src/api/a.hpp", "#include <string>\n", {"pragma-once@1"}},
        {"src/api/a.cpp", "#include <nlohmann/json.hpp>\n", {}},
    });
}

TEST(headers, hand_no_heavy_header_on) {
    const SourceFile json("src/api/a.hpp", "#pragma once\n#include <nlohmann/json.hpp>\n");
    const SourceFile stored("src/api/a.hpp", "#pragma once\n#include \"api/member.pb.h\"\n");
    const std::string include = "#include \"api/a.hpp\"\n";
    for (const SourceFile& header : {json, stored}) {
        EXPECT_THAT(check_all({header, SourceFile("src/api/b.cpp", include)}), IsEmpty());
        for (const char* path : {"src/server/b.cpp", "src/api/b.hpp", "tests/b.cpp"}) {
            const Findings findings = check_includes(header, {header, SourceFile(path, include)});
            ASSERT_EQ(findings.size(), 1U) << path;
            EXPECT_EQ(findings[0].rule, "heavy-header");
        }
    }
}

TEST(headers, of_a_source_file_come_first) {
    const SourceFile header("src/base/a.hpp", "#pragma once\n");
    const SourceFile good("src/base/a.cpp", "#include \"base/a.hpp\"\n#include <string>\n");
    const SourceFile bad("src/base/a.cpp", "#include <string>\n#include \"base/a.hpp\"\n");
    EXPECT_THAT(check_all({header, good}), IsEmpty());
    ASSERT_EQ(check_all({header, bad}).size(), 1U);
    EXPECT_EQ(check_all({header, bad})[0].rule, "own-header-first");
}

TEST(headers, that_nothing_includes_are_dead) {
    const SourceFile header("src/base/a.hpp", "#pragma once\n");
    ASSERT_EQ(check_dead_headers({header}).size(), 1U);
    EXPECT_EQ(check_dead_headers({header})[0].file, "src/base/a.hpp");
    EXPECT_THAT(check_dead_headers({header, SourceFile("bench/b.cpp", "#include \"base/a.hpp\"\n")}), IsEmpty());
}

TEST(words, follow_the_glossary_in_names_only) {
    expect_rows({
        {"src/engine/a.cpp", "int tier_level = 0;\n", {"words@1"}},
        {"src/engine/a.cpp", "struct TierLevels {};\n", {"words@1"}},
        {"src/engine/a.cpp", "int customer_id;\n", {"words@1"}},
        {"src/engine/a.cpp", "int member_id; // the customer's\nauto text = \"customer\";\n", {}},
        {"src/engine/a.cpp", "Programme programme;\n", {}},
        {"src/engine/a.cpp", "Program program;\n", {"words@1", "words@1"}},
        {"src/engine/a.cpp", "int levelled;\n", {}},
        {"src/backtest/a.cpp", "int customer_id;\n", {}},
        {"tools/a.cpp", "int level;\n", {}},
    });
}

TEST(layout, is_plain_and_fits_the_screen) {
    const std::string long_line = "// " + std::string(118, 'a');
    const std::string chinese_line = "// " + [] {
        std::string text;
        for (int i = 0; i < 100; ++i) text += "\xE4\xBC\x9A";
        return text;
    }();
    std::string many_lines;
    for (int i = 0; i < 501; ++i) many_lines += "int a;\n";
    expect_rows({
        {"src/base/a.cpp", "int a;\n", {}},
        {"src/base/a.cpp", "\tint a;\n", {"tab@1"}},
        {"src/base/a.cpp", "int a; \n", {"trailing-blank@1"}},
        {"src/base/cases.txt", "a\tb\n", {}},
        {"README.md", "One line.\r\n", {"trailing-blank@1"}},
        {"src/base/a.cpp", "int a;", {"last-line@1"}},
        {"src/base/a.cpp", long_line + "\n", {"line-length@1"}},
        {"src/base/a.cpp", chinese_line + "\n", {}},
        {"README.md", long_line + "\n", {}},
        {"src/base/a.cpp", many_lines, {"file-length@0"}},
        {"src/base/a.cpp", "using namespace std;\n", {"using-namespace@1"}},
        {"src/base/a.cpp", "namespace a {\n    using namespace b;\n}\n", {"using-namespace@2"}},
    });
}

TEST(work, is_finished_and_tested) {
    expect_rows({
        {"src/base/a.cpp",
         "// TO"
         "DO later\n",
         {"unfinished@1"}},
        {"docs/a.md",
         "FIX"
         "ME\n",
         {"unfinished@1"}},
        {"src/base/a_test.cpp", "GTEST_SKIP();\n", {"skipped-test@1"}},
        {"src/base/a_test.cpp", "GTEST_SKIP() << \"needs a server\";\n", {}},
        {"src/base/a_test.cpp",
         "TEST(a, DISABLED"
         "_b) {}\n",
         {"skipped-test@1"}},
    });
}

std::string lines(int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += "    if (a) { b(); }\n";
    return text;
}

TEST(functions, fit_on_a_screen) {
    expect_rows({
        {"src/base/a.cpp", "int f() {\n" + lines(68) + "}\n", {}},
        {"src/base/a.cpp", "int f() {\n" + lines(69) + "}\n", {"function-length@1"}},
        {"src/base/a.cpp", "namespace n {\n\nint f(\n    int a) {\n" + lines(68) + "}\n}\n", {"function-length@3"}},
        {"src/base/a.cpp", "struct A {\n    int f() const {\n" + lines(69) + "    }\n};\n", {"function-length@2"}},
        {"src/base/a.cpp", "struct A {\n" + lines(0) + std::string(90, '\n') + "};\n", {}},
        {"src/base/a.cpp", "int f(B b = {}) {\n" + lines(69) + "}\n", {"function-length@1"}},
        {"src/base/a.cpp", "A::A(int a)\n    : a_{a}, b_(a) {\n" + lines(69) + "}\n", {"function-length@1"}},
        {"src/base/a.cpp", "A::A(int a)\n    : b_(a), a_{a} {\n" + lines(69) + "}\n", {"function-length@1"}},
        {"src/base/a.cpp", "template <class T = int>\nT f() {\n" + lines(69) + "}\n", {"function-length@1"}},
        {"src/base/a.cpp", "bool operator==(A a, A b) {\n" + lines(69) + "}\n", {"function-length@1"}},
        {"src/base/a.cpp", "const int table[] = {f(1),\n" + std::string(90, '\n') + "};\n", {}},
        {"src/base/a.cpp", "auto f() {\n    return R\"(\n" + lines(90) + ")\";\n}\n", {}},
        {"src/base/a.cpp", "const B table{\n" + std::string(90, '\n') + "};\nint f() { return 1; }\n", {}},
    });
}

TEST(blanking, keeps_places_and_removes_comments_and_literals) {
    EXPECT_EQ(blank_comments_and_literals("a // b\nc"), "a     \nc");
    EXPECT_EQ(blank_comments_and_literals("a /* b\n */ c"), "a     \n    c");
    EXPECT_EQ(blank_comments_and_literals("f(\"a\\\"b\") + c"), "f(\"    \") + c");
    EXPECT_EQ(blank_comments_and_literals("x = '\"'; y"), "x = ' '; y");
    EXPECT_EQ(blank_comments_and_literals("1'000'000 + x"), "1'000'000 + x");
    EXPECT_EQ(blank_comments_and_literals("R\"x(a \" b)x\" + c"), "R\"         \" + c");
    EXPECT_EQ(blank_comments_and_literals("\"never closed\nint a;"), "\"            \nint a;");
}

TEST(includes, are_read_in_both_forms) {
    EXPECT_EQ(include_of("#include <vector>").target, "vector");
    EXPECT_FALSE(include_of("#include <vector>").quoted);
    EXPECT_EQ(include_of("#  include \"base/a.hpp\"").target, "base/a.hpp");
    EXPECT_TRUE(include_of("#  include \"base/a.hpp\"").quoted);
    for (const char* line : {"", "int a;", "#define A \"b\"", "#include", "#include <vector"})
        EXPECT_EQ(include_of(line).target, "") << line;
}

TEST(identifiers, are_split_at_everything_else) {
    EXPECT_THAT(identifiers_of("a_1 += std::max(2b, c)"), ElementsAre("a_1", "std", "max", "c"));
}

}  // namespace
}  // namespace regulars::tidy

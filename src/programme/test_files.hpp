// What the tests of this layer share: files of the project, opened by relative path.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <ostream>
#include <string>

#include "base/diagnostic.hpp"
#include "programme/parse.hpp"

namespace regulars::programme {

inline const std::string ready_programmes[] = {"vancl",    "four-tier", "vip-cashback", "quarterly", "share", "mall",
                                               "newcomer", "prepaid",   "plus",         "club",      "community"};

inline std::string text_of_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file.is_open()) << path;
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// One line per diagnostic.
inline std::string text_of(const Diagnostics& diagnostics) {
    std::string text;
    for (const Diagnostic& diagnostic : diagnostics) text += regulars::text_of(diagnostic) + "\n";
    return text;
}

/// A programme that must compile.
inline Programme parse_valid(const std::string& yaml, const std::string& name) {
    auto programme = parse(yaml, name);
    EXPECT_TRUE(programme.has_value()) << text_of(programme.error());
    return programme ? *programme : Programme{};
}

inline Programme ready_programme(const std::string& name) {
    const std::string path = "programmes/" + name + ".yaml";
    return parse_valid(text_of_file(path), path);
}

}  // namespace regulars::programme

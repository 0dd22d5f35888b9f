// The pure ring (base, rule, programme, engine, backtest) is linked whole into this binary: were a database, a
// network library or Boost used anywhere in it, the link would fail or the library would be mapped here.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

namespace {

std::vector<std::string> mapped_libraries() {
    std::vector<std::string> libraries;
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);) {
        const auto slash = line.rfind('/');
        if (slash != std::string::npos && line.find(".so", slash) != std::string::npos)
            libraries.push_back(line.substr(slash + 1));
    }
    return libraries;
}

TEST(pure_ring, runs_without_database_network_or_boost) {
    const auto libraries = mapped_libraries();
    ASSERT_THAT(libraries, testing::Contains(testing::HasSubstr("libstdc++"))) << "the list itself must be readable";
    for (const char* banned : {"boost", "soci", "sqlite", "libpq", "protobuf", "libssl", "libcrypto", "libcurl"})
        EXPECT_THAT(libraries, testing::Not(testing::Contains(testing::HasSubstr(banned))));
}

}  // namespace

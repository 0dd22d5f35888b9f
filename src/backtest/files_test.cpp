#include "backtest/files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace regulars::backtest {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

class Files : public ::testing::Test {
protected:
    Files() : folder_(fs::path(::testing::TempDir()) / "backtest_files_test") {
        fs::remove_all(folder_);
        fs::create_directories(folder_);
    }
    ~Files() override { fs::remove_all(folder_); }

    [[nodiscard]] std::string path(const std::string& name) const { return (folder_ / name).string(); }
    [[nodiscard]] std::string plain(const std::string& text) const {
        std::ofstream(path("plain"), std::ios::binary) << text;
        return path("plain");
    }
    [[nodiscard]] std::string zipped(const std::string& text) const {
        const gzFile file = gzopen(path("zipped").c_str(), "wb");
        gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
        gzclose(file);
        return path("zipped");
    }

    fs::path folder_;
};

std::string long_text() {
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += std::to_string(i * 7919) + "\n";
    return text;
}

TEST_F(Files, plain_and_gzip_are_told_by_their_content) {
    EXPECT_EQ(read_text(plain("hello"), 100).value(), "hello");
    EXPECT_EQ(read_text(zipped("hello"), 100).value(), "hello");
    EXPECT_EQ(read_text(plain(""), 100).value(), "");
    EXPECT_EQ(read_text(zipped(long_text()), 10'000'000).value(), long_text());
}

TEST_F(Files, a_file_that_is_too_large_missing_or_a_folder_is_told) {
    EXPECT_THAT(read_text(plain("hello"), 4).error(), HasSubstr("larger than 4 bytes"));
    EXPECT_THAT(read_text(path("nowhere"), 4).error(), HasSubstr("No such file"));
    EXPECT_THAT(read_text(folder_.string(), 4).error(), HasSubstr("it is a folder"));
}

TEST_F(Files, a_gzip_file_that_breaks_off_or_is_damaged_is_an_error) {
    const std::string whole = zipped(long_text());
    const auto size = fs::file_size(whole);
    fs::resize_file(whole, size / 2);
    EXPECT_THAT(read_text(whole, 10'000'000).error(), HasSubstr("cannot read"));
    const std::string damaged = zipped(long_text());
    std::fstream file(damaged, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(size / 2));
    file << "damage damage damage";
    file.close();
    EXPECT_FALSE(read_text(damaged, 10'000'000).has_value());
}

TEST_F(Files, what_is_written_is_there_and_what_cannot_be_written_is_told) {
    auto file = OutputFile::open(path("out"));
    ASSERT_TRUE(file.has_value());
    file->write("a");
    file->write("b\n");
    ASSERT_TRUE(file->close().has_value());
    EXPECT_EQ(read_text(path("out"), 10).value(), "ab\n");
    EXPECT_THAT(OutputFile::open(path("no/such/folder")).error(), HasSubstr("cannot write"));
    auto full = OutputFile::open("/dev/full");
    ASSERT_TRUE(full.has_value());
    full->write("x");
    EXPECT_THAT(full->close().error(), HasSubstr("No space left"));
}

TEST_F(Files, rejects_lie_beside_the_orders) {
    EXPECT_EQ(rejects_path(path("orders.csv")), path("orders.rejects.csv"));
    EXPECT_EQ(rejects_path(path("orders.csv.gz")), path("orders.rejects.csv"));
    EXPECT_EQ(rejects_path(path("orders.txt")), path("orders.txt.rejects.csv"));
    EXPECT_EQ(rejects_path("orders.csv"), "orders.rejects.csv");
    EXPECT_EQ(rejects_path("-"), "stdin.rejects.csv");
    EXPECT_EQ(rejects_path("/no/such/folder/orders.csv"), "orders.rejects.csv");
}

}  // namespace
}  // namespace regulars::backtest

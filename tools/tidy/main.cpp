// regulars_tidy [FOLDER]: checks the tree under FOLDER (here, if not given) against the rules of the house.
// Prints FILE:LINE: rule: what to do. Exit status 0 when all is well, 1 when something is found, 2 when it cannot run.
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "tidy/checks.hpp"

namespace {

using regulars::tidy::SourceFiles;

// What Git tracks or would track: nothing built, nothing fetched.
std::vector<std::string> listed_by_git() {
    std::vector<std::string> paths;
    FILE* pipe = popen("git ls-files --cached --others --exclude-standard 2>/dev/null", "r");
    if (pipe == nullptr) return paths;
    std::string output;
    std::array<char, 4096> buffer{};
    for (std::size_t size = 0; (size = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
        output.append(buffer.data(), size);
    pclose(pipe);
    for (std::size_t start = 0, end = 0; (end = output.find('\n', start)) != std::string::npos; start = end + 1)
        paths.push_back(output.substr(start, end - start));
    return paths;
}

// Without Git (a release archive): everything but what is built, fetched or hidden.
std::vector<std::string> listed_by_walk() {
    std::vector<std::string> paths;
    for (auto entry = std::filesystem::recursive_directory_iterator("."); entry != end(entry); ++entry) {
        const std::string name = entry->path().filename().string();
        const bool skipped = name == "build" || name == "data" || name == "node_modules" || name == ".git";
        if (entry->is_directory() && skipped) entry.disable_recursion_pending();
        if (entry->is_regular_file()) paths.push_back(entry->path().lexically_normal().generic_string());
    }
    return paths;
}

// Nothing for what is no text of ours: binary files, lock files, licence texts.
std::optional<std::string> text_of(const std::string& path) {
    if (path.ends_with("-lock.json") || path == "LICENSE" || path.ends_with(".csv")) return std::nullopt;
    std::ifstream stream(path, std::ios::binary);
    if (!stream) return std::nullopt;
    std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    if (text.find('\0') != std::string::npos) return std::nullopt;
    return text;
}

SourceFiles read_tree() {
    std::vector<std::string> paths = listed_by_git();
    if (paths.empty()) paths = listed_by_walk();
    SourceFiles files;
    for (const std::string& path : paths)
        if (auto text = text_of(path)) files.emplace_back(path, *std::move(text));
    return files;
}

}  // namespace

int main(int argument_count, char** arguments) {
    if (argument_count > 1) {
        std::error_code error;
        std::filesystem::current_path(arguments[1], error);
        if (error) {
            std::cerr << "regulars_tidy: cannot enter " << arguments[1] << ": " << error.message() << '\n';
            return 2;
        }
    }
    const SourceFiles files = read_tree();
    if (files.empty()) {
        std::cerr << "regulars_tidy: there is nothing to check here\n";
        return 2;
    }
    const auto findings = regulars::tidy::check_all(files);
    for (const auto& [file, line, rule, advice] : findings) {
        std::cout << file << ':' << line << ": " << rule << ": " << advice << '\n';
    }
    std::cout << files.size() << " files checked, " << findings.size() << " findings\n";
    return findings.empty() ? 0 : 1;
}

#include <algorithm>
#include <string>
#include <string_view>

#include "tidy/checks.hpp"
#include "tidy/rules.hpp"

namespace regulars::tidy {

namespace {

std::string first_part(std::string_view path) {
    return std::string(path.substr(0, path.find('/')));
}

std::string joined(Names names) {
    std::string text;
    for (const std::string_view name : names) text += (text.empty() ? "" : ", ") + std::string(name);
    return text.empty() ? "nothing" : text;
}

void check_direction(const SourceFile& file, std::size_t line, std::string_view target, Findings& findings) {
    const std::string from(file.layer());
    const std::string to = first_part(target);
    if (std::find(never_included_by_src.begin(), never_included_by_src.end(), to) != never_included_by_src.end()) {
        findings.push_back({file.path, line, "layers", "src must not include " + to + "/"});
        return;
    }
    const Layer* layer = layer_named(from);
    if (layer == nullptr || to == from || layer_named(to) == nullptr) return;
    if (std::find(layer->may_include.begin(), layer->may_include.end(), to) != layer->may_include.end()) return;
    findings.push_back({file.path, line, "layers",
                        from + " must not include " + to + "; it may include " + joined(layer->may_include)});
}

// Inside a layer: from room to room, and from the layer's own folder into them.
void check_rooms(const SourceFile& file, std::size_t line, std::string_view target, Findings& findings) {
    const Room* to = room_of(target);
    if (to == nullptr || first_part(target) != file.layer() || is_excepted("rooms", file.path)) return;
    const Room* from = room_of(std::string_view(file.path).substr(4));
    if (from == to) return;
    const Names allowed = from == nullptr ? Names{} : from->may_include;
    if (std::find(allowed.begin(), allowed.end(), to->path) != allowed.end()) return;
    const std::string name(from == nullptr ? file.layer() : from->path);
    findings.push_back(
        {file.path, line, "rooms",
         name + " must not include " + std::string(to->path) + "; of the rooms it may include " + joined(allowed)});
}

// A header that only source files of its own layer include hands nothing on to others.
bool is_private_header(const SourceFile& file, const SourceFiles& all) {
    if (file.layer().empty()) return true;
    const std::string_view target = std::string_view(file.path).substr(4);
    return std::none_of(all.begin(), all.end(), [&](const SourceFile& it) {
        if (!it.is_cpp() || (it.ends_with(".cpp") && it.layer() == file.layer())) return false;
        return std::any_of(it.lines.begin(), it.lines.end(),
                           [&](const std::string& line) { return include_of(line).target == target; });
    });
}

void check_bans(const SourceFile& file, std::size_t line, std::string_view target, const SourceFiles& all,
                Findings& findings) {
    const Layer* layer = layer_named(file.layer());
    const bool pure = layer != nullptr && layer->pure && !file.is_test();
    for (const HeaderBan& ban : header_bans) {
        const bool applies = ban.where == Where::pure_ring ? pure : file.is_header();
        const bool hit = ban.target.ends_with('/') ? target.starts_with(ban.target) : target == ban.target;
        if (!applies || !hit || is_excepted(ban.target, file.path)) continue;
        if (ban.where == Where::own_headers && is_private_header(file, all)) continue;
        findings.push_back({file.path, line, ban.where == Where::pure_ring ? "pure-ring" : "heavy-header",
                            std::string(target) + ": " + std::string(ban.advice)});
    }
    if (file.is_header() && target.ends_with(".pb.h") && !is_private_header(file, all))
        findings.push_back({file.path, line, "heavy-header", std::string(target) + ": " + std::string(heavy_advice)});
}

// src/engine/decide.cpp starts with "engine/decide.hpp", when there is such a header.
void check_own_header_first(const SourceFile& file, std::size_t line, std::string_view target, const SourceFiles& all,
                            Findings& findings) {
    if (!file.ends_with(".cpp") || file.is_test()) return;
    const std::string header = file.path.substr(0, file.path.size() - 4) + ".hpp";
    const bool exists = std::any_of(all.begin(), all.end(), [&](const SourceFile& it) { return it.path == header; });
    const std::string expected = header.substr(header.find('/') + 1);
    if (exists && target != expected)
        findings.push_back({file.path, line, "own-header-first", "include \"" + expected + "\" first"});
}

}  // namespace

Findings check_includes(const SourceFile& file, const SourceFiles& all) {
    Findings findings;
    if (!file.is_cpp()) return findings;
    if (!file.layer().empty() && layer_named(file.layer()) == nullptr)
        findings.push_back({file.path, 1, "layers",
                            "src/" + std::string(file.layer()) +
                                " is no known layer: add it to tools/tidy/rules.hpp and ARCHITECTURE.md"});
    bool first = true;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        const Include include = include_of(file.code[i]).target.empty() ? Include{} : include_of(file.lines[i]);
        if (include.target.empty()) continue;
        if (first) check_own_header_first(file, i + 1, include.target, all, findings);
        first = false;
        if (include.quoted && file.path.starts_with("src/")) {
            check_direction(file, i + 1, include.target, findings);
            check_rooms(file, i + 1, include.target, findings);
        }
        check_bans(file, i + 1, include.target, all, findings);
    }
    return findings;
}

Findings check_dead_headers(const SourceFiles& all) {
    std::vector<std::string_view> included;
    for (const SourceFile& file : all) {
        if (!file.is_cpp()) continue;
        for (const std::string& line : file.lines)
            if (const Include include = include_of(line); include.quoted) included.push_back(include.target);
    }
    std::sort(included.begin(), included.end());
    Findings findings;
    for (const SourceFile& file : all) {
        if (!file.is_header() || !file.path.starts_with("src/")) continue;
        if (!std::binary_search(included.begin(), included.end(), std::string_view(file.path).substr(4)))
            findings.push_back({file.path, 0, "dead-header", "nothing includes it: use it or delete it"});
    }
    return findings;
}

}  // namespace regulars::tidy

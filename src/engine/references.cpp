#include "engine/references.hpp"

#include <algorithm>

namespace regulars::engine {

namespace {

constexpr std::size_t references_max = 100;

std::string key_of(std::string_view kind, std::string_view reference) {
    return std::string(kind) + ' ' + std::string(reference);
}

}  // namespace

bool is_known(const Member& member, std::string_view kind, std::string_view reference) {
    return std::find(member.references.begin(), member.references.end(), key_of(kind, reference)) !=
           member.references.end();
}

void remember_all(Member& member, const std::vector<std::string>& older) {
    auto& references = member.references;
    references.insert(references.begin(), older.begin(), older.end());
    if (references.size() > references_max)
        references.erase(references.begin(), references.end() - static_cast<std::ptrdiff_t>(references_max));
}

void remember(Member& member, std::string_view kind, std::string_view reference) {
    if (member.references.size() >= references_max) member.references.erase(member.references.begin());
    member.references.push_back(key_of(kind, reference));
}

}  // namespace regulars::engine

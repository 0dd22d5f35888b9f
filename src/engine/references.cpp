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

void remember(Member& member, std::string_view kind, std::string_view reference) {
    if (member.references.size() >= references_max) member.references.erase(member.references.begin());
    member.references.push_back(key_of(kind, reference));
}

}  // namespace regulars::engine

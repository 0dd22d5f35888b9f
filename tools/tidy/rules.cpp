#include "tidy/rules.hpp"

#include <algorithm>

namespace regulars::tidy {

const Layer* layer_named(std::string_view name) {
    const auto found = std::find_if(layers.begin(), layers.end(), [&](const Layer& it) { return it.name == name; });
    return found == layers.end() ? nullptr : &*found;
}

const Room* room_of(std::string_view path_in_src) {
    const std::string_view folder = path_in_src.substr(0, path_in_src.rfind('/'));
    const auto found = std::find_if(rooms.begin(), rooms.end(), [&](const Room& it) { return it.path == folder; });
    return found == rooms.end() ? nullptr : &*found;
}

bool is_excepted(std::string_view ban, std::string_view path) {
    return std::any_of(exceptions.begin(), exceptions.end(),
                       [&](const Exception& it) { return it.ban == ban && path.starts_with(it.path_prefix); });
}

}  // namespace regulars::tidy

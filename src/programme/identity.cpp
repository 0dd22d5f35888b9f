#include "programme/identity.hpp"

#include <algorithm>

namespace regulars::programme {

const Attribute* ProfilePolicy::find(std::string_view name) const {
    const auto found = std::find_if(attributes.begin(), attributes.end(),
                                    [&](const Attribute& attribute) { return attribute.name == name; });
    return found == attributes.end() ? nullptr : &*found;
}

}  // namespace regulars::programme

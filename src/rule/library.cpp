#include "rule/library.hpp"

namespace regulars::rule {

Implementation implementation(FunctionId id) {
    for (const auto part : {arithmetic_implementation, container_implementation, text_implementation,
                            time_implementation, conversion_implementation})
        if (const Implementation found = part(id)) return found;
    return nullptr;
}

}  // namespace regulars::rule

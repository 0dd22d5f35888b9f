#include "rule/type.hpp"

#include "base/check.hpp"

namespace regulars::rule {

std::string Type::text_of() const {
    switch (kind()) {
        case Kind::null:
            return "null";
        case Kind::boolean:
            return "bool";
        case Kind::integer:
            return "int";
        case Kind::real:
            return "double";
        case Kind::text:
            return "string";
        case Kind::timestamp:
            return "timestamp";
        case Kind::duration:
            return "duration";
        case Kind::list:
            return "list(" + inner().text_of() + ")";
        case Kind::map:
            return "map(string, " + inner().text_of() + ")";
        case Kind::dynamic:
            return "dyn";
        case Kind::parameter:
            return "T";
    }
    check_failed("every type has a text");
}

bool compatible(Type left, Type right) {
    if (left == right || left.is_dynamic() || right.is_dynamic()) return true;
    if (left.is(Type::Kind::null) || right.is(Type::Kind::null)) return true;
    const bool holds = left.is(Type::Kind::list) || left.is(Type::Kind::map);
    return holds && left.kind() == right.kind() && compatible(left.inner(), right.inner());
}

Type join(Type left, Type right) {
    if (left == right || right.is(Type::Kind::null)) return left;
    if (left.is(Type::Kind::null)) return right;
    if (left.kind() == right.kind()) {
        if (left.is(Type::Kind::list)) return Type::list(join(left.inner(), right.inner()));
        if (left.is(Type::Kind::map)) return Type::map(join(left.inner(), right.inner()));
    }
    return Type::dynamic();
}

}  // namespace regulars::rule

#include "rule/overload.hpp"

#include <optional>

namespace regulars::rule {

namespace {

// Whether an argument may stand where a function asks for `pattern`; binds T the first time it is met, afterwards
// holds the others to it. `mixes_numbers`: int and double are then one T, as == and `in` compare them.
struct Binding {
    bool mixes_numbers;
    std::optional<Type> parameter;

    bool matches(Type pattern, Type argument) {
        if (pattern.is(Type::Kind::parameter)) return bind(argument);
        if (argument.is_dynamic() || pattern.is_dynamic()) {
            // What T is stays open: a dynamic list may hold anything.
            const bool open = pattern.is(Type::Kind::list) || pattern.is(Type::Kind::map);
            return !open || matches(pattern.inner(), Type::dynamic());
        }
        if (pattern.kind() != argument.kind()) return false;
        const bool holds = pattern.is(Type::Kind::list) || pattern.is(Type::Kind::map);
        return !holds || matches(pattern.inner(), argument.inner());
    }

    bool bind(Type argument) {
        if (!parameter) {
            parameter = argument;
            return true;
        }
        const bool numbers = mixes_numbers && parameter->is_number() && argument.is_number();
        if (!numbers && !compatible(*parameter, argument)) return false;
        parameter = join(*parameter, argument);
        return true;
    }

    [[nodiscard]] Type bound(Type pattern) const {
        if (pattern.is(Type::Kind::parameter)) return parameter.value_or(Type::dynamic());
        if (pattern.is(Type::Kind::list)) return Type::list(bound(pattern.inner()));
        if (pattern.is(Type::Kind::map)) return Type::map(bound(pattern.inner()));
        return pattern;
    }
};

}  // namespace

Resolution resolve(const Function& function, std::span<const Type> arguments) {
    const FunctionId id = function.id;
    const bool mixes_numbers = id == FunctionId::equal || id == FunctionId::not_equal || id == FunctionId::in;
    std::optional<Type> result;
    for (const Overload& overload : function.overloads) {
        if (overload.count != arguments.size()) continue;
        Binding binding{mixes_numbers, std::nullopt};
        bool fits = true;
        for (std::size_t i = 0; fits && i < arguments.size(); ++i)
            fits = binding.matches(overload.arguments[i], arguments[i]);
        if (!fits) continue;
        const Type given = binding.bound(overload.result);
        result = !result || *result == given ? given : Type::dynamic();
    }
    return {result.has_value(), result.value_or(Type::dynamic())};
}

}  // namespace regulars::rule

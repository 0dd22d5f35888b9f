#include "rule/functions.hpp"

#include <string>

#include "base/check.hpp"

namespace regulars::rule {

namespace {

constexpr Type t = Type::parameter();
constexpr Type boolean = Type::boolean();
constexpr Type integer = Type::integer();
constexpr Type real = Type::real();
constexpr Type text = Type::text();
constexpr Type timestamp = Type::timestamp();
constexpr Type duration = Type::duration();
constexpr Type dynamic = Type::dynamic();
constexpr Type list_t = Type::list(Type::parameter());
constexpr Type map_t = Type::map(Type::parameter());

template <class... Arguments>
constexpr Overload gives(Type result, Arguments... arguments) {
    return {{arguments...}, static_cast<std::uint8_t>(sizeof...(arguments)), result};
}

constexpr std::array logical{gives(boolean, boolean, boolean)};
constexpr std::array negation{gives(boolean, boolean)};
constexpr std::array choice{gives(t, boolean, t, t)};
constexpr std::array equality{gives(boolean, t, t)};
constexpr std::array ordering{gives(boolean, integer, integer),   gives(boolean, real, real),
                              gives(boolean, integer, real),      gives(boolean, real, integer),
                              gives(boolean, text, text),         gives(boolean, timestamp, timestamp),
                              gives(boolean, duration, duration), gives(boolean, boolean, boolean)};
constexpr std::array membership{gives(boolean, t, list_t), gives(boolean, text, map_t)};
constexpr std::array addition{gives(integer, integer, integer),
                              gives(real, real, real),
                              gives(text, text, text),
                              gives(list_t, list_t, list_t),
                              gives(timestamp, timestamp, duration),
                              gives(timestamp, duration, timestamp),
                              gives(duration, duration, duration)};
constexpr std::array subtraction{gives(integer, integer, integer), gives(real, real, real),
                                 gives(duration, timestamp, timestamp), gives(timestamp, timestamp, duration),
                                 gives(duration, duration, duration)};
constexpr std::array product{gives(integer, integer, integer), gives(real, real, real)};
constexpr std::array remainder{gives(integer, integer, integer)};
constexpr std::array opposite{gives(integer, integer), gives(real, real)};
constexpr std::array element{gives(t, list_t, integer), gives(t, map_t, text)};
constexpr std::array presence{gives(boolean, t)};
constexpr std::array quantifier{gives(boolean, list_t, boolean), gives(boolean, map_t, boolean)};
constexpr std::array selection{gives(list_t, list_t, boolean), gives(Type::list(text), map_t, boolean)};
constexpr std::array mapping{gives(list_t, Type::list(dynamic), t), gives(list_t, map_t, t),
                             gives(list_t, Type::list(dynamic), boolean, t), gives(list_t, map_t, boolean, t)};
constexpr std::array sizes{gives(integer, text), gives(integer, list_t), gives(integer, map_t)};
constexpr std::array text_test{gives(boolean, text, text)};
constexpr std::array search{gives(integer, text, text), gives(integer, text, text, integer)};
constexpr std::array slice{gives(text, text, integer), gives(text, text, integer, integer)};
constexpr std::array replacement{gives(text, text, text, text), gives(text, text, text, text, integer)};
constexpr std::array splitting{gives(Type::list(text), text, text), gives(Type::list(text), text, text, integer)};
constexpr std::array joining{gives(text, Type::list(text)), gives(text, Type::list(text), text)};
constexpr std::array text_change{gives(text, text)};
constexpr std::array extreme{gives(integer, integer, integer),          gives(real, real, real),
                             gives(integer, integer, integer, integer), gives(real, real, real, real),
                             gives(integer, Type::list(integer)),       gives(real, Type::list(real))};
constexpr std::array magnitude{gives(integer, integer), gives(real, real)};
constexpr std::array to_timestamp{gives(timestamp, text), gives(timestamp, integer), gives(timestamp, timestamp)};
constexpr std::array to_duration{gives(duration, text), gives(duration, duration)};
constexpr std::array calendar{gives(integer, timestamp), gives(integer, timestamp, text)};
constexpr std::array clock{gives(integer, timestamp), gives(integer, timestamp, text), gives(integer, duration)};
constexpr std::array to_integer{gives(integer, integer), gives(integer, real), gives(integer, text),
                                gives(integer, timestamp)};
constexpr std::array to_real{gives(real, real), gives(real, integer), gives(real, text)};
constexpr std::array to_text{gives(text, text),    gives(text, integer),   gives(text, real),
                             gives(text, boolean), gives(text, timestamp), gives(text, duration)};
constexpr std::array to_boolean{gives(boolean, boolean), gives(boolean, text)};
constexpr std::array to_dynamic{gives(dynamic, t)};

using Id = FunctionId;
using N = Notation;
using C = Control;

constexpr std::array<Function, function_count> catalogue{{
    {Id::logical_and, "&&", N::infix, C::condition, "{0} and {1}", "{0} 并且 {1}", logical},
    {Id::logical_or, "||", N::infix, C::condition, "{0} or {1}", "{0} 或者 {1}", logical},
    {Id::logical_not, "!", N::prefix, C::condition, "not {0}", "非 {0}", negation},
    {Id::conditional, "?:", N::conditional, C::none, "if {0} then {1}, otherwise {2}", "如果 {0} 则 {1}，否则 {2}",
     choice},
    {Id::equal, "==", N::infix, C::choice, "{0} is {1}", "{0} 等于 {1}", equality},
    {Id::not_equal, "!=", N::infix, C::choice, "{0} is not {1}", "{0} 不等于 {1}", equality},
    {Id::less, "<", N::infix, C::number, "{0} is less than {1}", "{0} 小于 {1}", ordering},
    {Id::less_equal, "<=", N::infix, C::number, "{0} is at most {1}", "{0} 不大于 {1}", ordering},
    {Id::greater, ">", N::infix, C::number, "{0} is more than {1}", "{0} 大于 {1}", ordering},
    {Id::greater_equal, ">=", N::infix, C::number, "{0} is at least {1}", "{0} 不小于 {1}", ordering},
    {Id::in, "in", N::infix, C::choices, "{0} is one of {1}", "{0} 属于 {1}", membership},
    {Id::add, "+", N::infix, C::number, "{0} plus {1}", "{0} 加 {1}", addition},
    {Id::subtract, "-", N::infix, C::number, "{0} minus {1}", "{0} 减 {1}", subtraction},
    {Id::multiply, "*", N::infix, C::number, "{0} times {1}", "{0} 乘以 {1}", product},
    {Id::divide, "/", N::infix, C::number, "{0} divided by {1}; of whole numbers the whole part",
     "{0} 除以 {1}；整数相除只取整数部分", product},
    {Id::modulo, "%", N::infix, C::number, "what is left of {0} divided by {1}", "{0} 除以 {1} 的余数", remainder},
    {Id::negate, "-", N::prefix, C::number, "minus {0}", "{0} 的相反数", opposite},
    {Id::index, "[]", N::index, C::number, "item {1} of {0}, counted from 0", "{0} 的第 {1} 项（从 0 起）", element},
    {Id::has, "has", N::macro, C::none, "{0} is known", "{0} 有值", presence},
    {Id::all, "all", N::macro, C::condition, "every item of {0} satisfies {1}", "{0} 的每一项都满足 {1}", quantifier},
    {Id::exists, "exists", N::macro, C::condition, "some item of {0} satisfies {1}", "{0} 中有一项满足 {1}",
     quantifier},
    {Id::exists_one, "exists_one", N::macro, C::condition, "exactly one item of {0} satisfies {1}",
     "{0} 中恰有一项满足 {1}", quantifier},
    {Id::filter, "filter", N::macro, C::condition, "the items of {0} that satisfy {1}", "{0} 中满足 {1} 的各项",
     selection},
    {Id::map, "map", N::macro, C::none, "{1} for every item of {0}", "对 {0} 的每一项求 {1}", mapping},
    {Id::size, "size", N::call_or_member, C::none, "the number of characters or items of {0}", "{0} 的字数或项数",
     sizes},
    {Id::contains, "contains", N::member, C::text, "{0} contains {1}", "{0} 包含 {1}", text_test},
    {Id::starts_with, "startsWith", N::member, C::text, "{0} starts with {1}", "{0} 以 {1} 开头", text_test},
    {Id::ends_with, "endsWith", N::member, C::text, "{0} ends with {1}", "{0} 以 {1} 结尾", text_test},
    {Id::index_of, "indexOf", N::member, C::text, "where {1} first stands in {0}, or -1; the search may start at {2}",
     "{1} 在 {0} 中首次出现的位置，没有则为 -1；可从 {2} 处开始找", search},
    {Id::substring, "substring", N::member, C::number, "{0} from character {1}, up to before character {2}",
     "{0} 从第 {1} 个字符起，到第 {2} 个字符之前", slice},
    {Id::replace, "replace", N::member, C::text, "{0} with {2} in place of {1}, at most {3} times",
     "把 {0} 中的 {1} 换成 {2}，至多 {3} 次", replacement},
    {Id::split, "split", N::member, C::text, "the parts of {0} between {1}, at most {2} parts",
     "以 {1} 分隔 {0} 所得的各段，至多 {2} 段", splitting},
    {Id::join, "join", N::member, C::text, "the texts of {0} joined, {1} between them", "把 {0} 的各段以 {1} 连接",
     joining},
    {Id::trim, "trim", N::member, C::none, "{0} without white space around it", "{0} 去掉首尾空白", text_change},
    {Id::lower_ascii, "lowerAscii", N::member, C::none, "{0} with A to Z in lower case", "{0} 的英文字母转为小写",
     text_change},
    {Id::upper_ascii, "upperAscii", N::member, C::none, "{0} with a to z in upper case", "{0} 的英文字母转为大写",
     text_change},
    {Id::math_least, "math.least", N::call, C::number, "the least of {0}, {1} and {2}", "{0}、{1}、{2} 中最小的",
     extreme},
    {Id::math_greatest, "math.greatest", N::call, C::number, "the greatest of {0}, {1} and {2}",
     "{0}、{1}、{2} 中最大的", extreme},
    {Id::math_abs, "math.abs", N::call, C::none, "{0} without its sign", "{0} 的绝对值", magnitude},
    {Id::timestamp, "timestamp", N::call, C::date_time, "the moment {0}", "时刻 {0}", to_timestamp},
    {Id::duration, "duration", N::call, C::duration, "a time of {0}", "时长 {0}", to_duration},
    {Id::get_full_year, "getFullYear", N::member, C::none, "the year of {0}", "{0} 的年份", calendar},
    {Id::get_month, "getMonth", N::member, C::none, "the month of {0}, January is 0", "{0} 的月份（一月为 0）",
     calendar},
    {Id::get_date, "getDate", N::member, C::none, "the day of the month of {0}, the first is 1",
     "{0} 是当月第几日（从 1 起）", calendar},
    {Id::get_day_of_month, "getDayOfMonth", N::member, C::none, "the day of the month of {0}, the first is 0",
     "{0} 是当月第几日（从 0 起）", calendar},
    {Id::get_day_of_week, "getDayOfWeek", N::member, C::none, "the day of the week of {0}, Sunday is 0",
     "{0} 是星期几（星期日为 0）", calendar},
    {Id::get_day_of_year, "getDayOfYear", N::member, C::none, "the day of the year of {0}, the first is 0",
     "{0} 是当年第几日（从 0 起）", calendar},
    {Id::get_hours, "getHours", N::member, C::none, "the hour of {0}, or how many hours it lasts",
     "{0} 的小时，或时长的总小时数", clock},
    {Id::get_minutes, "getMinutes", N::member, C::none, "the minute of {0}, or how many minutes it lasts",
     "{0} 的分钟，或时长的总分钟数", clock},
    {Id::get_seconds, "getSeconds", N::member, C::none, "the second of {0}, or how many seconds it lasts",
     "{0} 的秒，或时长的总秒数", clock},
    {Id::get_milliseconds, "getMilliseconds", N::member, C::none, "the milliseconds of {0} within its second",
     "{0} 在该秒内的毫秒", clock},
    {Id::to_int, "int", N::call, C::none, "{0} as a whole number", "{0} 转为整数", to_integer},
    {Id::to_double, "double", N::call, C::none, "{0} as a number with decimals", "{0} 转为小数", to_real},
    {Id::to_string, "string", N::call, C::none, "{0} as text", "{0} 转为文本", to_text},
    {Id::to_bool, "bool", N::call, C::none, "{0} as true or false", "{0} 转为真或假", to_boolean},
    {Id::dyn, "dyn", N::call, C::none, "{0}, its type known only when it is evaluated", "{0}，类型到求值时才确定",
     to_dynamic},
}};

constexpr bool in_order() {
    for (std::size_t i = 0; i < catalogue.size(); ++i)
        if (static_cast<std::size_t>(catalogue[i].id) != i) return false;
    return true;
}
static_assert(in_order(), "the catalogue stands in the order of its ids");

}  // namespace

std::span<const Function> functions() {
    return catalogue;
}

const Function& function(FunctionId id) {
    return catalogue[static_cast<std::size_t>(id)];
}

std::optional<FunctionId> find_function(std::string_view name, bool as_member) {
    for (const Function& entry : catalogue) {
        if (entry.name != name) continue;
        const bool fits = entry.notation == Notation::call_or_member ||
                          entry.notation == (as_member ? Notation::member : Notation::call);
        if (fits) return entry.id;
    }
    return std::nullopt;
}

std::string text_of(const Overload& overload) {
    std::string result = "(";
    for (std::size_t i = 0; i < overload.count; ++i) result += (i == 0 ? "" : ", ") + overload.arguments[i].text_of();
    return result + ") -> " + overload.result.text_of();
}

}  // namespace regulars::rule

#include "programme/names.hpp"
#include "programme/parse/sections.hpp"
#include "rule/rule.hpp"

namespace regulars::programme {

namespace {

// The byte of `text` at a line and a column that count characters from 1.
std::size_t byte_at(std::string_view text, std::uint32_t line, std::uint32_t column) {
    std::size_t at = 0;
    for (; line > 1 && at < text.size(); ++at)
        if (text[at] == '\n') --line;
    for (; column > 1 && at < text.size(); --column)
        for (++at; at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80;) ++at;
    return at;
}

void complain_about(Context& context, const Place& place, const Diagnostics& diagnostics) {
    const std::string& source = context.reader.document().source;
    for (const Diagnostic& one : diagnostics) {
        const std::size_t offset = one.line == 0 ? 0 : byte_at(place.node->text, one.line, one.column);
        context.reader.complain_at(source_offset(source, *place.node, offset), place.path,
                                   {one.message, one.allowed, one.suggestion}, one.found);
    }
}

bool is_seen(std::uint16_t slot, Sight sight) {
    if (sight == Sight::order_line || slot >= static_cast<std::uint16_t>(Slot::now)) return true;
    const Slot first_hidden = sight == Sight::member ? Slot::order_amount : Slot::line_sku;
    return slot < static_cast<std::uint16_t>(first_hidden);
}

Complaint out_of_sight(Sight sight) {
    if (sight == Sight::member)
        return {"this is decided without an order in sight", "names that start with member., and now"};
    return {"this is decided for the whole order", "names that start with member. or order., and now"};
}

std::optional<rule::Rule> read_rule(Context& context, const Place& place, rule::Type wanted, Sight sight) {
    if (!place.is_text()) {
        context.reader.complain(place, {"an expression is wanted here", "such as \"member.orders >= 3\""});
        return std::nullopt;
    }
    rule::CompileOptions options;
    options.zone = context.zone;
    auto compiled = rule::compile(place.node->text, context.schema, wanted, options);
    if (!compiled) {
        complain_about(context, place, compiled.error());
        return std::nullopt;
    }
    for (const std::uint16_t slot : compiled->uses()) {
        if (!is_seen(slot, sight)) {
            const std::string& path = context.schema.names()[slot].path;
            const std::size_t at = place.node->text.find(path);
            context.reader.complain_at(
                source_offset(context.reader.document().source, *place.node, at == std::string::npos ? 0 : at),
                place.path, out_of_sight(sight), shown(path));
            return std::nullopt;
        }
        context.slots_used |= std::uint64_t{1} << slot;
    }
    return std::move(*compiled);
}

}  // namespace

std::optional<rule::Rule> read_condition(Context& context, const Place& place, Sight sight) {
    return read_rule(context, place, rule::Type::boolean(), sight);
}

std::optional<rule::Rule> read_points_amount(Context& context, const Place& place) {
    return read_rule(context, place, rule::Type::integer(), Sight::order_line);
}

}  // namespace regulars::programme

#include "programme/parse/scalars.hpp"
#include "programme/parse/sections.hpp"

namespace regulars::programme {

Settlement read_settlement(Reader& reader, const Place& place) {
    using Kind = Settlement::Kind;
    if (!place.is_mapping()) {
        if (place.is_word("at_payment")) return {Kind::at_payment, 0};
        if (place.is_word("explicit")) return {Kind::explicit_event, 0};
        static constexpr std::string_view words[] = {"at_payment", "explicit", "after_shipping", "after_delivery"};
        reader.complain(place, {"this does not say when an order counts",
                                "at_payment, explicit, {after_shipping: 30 days} or {after_delivery: 7 days}",
                                nearest(place.node->text, Keys(words)).value_or("")});
        return {};
    }
    const Section section(reader, place, keys::settlement);
    const auto key = section.only_one_of(keys::settlement);
    if (!key) return {};
    const Kind kind = *key == "after_shipping" ? Kind::after_shipping : Kind::after_delivery;
    return {kind, read_days(reader, *section.find(*key)).value_or(0)};
}

}  // namespace regulars::programme

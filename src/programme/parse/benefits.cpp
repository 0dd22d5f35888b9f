#include <algorithm>
#include <utility>

#include "programme/parse/scalars.hpp"
#include "programme/parse/sections.hpp"

namespace regulars::programme {

namespace {

// Codes that the engine books costs under besides those of the file.
constexpr std::string_view reserved_codes[] = {"points_redeemed", "bonus"};

std::string read_code(Context& context, const Section& section, const std::string& kind) {
    const auto place = section.require("code", "the name that costs and explanations show");
    const auto code = place ? read_name(context.reader, *place) : std::nullopt;
    if (!code) return {};
    claim_code(context, *place, *code, kind);
    return *code;
}

Fraction read_share(const Section& section, std::string_view key, std::string_view allowed) {
    const auto place = section.require(key, allowed);
    const auto share = place ? read_fraction(section.reader(), *place, {0, 1}, {1, 1}) : std::nullopt;
    if (share && share->is_zero()) section.reader().complain(*place, {"this gives nothing", "more than 0"});
    return share.value_or(Fraction{});
}

template <class Benefit>
void complain_about_repeats(Reader& reader, const std::vector<Place>& places, const std::vector<Benefit>& benefits) {
    for (std::size_t i = 0; i < benefits.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (!benefits[i].code.empty() && benefits[i].code == benefits[j].code)
                reader.complain_at(places[i].node->offset, places[i].path,
                                   {"the code stands twice in this list", "another code"}, shown(benefits[i].code));
}

std::vector<Discount> read_discounts(Context& context, const Place& place) {
    std::vector<Discount> discounts;
    const auto items = items_of(context.reader, place, benefits_max);
    for (const Place& item : items) {
        const Section section(context.reader, item, keys::discount);
        Discount discount;
        discount.code = read_code(context, section, "discount");
        discount.title = read_title_or(section, discount.code);
        discount.rate = read_share(section, "rate", "the share taken off, such as 5%");
        discount.match = read_match(context, section.find("for"), section.find("except"));
        if (const auto floor = section.find("margin_floor"))
            discount.margin_floor = read_fraction(context.reader, *floor, {0, 1}, {1, 1});
        discounts.push_back(std::move(discount));
    }
    complain_about_repeats(context.reader, items, discounts);
    return discounts;
}

std::vector<Cashback> read_cashbacks(Context& context, const Place& place) {
    std::vector<Cashback> cashbacks;
    const auto items = items_of(context.reader, place, benefits_max);
    for (const Place& item : items) {
        const Section section(context.reader, item, keys::cashback);
        Cashback cashback;
        cashback.code = read_code(context, section, "cashback");
        cashback.title = read_title_or(section, cashback.code);
        cashback.rate = read_share(section, "rate", "the share credited, such as 5%");
        cashback.match = read_match(context, section.find("for"), section.find("except"));
        if (const auto rounding = section.find("rounding"))
            cashback.rounding = read_choice(context.reader, *rounding, rounding_choices).value_or(Rounding::down);
        cashbacks.push_back(std::move(cashback));
    }
    complain_about_repeats(context.reader, items, cashbacks);
    return cashbacks;
}

std::optional<FreeShipping> read_free_shipping(Context& context, const Place& place) {
    const std::string kind = "free shipping";
    FreeShipping benefit;
    benefit.code = "free_shipping";
    benefit.title = {"Free shipping", "免运费"};
    if (place.is_word("false")) return std::nullopt;
    if (place.is_word("true")) {
        claim_code(context, place, benefit.code, kind);
        return benefit;
    }
    if (!place.is_mapping()) {
        context.reader.complain(place,
                                {"this does not say whether shipping is free", "true, false or {except: {...}}"});
        return std::nullopt;
    }
    const Section section(context.reader, place, keys::free_shipping);
    if (section.find("code")) {
        benefit.code = read_code(context, section, kind);
    } else {
        claim_code(context, place, benefit.code, kind);
    }
    if (const auto title = section.find("title")) benefit.title = read_title(context.reader, *title);
    if (const auto except = section.find("except")) benefit.excluded = read_match(context, except, std::nullopt);
    const auto limit = section.find("limit");
    if (const auto uses = limit ? read_use_limit(context.reader, *limit, false) : std::nullopt) {
        benefit.count = uses->count;
        benefit.per = uses->per.value_or(CalendarUnit::month);
    }
    return benefit;
}

}  // namespace

// Several tiers may share a code, two kinds of benefits may not: costs are summed up by code.
void claim_code(Context& context, const Place& place, const std::string& code, const std::string& kind) {
    const bool reserved =
        std::find(std::begin(reserved_codes), std::end(reserved_codes), code) != std::end(reserved_codes);
    const auto known = context.benefit_kinds.emplace(code, kind).first;
    if (reserved) context.reader.complain(place, {"the code " + code + " is taken by the books", "another code"});
    if (known->second != kind)
        context.reader.complain(place, {"the code " + code + " is already that of a " + known->second, "another code"});
}

void read_benefits(Context& context, const Section& section, Privileges& privileges) {
    if (const auto place = section.find("points_multiplier"))
        privileges.points_multiplier =
            read_fraction(context.reader, *place, {0, 1}, {1000, 1}).value_or(Fraction(1, 1));
    if (const auto place = section.find("discounts")) privileges.discounts = read_discounts(context, *place);
    if (const auto place = section.find("free_shipping"))
        privileges.free_shipping = read_free_shipping(context, *place);
    if (const auto place = section.find("cashback")) privileges.cashbacks = read_cashbacks(context, *place);
    if (const auto place = section.find("order_flags"))
        privileges.order_flags = read_texts(context.reader, *place, true);
}

}  // namespace regulars::programme

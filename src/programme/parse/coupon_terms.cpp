#include <algorithm>
#include <utility>

#include "programme/parse/scalars.hpp"
#include "programme/parse/sections.hpp"

namespace regulars::programme {

namespace {

using Kind = CouponTemplate::Kind;

constexpr Choices<Kind, 6> kind_choices{{{"amount_off", Kind::amount_off},
                                         {"percent_off", Kind::percent_off},
                                         {"free_shipping", Kind::free_shipping},
                                         {"gift", Kind::gift},
                                         {"exchange", Kind::exchange},
                                         {"trial", Kind::trial}}};

constexpr std::int64_t stock_max = 1'000'000'000;
constexpr std::size_t code_size_min = 3;
constexpr std::size_t code_size_max = 32;

// "8折": of ten parts eight are paid. The share that is taken off; nothing for any other text.
std::optional<Fraction> parse_tenths(std::string_view text) {
    static constexpr std::string_view sign = "折";
    constexpr std::int64_t part_max = 1'000'000;
    if (!text.ends_with(sign)) return std::nullopt;
    text.remove_suffix(sign.size());
    if (text.find_first_not_of("0123456789.") != std::string_view::npos) return std::nullopt;
    const auto paid = Fraction::parse(text);
    if (!paid || paid->denominator() > part_max || paid->numerator() > 10 * paid->denominator()) return std::nullopt;
    return Fraction(10 * paid->denominator() - paid->numerator(), 10 * paid->denominator());
}

// What was probably meant: "85折" is said for 8.5 tenths, and 20 for 20%.
std::string suggested_share(std::string_view text) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const bool two_digits = text.size() >= 2 && is_digit(text[0]) && is_digit(text[1]);
    if (two_digits && text.substr(2) == "折") return std::string{text[0], '.', text[1]} + "折";
    if (two_digits && text.size() == 2) return std::string(text) + "%";
    return {};
}

Fraction read_percent_off(Reader& reader, const Place& place) {
    const std::string text = place.is_text() ? place.node->text : "";
    auto off = parse_tenths(text);
    if (!off) off = Fraction::parse(text);
    if (!off || off->numerator() > off->denominator()) {
        reader.complain(place, {"this is no share of the price",
                                "20%, 1/5, or 8折 for 20% off; more than 0%, up to 100%", suggested_share(text)});
        return {};
    }
    if (off->is_zero()) reader.complain(place, {"this gives nothing", "more than 0% off"});
    return *off;
}

Money read_amount(Context& context, const Place& place) {
    const auto amount = read_money(context.reader, place, context.minor_digits);
    if (amount && amount->is_zero()) context.reader.complain(place, {"this gives nothing", "more than 0"});
    return amount.value_or(Money());
}

// `true` for nothing, or {price: 1.00}.
Money read_price(Context& context, const Place& place) {
    if (place.is_word("true")) return {};
    if (!place.is_mapping()) {
        context.reader.complain(place,
                                {"this does not say what the piece costs", "true for nothing, or {price: 1.00}"});
        return {};
    }
    const Section section(context.reader, place, keys::coupon_price);
    const auto price = section.require("price", "what the piece costs, such as 1.00; true instead for nothing");
    return price ? read_money(context.reader, *price, context.minor_digits).value_or(Money()) : Money();
}

// Nothing that such a coupon could say of an order means anything.
void refuse_terms_of_orders(const Section& section, std::string_view what) {
    static constexpr std::string_view of_orders[] = {"minimum", "for",   "except",          "times",
                                                     "group",   "alone", "with_tier_price", "on_return"};
    for (const std::string_view key : of_orders)
        if (const auto meaningless = section.find(key))
            section.reader().complain(*meaningless,
                                      {std::string(what) + " is not used on an order", "no " + std::string(key)});
}

// It is a seat.
void read_invitation(const Section& section, const Place& place) {
    if (!place.is_word("true"))
        section.reader().complain(place, {"an invitation says true", "true, or another kind of coupon"});
    refuse_terms_of_orders(section, "an invitation");
}

// It brings a code of another shop, each pool for one coupon.
std::string read_pool(const Section& section, const Place& place, const CouponPolicy& known) {
    refuse_terms_of_orders(section, "a partner's code");
    const bool is_no_pool = place.is_word("true") || place.is_word("false");
    if (is_no_pool) section.reader().complain(place, {"this does not say whose codes", "the name of a pool"});
    const auto pool = is_no_pool ? std::nullopt : read_name(section.reader(), place);
    const auto has_pool = [&](const CouponTemplate& other) { return pool && other.pool == *pool; };
    const auto other = std::find_if(known.templates.begin(), known.templates.end(), has_pool);
    if (other != known.templates.end())
        section.reader().complain(place, {"the pool " + *pool + " is already that of " + other->name, "another pool"});
    return pool.value_or("");
}

std::string read_public_code(Reader& reader, const Place& place, const CouponPolicy& known) {
    std::string code = place.node->text;
    for (char& c : code)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    const auto fits = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; };
    if (!place.is_text() || code.size() < code_size_min || code.size() > code_size_max ||
        !std::all_of(code.begin(), code.end(), fits)) {
        reader.complain(place, {"a public code is wanted here", "3 to 32 of A-Z, 0-9, - and _, such as SAVE20"});
        return {};
    }
    if (const CouponTemplate* other = known.find_code(code))
        reader.complain(place, {"the code " + code + " is already that of " + other->name, "another code"});
    return code;
}

std::optional<std::int64_t> read_limit(const Section& section, std::string_view key) {
    const auto place = section.find(key);
    return place ? read_integer(section.reader(), *place, 1, stock_max) : std::nullopt;
}

std::optional<Money> read_budget(Context& context, const Place& place, const CouponTemplate& coupon) {
    const auto budget = read_money(context.reader, place, context.minor_digits);
    const auto cost = coupon.cost_max();
    if (!cost) {
        context.reader.complain(place, {"nobody can say what one of these costs at most, so a budget cannot be kept",
                                        "a budget with amount_off, or with percent_off and at_most"});
    } else if (cost->is_zero()) {
        context.reader.complain(place, {"nothing is booked for one of these, so a budget limits nothing", "no budget"});
    } else if (budget && *budget < *cost) {
        context.reader.complain(place, {"this is not enough for one coupon", "what one costs at most, or more"});
    }
    return budget;
}

}  // namespace

void read_coupon_kind(Context& context, const Section& section, const CouponPolicy& known, CouponTemplate& coupon) {
    static constexpr std::string_view kinds[] = {"amount_off", "percent_off", "free_shipping", "gift",
                                                 "exchange",   "trial",       "invitation",    "partner"};
    Reader& reader = context.reader;
    const auto at_most = section.find("at_most");
    if (at_most && !section.find("percent_off"))
        reader.complain(*at_most, {"at_most belongs to percent_off", "only together with percent_off"});
    const auto key = section.only_one_of(kinds);
    if (!key) return;
    const Place place = *section.find(*key);
    for (const auto& [word, kind] : kind_choices)
        if (word == *key) coupon.kind = kind;
    if (*key == "invitation") coupon.kind = Kind::invitation;
    if (*key == "partner") coupon.kind = Kind::partner;
    switch (coupon.kind) {
        case Kind::amount_off:
            coupon.amount = read_amount(context, place);
            break;
        case Kind::percent_off:
            coupon.rate = read_percent_off(reader, place);
            if (at_most) coupon.at_most = read_amount(context, *at_most);
            break;
        case Kind::free_shipping:
            if (!place.is_word("true"))
                reader.complain(place, {"a coupon for free shipping says true", "true, or another kind of coupon"});
            break;
        case Kind::gift:
            coupon.product = read_text(reader, place, limits::id_size_max).value_or("");
            break;
        case Kind::exchange:
        case Kind::trial:
            coupon.amount = read_price(context, place);
            break;
        case Kind::partner:
            coupon.pool = read_pool(section, place, known);
            break;
        case Kind::invitation:
            read_invitation(section, place);
            break;
    }
}

std::optional<Claim> read_claim(Reader& reader, const Place& place, const CouponPolicy& known) {
    if (place.is_word("true")) return Claim{};
    if (place.is_word("false")) return std::nullopt;
    if (!place.is_mapping()) {
        reader.complain(place, {"this does not say how members take it",
                                "true, false or a mapping such as {points: 500} or {code: SAVE20}"});
        return std::nullopt;
    }
    const Section section(reader, place, keys::claim);
    if (place.node->entries.empty())
        reader.complain(place, {"this says nothing", "true for free, or " + listed(keys::claim)});
    Claim claim;
    if (const auto points = section.find("points"))
        claim.points = Points(read_integer(reader, *points, 1, limits::points_max).value_or(0));
    const auto code = section.find("code");
    const auto codes = section.find("codes");
    if (code) claim.code = read_public_code(reader, *code, known);
    if (codes) claim.unique_codes = codes->is_word("unique");
    if (codes && !claim.unique_codes)
        reader.complain(*codes,
                        {"this does not say which codes", "unique: each works once, made by regulars codes make"});
    if (code && codes)
        reader.complain(*codes, {"it is taken with one public code or with unique codes", "code or codes"});
    if (section.find("from") || section.find("until")) claim.dates = read_date_range(section, "from", "until");
    return claim;
}

CouponStock read_stock(Context& context, const Place& place, const CouponTemplate& coupon) {
    const Section section(context.reader, place, keys::stock);
    CouponStock stock;
    if (place.is_mapping() && place.node->entries.empty())
        context.reader.complain(place, {"this says nothing; leave it out", listed(keys::stock)});
    stock.total = read_limit(section, "total");
    stock.per_day = read_limit(section, "per_day");
    stock.per_member = read_limit(section, "per_member");
    stock.per_member_day = read_limit(section, "per_member_day");
    if (const auto budget = section.find("budget")) stock.budget = read_budget(context, *budget, coupon);
    return stock;
}

void read_stacking(Reader& reader, const Place& place, CouponPolicy& policy) {
    const Section section(reader, place, keys::stacking);
    if (const auto per_order = section.find("per_order"))
        policy.per_order = static_cast<std::int32_t>(
            read_integer(reader, *per_order, 1, limits::coupons_per_order_max).value_or(policy.per_order));
    const auto order = section.find("order");
    if (!order) return;
    std::vector<Kind> named;
    for (const Place& item : one_or_more(reader, *order, kind_choices.size())) {
        const auto kind = read_choice(reader, item, kind_choices);
        if (!kind) continue;
        if (std::find(named.begin(), named.end(), *kind) != named.end())
            reader.complain(item, {"this stands in the list twice", "each once"});
        named.push_back(*kind);
    }
    if (order->is_list() && order->node->items.empty())
        reader.complain(*order, {"the list is empty", "at least one item"});
    for (const Kind kind : policy.order)
        if (std::find(named.begin(), named.end(), kind) == named.end()) named.push_back(kind);
    policy.order = std::move(named);
}

}  // namespace regulars::programme

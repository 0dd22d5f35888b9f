#include <algorithm>

#include "programme/parse/scalars.hpp"
#include "programme/parse/sections.hpp"

namespace regulars::programme {

namespace {

constexpr std::size_t offers_max = 50;
constexpr Choices<Purse, 3> purse_choices{
    {{"topped_up", Purse::topped_up}, {"bonus", Purse::bonus}, {"cashback", Purse::cashback}}};

std::vector<StoredValuePolicy::Offer> read_offers(const Context& context, const Place& place) {
    Reader& reader = context.reader;
    std::vector<StoredValuePolicy::Offer> offers;
    for (const Place& item : items_of(reader, place, offers_max)) {
        const Section section(reader, item, keys::top_up_offer);
        StoredValuePolicy::Offer offer;
        const auto pay = section.require("pay", "what is paid in, such as 500.00");
        const auto get = section.require("get", "what is given on top, such as 50.00");
        if (pay) offer.pay = read_money(reader, *pay, context.minor_digits).value_or(Money());
        if (get) offer.get = read_money(reader, *get, context.minor_digits).value_or(Money());
        if (pay && !offers.empty() && offer.pay <= offers.back().pay)
            reader.complain(*pay, {"offers ascend by what is paid in", "more than in the offer before"});
        offers.push_back(offer);
    }
    return offers;
}

void read_top_up(const Context& context, const Place& place, StoredValuePolicy& policy) {
    const Section section(context.reader, place, keys::top_up);
    const auto least = section.find("at_least");
    const auto most = section.find("at_most");
    if (least) policy.top_up_least = read_money(context.reader, *least, context.minor_digits).value_or(Money());
    if (most) policy.top_up_most = read_money(context.reader, *most, context.minor_digits);
    if (policy.top_up_most && *policy.top_up_most < policy.top_up_least)
        context.reader.complain(*most, {"no payment is at least that much and at most this", "at_least or more"});
}

std::array<Purse, 3> read_use(Reader& reader, const Place& place, const std::array<Purse, 3>& otherwise) {
    static constexpr std::string_view form = "each of topped_up, bonus and cashback once";
    std::vector<Purse> purses;
    const std::size_t before = reader.complaint_count();
    for (const Place& item : items_of(reader, place, purse_choices.size())) {
        const auto purse = read_choice(reader, item, purse_choices);
        if (!purse) continue;
        if (std::find(purses.begin(), purses.end(), *purse) != purses.end())
            reader.complain(item, {"this stands in the list twice", "each once"});
        purses.push_back(*purse);
    }
    if (purses.size() == otherwise.size()) return {purses[0], purses[1], purses[2]};
    if (reader.complaint_count() == before)
        reader.complain(place, {"the order of all three is wanted here", std::string(form)});
    return otherwise;
}

void read_lapse(Reader& reader, const Place& place, StoredValuePolicy& policy) {
    const Section section(reader, place, keys::balance_expiry);
    const auto after = section.require("after", "a time without payment or use, such as 1 year");
    const auto purses = section.require("purses", "which of topped_up, bonus and cashback lapse");
    if (after) policy.lapses_after = read_span(reader, *after);
    if (!purses) return;
    for (const Place& item : items_of(reader, *purses, purse_choices.size()))
        if (const auto purse = read_choice(reader, item, purse_choices))
            policy.lapsing = static_cast<std::uint8_t>(policy.lapsing | 1U << static_cast<unsigned>(*purse));
}

}  // namespace

StoredValuePolicy read_stored_value(const Context& context, const Place& place) {
    const Section section(context.reader, place, keys::stored_value);
    StoredValuePolicy policy;
    if (const auto offers = section.find("offers")) policy.offers = read_offers(context, *offers);
    if (const auto top_up = section.find("top_up")) read_top_up(context, *top_up, policy);
    if (const auto limit = section.find("limit"))
        policy.limit = read_money(context.reader, *limit, context.minor_digits);
    if (const auto use = section.find("use")) policy.use = read_use(context.reader, *use, policy.use);
    if (const auto refund = section.find("refund"))
        policy.refundable = read_boolean(context.reader, *refund).value_or(false);
    if (const auto expiry = section.find("expiry")) read_lapse(context.reader, *expiry, policy);
    return policy;
}

}  // namespace regulars::programme

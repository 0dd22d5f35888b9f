#include <algorithm>

#include "programme/parse/scalars.hpp"
#include "programme/parse/sections.hpp"

namespace regulars::programme {

namespace {

using Tender = CheckoutPolicy::Tender;

constexpr Choices<Tender, 3> tender_choices{
    {{"cash", Tender::cash}, {"balance", Tender::balance}, {"points", Tender::points}}};

void read_points_share(const Section& section, const Place& place, CheckoutPolicy& checkout) {
    const auto share = read_fraction(section.reader(), place, {0, 1}, {1, 1});
    if (share && share->is_zero())
        section.reader().complain(place, {"nothing could be paid with points", "more than 0, or points: false"});
    checkout.points_share = share.value_or(Fraction(1, 1));
}

void read_points_terms(Reader& reader, const Place& place, CheckoutPolicy& checkout) {
    const Section section(reader, place, keys::checkout_points);
    if (place.node->entries.empty())
        reader.complain(place, {"this says nothing", "true for any number, or " + listed(keys::checkout_points)});
    if (const auto minimum = section.find("minimum"))
        checkout.points_minimum = Points(read_integer(reader, *minimum, 0, limits::points_max).value_or(0));
    if (const auto step = section.find("step"))
        checkout.points_step = Points(read_integer(reader, *step, 1, limits::points_max).value_or(1));
    if (const auto at_most = section.find("at_most")) read_points_share(section, *at_most, checkout);
}

void read_points_tender(Reader& reader, const Place& place, const PointsPolicy& points, CheckoutPolicy& checkout) {
    if (place.is_word("false")) return;
    if (!place.is_word("true") && !place.is_mapping()) {
        reader.complain(
            place, {"this does not say whether points pay", "true, false or {minimum: 100, step: 100, at_most: 50%}"});
        return;
    }
    checkout.points_allowed = true;
    if (place.is_mapping()) read_points_terms(reader, place, checkout);
    if (points.value.is_zero())
        reader.complain(place, {"points can only pay with what one is worth", "points.value beside it"});
}

constexpr LengthUnit hold_units[] = {{"minute", 1}, {"hour", 60}, {"day", 24 * 60}};

void read_hold(Reader& reader, const Place& place, CheckoutPolicy& checkout) {
    const auto minutes =
        place.is_text() ? parse_length(place.node->text, hold_units, limits::hold_minutes_max) : std::nullopt;
    if (!minutes)
        reader.complain(place, {"this does not say how long a checkout holds what it reserves",
                                "30 minutes, 2 hours or 1 day, up to " +
                                    std::to_string(limits::hold_minutes_max / (24 * 60)) + " days"});
    checkout.hold_minutes = minutes.value_or(checkout.hold_minutes);
}

std::vector<Tender> read_refund_first(Reader& reader, const Place& place) {
    static constexpr std::string_view forms = "proportional, or each of cash, balance and points once in a list";
    std::vector<Tender> tenders;
    if (place.is_word("proportional")) return tenders;
    if (!place.is_list()) {
        reader.complain(place, {"this does not say what comes back first", std::string(forms)});
        return tenders;
    }
    const std::size_t before = reader.complaint_count();
    for (const Place& item : items_of(reader, place, tender_choices.size())) {
        const auto tender = read_choice(reader, item, tender_choices);
        if (!tender) continue;
        if (std::find(tenders.begin(), tenders.end(), *tender) != tenders.end())
            reader.complain(item, {"this stands in the list twice", "each once"});
        tenders.push_back(*tender);
    }
    if (tenders.size() != tender_choices.size() && reader.complaint_count() == before)
        reader.complain(place, {"the order of all three is wanted here", std::string(forms)});
    return tenders;
}

}  // namespace

CheckoutPolicy read_checkout(Reader& reader, const Place& place, const PointsPolicy& points) {
    const Section section(reader, place, keys::checkout);
    CheckoutPolicy checkout;
    if (const auto tender = section.find("points")) read_points_tender(reader, *tender, points, checkout);
    if (const auto hold = section.find("hold")) read_hold(reader, *hold, checkout);
    if (const auto first = section.find("refund_first")) checkout.refund_first = read_refund_first(reader, *first);
    return checkout;
}

}  // namespace regulars::programme

// `benefits`: what the shop does for its members beside prices.
#include <algorithm>
#include <utility>

#include "programme/parse/scalars.hpp"
#include "programme/parse/sections.hpp"

namespace regulars::programme {

namespace {

using Kind = MemberBenefit::Kind;

constexpr Choices<Kind, 6> kind_choices{{{"service", Kind::service},
                                         {"gift", Kind::gift},
                                         {"access", Kind::access},
                                         {"free_return", Kind::free_return},
                                         {"instant_refund", Kind::instant_refund},
                                         {"manager", Kind::manager}}};

constexpr Choices<CalendarUnit, 4> unit_choices{{{"day", CalendarUnit::day},
                                                 {"month", CalendarUnit::month},
                                                 {"quarter", CalendarUnit::quarter},
                                                 {"year", CalendarUnit::year}}};

constexpr std::int64_t uses_max = 1'000'000;

// What only one kind of benefit knows.
struct OwnKey {
    std::string_view key;
    Kind kind;
    std::string_view kind_word;
};
constexpr OwnKey own_keys[] = {{"at_most", Kind::instant_refund, "instant_refund"},
                               {"for", Kind::access, "access"},
                               {"except", Kind::access, "access"},
                               {"from", Kind::access, "access"},
                               {"until", Kind::access, "access"},
                               {"staff", Kind::manager, "manager"}};

void complain_about_foreign_keys(const Section& section, Kind kind) {
    for (const OwnKey& own : own_keys) {
        const auto place = kind == own.kind ? std::nullopt : section.find(own.key);
        if (!place) continue;
        const std::string word(own.kind_word);
        section.reader().complain(*place, {std::string(own.key) + " belongs to benefits of the kind " + word,
                                           "only with kind: " + word});
    }
}

// In the order of the file: of two who look after equally many the first is chosen.
std::vector<std::string> read_staff(Reader& reader, const Place& place) {
    std::vector<std::string> staff;
    for (const Place& item : one_or_more(reader, place, staff_max)) {
        auto name = read_text(reader, item, limits::id_size_max);
        if (!name) continue;
        if (std::find(staff.begin(), staff.end(), *name) != staff.end())
            reader.complain(item, {"this stands in the list twice", "each once"});
        else
            staff.push_back(std::move(*name));
    }
    if (place.is_list() && place.node->items.empty())
        reader.complain(place, {"the list is empty", "at least one item"});
    return staff;
}

// Which goods are only for those who have it, and when.
void read_goods(Context& context, const Section& section, MemberBenefit& benefit) {
    Reader& reader = context.reader;
    const auto goods = section.find("for");
    const auto except = section.find("except");
    if (!goods && !except && section.place().is_mapping())
        reader.complain(section.place(), {"this does not say which goods are only for those who have it",
                                          "for, such as {categories: [limited]}"});
    benefit.match = read_match(context, goods, except);
    if (benefit.match.tender)
        reader.complain(*goods, {"whether goods may be bought is decided before it is known how a line is paid",
                                 "no tender in for"});
    if (section.find("from") || section.find("until")) benefit.dates = read_date_range(section, "from", "until");
}

// What belongs to its kind alone.
void read_kind(Context& context, const Section& section, MemberBenefit& benefit) {
    Reader& reader = context.reader;
    switch (benefit.kind) {
        case Kind::access:
            read_goods(context, section, benefit);
            return;
        case Kind::instant_refund:
            if (const auto at_most = section.require("at_most", "the most that is paid back at once, such as 500.00"))
                benefit.at_most = read_money(reader, *at_most, context.minor_digits);
            if (benefit.at_most && benefit.at_most->is_zero())
                reader.complain(*section.find("at_most"), {"this gives nothing", "more than 0"});
            return;
        case Kind::manager:
            if (const auto staff = section.require("staff", "who looks after members, such as [amy, ben]"))
                benefit.staff = read_staff(reader, *staff);
            return;
        case Kind::service:
        case Kind::gift:
        case Kind::free_return:
            return;
    }
}

std::string read_benefit_name(Context& context, const Section& section, const std::vector<MemberBenefit>& known) {
    const auto place = section.require("name", "the name that uses and costs show");
    const auto name = place ? read_name(context.reader, *place) : std::nullopt;
    if (!name) return {};
    if (std::any_of(known.begin(), known.end(), [&](const MemberBenefit& one) { return one.name == *name; }))
        context.reader.complain(*place, {"two benefits have one name", "another name"});
    else
        claim_code(context, *place, *name, "benefit");
    return *name;
}

MemberBenefit read_benefit(Context& context, const Place& place, const std::vector<MemberBenefit>& known) {
    Reader& reader = context.reader;
    const Section section(reader, place, keys::benefit);
    MemberBenefit benefit;
    benefit.name = read_benefit_name(context, section, known);
    benefit.title = read_title_or(section, benefit.name);
    const auto tiers = section.find("tiers");
    const auto plans = section.find("plans");
    if (tiers) benefit.tiers = read_tier_mask(context, *tiers);
    if (plans) benefit.plans = read_plan_mask(context, *plans);
    benefit.for_all = !tiers && !plans;
    if (const auto when = section.find("when")) benefit.when = read_condition(context, *when, Sight::member);
    const auto limit = section.find("limit");
    if (const auto uses = limit ? read_use_limit(reader, *limit, true) : std::nullopt) {
        benefit.count = uses->count;
        benefit.per = uses->per;
    }
    if (const auto cost = section.find("cost"))
        benefit.cost = read_money(reader, *cost, context.minor_digits).value_or(Money());
    const auto kind = section.find("kind");
    const auto read = kind ? read_choice(reader, *kind, kind_choices) : std::optional(Kind::service);
    if (!read) return benefit;
    benefit.kind = *read;
    complain_about_foreign_keys(section, benefit.kind);
    read_kind(context, section, benefit);
    return benefit;
}

}  // namespace

std::optional<UseLimit> read_use_limit(Reader& reader, const Place& place, bool may_be_ever) {
    const std::string_view allowed = may_be_ever ? "{count: 2, per: month}, or {count: 1} for once ever"
                                                 : "{count: 2, per: month}";
    if (!place.is_mapping()) {
        reader.complain(place, {"this does not say how often", std::string(allowed)});
        return std::nullopt;
    }
    const Section section(reader, place, keys::benefit_limit);
    UseLimit limit;
    if (const auto count = section.require("count", "how often in one per"))
        limit.count = read_integer(reader, *count, 1, uses_max).value_or(1);
    const auto per = may_be_ever ? section.find("per") : section.require("per", "day, month, quarter or year");
    if (per) limit.per = read_choice(reader, *per, unit_choices);
    return limit;
}

std::vector<MemberBenefit> read_member_benefits(Context& context, const Place& place) {
    std::vector<MemberBenefit> benefits;
    for (const Place& item : items_of(context.reader, place, member_benefits_max))
        benefits.push_back(read_benefit(context, item, benefits));
    return benefits;
}

}  // namespace regulars::programme

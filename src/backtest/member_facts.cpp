#include "backtest/member_facts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <tuple>
#include <utility>

#include "backtest/instant_reader.hpp"
#include "backtest/number.hpp"
#include "backtest/row_reader.hpp"
#include "base/limits.hpp"
#include "base/nearest.hpp"

namespace regulars::backtest {

namespace {

using What = MemberFact::What;

enum class Field : std::uint8_t { customer_id, at, what, name, count, amount, order_id };
constexpr std::array<std::string_view, 7> field_names{"customer_id", "at",     "what",    "name",
                                                      "count",       "amount", "order_id"};
constexpr std::size_t fields_needed = 4;
constexpr std::array<std::string_view, 12> what_names{
    "coupon_granted", "coupon_used", "plan_bought",   "benefit_used", "balance_topped_up", "check_in",
    "turn",           "behaviour",   "questionnaire", "store_visit",  "redemption",        "product_review"};
constexpr std::size_t rows_max = 100'000'000;

using Places = std::array<std::int32_t, field_names.size()>;

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

expected<Places, std::string> places_of(std::span<const std::string_view> header) {
    Places places;
    places.fill(-1);
    for (std::size_t i = 0; i < header.size(); ++i) {
        const auto found = std::find(field_names.begin(), field_names.end(), trimmed(header[i]));
        if (found == field_names.end()) continue;
        std::int32_t& place = places[static_cast<std::size_t>(found - field_names.begin())];
        if (place >= 0) return unexpected(fmt::format("the column {} stands there twice", *found));
        place = static_cast<std::int32_t>(i);
    }
    for (std::size_t field = 0; field < fields_needed; ++field)
        if (places[field] < 0)
            return unexpected(fmt::format("the file has no column {}; it needs customer_id, at, what and name, "
                                          "and may have count, amount and order_id",
                                          field_names[field]));
    return places;
}

class FactReader {
public:
    FactReader(const programme::Programme& programme, const Places& places, std::size_t width, OrderTable& table)
        : programme_(programme), places_(places), width_(width), table_(table), instants_(programme.zone) {
        const auto keep = [&](std::initializer_list<What> kinds, const auto& all) {
            for (const What what : kinds)
                for (const auto& one : all) names_[static_cast<std::size_t>(what)].push_back(one.name);
        };
        keep({What::coupon_granted, What::coupon_used}, programme.coupons.templates);
        keep({What::coupon_granted}, programme.coupons.packs);
        keep({What::plan_bought}, programme.plans.plans);
        keep({What::benefit_used}, programme.member_benefits);
        keep({What::redemption}, programme.mall.items);
        for (const programme::Activity& activity : programme.activities.activities)
            if (const auto what = what_of(activity)) names_[static_cast<std::size_t>(*what)].push_back(activity.name);
    }

    /// With a complaint the fact is not to be used, and its customer is not known to the table.
    [[nodiscard]] std::optional<Complaint> read(const Record& record, MemberFact& fact) {
        if (record.fault != RecordFault::none) return Complaint{"bad_quotes", "the row is not well-formed CSV"};
        if (record.fields.size() != width_)
            return Complaint{"field_count",
                             fmt::format("the row has {} fields, the header {}", record.fields.size(), width_)};
        fields_ = record.fields;
        fact.line = record.line;
        const std::string_view customer = field(Field::customer_id);
        if (customer.empty()) return Complaint{"missing_customer", "customer_id is empty"};
        if (customer.size() > limits::id_size_max)
            return Complaint{"over_limit", "customer_id is longer than 128 bytes"};
        if (!is_clean_text(customer)) return Complaint{"bad_text", "customer_id is not clean UTF-8"};
        if (auto complaint = read_occasion(fact)) return complaint;
        if (auto complaint = read_name(fact)) return complaint;
        if (auto complaint = read_numbers(fact)) return complaint;
        if (auto complaint = read_order(fact)) return complaint;
        fact.customer = table_.add_customer(customer);
        return std::nullopt;
    }

private:
    [[nodiscard]] std::string_view field(Field field) const {
        const std::int32_t place = places_[static_cast<std::size_t>(field)];
        return place < 0 ? std::string_view() : trimmed(fields_[static_cast<std::size_t>(place)]);
    }

    [[nodiscard]] std::optional<Complaint> read_occasion(MemberFact& fact) {
        const std::string_view at = field(Field::at);
        const auto stamp = instants_.read(at);
        if (!stamp)
            return Complaint{"bad_date", fmt::format("at \"{}\" is not a date from 1900 to 2200; write YYYY-MM-DD or "
                                                     "YYYY-MM-DDTHH:MM:SS", at)};
        fact.at = stamp->at;
        const std::string_view what = field(Field::what);
        const auto found = std::find(what_names.begin(), what_names.end(), what);
        if (found == what_names.end()) {
            const auto close = nearest(what, what_names);
            return Complaint{"bad_word", fmt::format("what is \"{}\", not one of {}{}", what,
                                                     fmt::join(what_names, ", "), suggestion(close))};
        }
        fact.what = static_cast<What>(found - what_names.begin());
        return std::nullopt;
    }

    [[nodiscard]] std::optional<Complaint> read_name(MemberFact& fact) {
        const std::string_view name = field(Field::name);
        fact.name = TextPool::none;
        if (fact.what == What::balance_topped_up) {
            if (name.empty()) return std::nullopt;
            return Complaint{"unknown_name", "money that is paid in has no name"};
        }
        if (fact.what == What::product_review) return read_product(name, fact);
        const auto& known = names_[static_cast<std::size_t>(fact.what)];
        if (std::find(known.begin(), known.end(), name) != known.end()) {
            fact.name = table_.texts().add(name);
            return std::nullopt;
        }
        return Complaint{"unknown_name", fmt::format("the programme has no \"{}\" for {}{}", name, name_of(fact.what),
                                                     suggestion(nearest(name, known)))};
    }

    // The kind of row that tells of it; nothing for what a file cannot tell.
    [[nodiscard]] static std::optional<What> what_of(const programme::Activity& activity) {
        if (activity.as<programme::CheckIn>() != nullptr) return What::check_in;
        if (activity.as<programme::Draw>() != nullptr || activity.as<programme::Collection>() != nullptr)
            return What::turn;
        if (activity.as<programme::Behaviour>() != nullptr) return What::behaviour;
        if (activity.as<programme::Questionnaire>() != nullptr) return What::questionnaire;
        if (activity.as<programme::StoreVisit>() != nullptr) return What::store_visit;
        return std::nullopt;
    }

    [[nodiscard]] std::optional<Complaint> read_product(std::string_view name, MemberFact& fact) {
        if (!programme_.activities.reviews.on)
            return Complaint{"unknown_name", "the programme says nothing of product_reviews"};
        if (name.empty() || name.size() > limits::id_size_max || !is_clean_text(name))
            return Complaint{"unknown_name", "a product_review names the product, with up to 128 bytes"};
        fact.name = table_.texts().add(name);
        return std::nullopt;
    }

    [[nodiscard]] std::optional<Complaint> read_order(MemberFact& fact) {
        const std::string_view order = field(Field::order_id);
        fact.order = TextPool::none;
        if (order.empty() && fact.what == What::product_review)
            return Complaint{"missing_order", "a product_review needs the order_id of its order"};
        if (order.empty()) return std::nullopt;
        if (fact.what != What::product_review && fact.what != What::questionnaire)
            return Complaint{"bad_word", fmt::format("{} is about no order", name_of(fact.what))};
        if (order.size() > limits::id_size_max || !is_clean_text(order))
            return Complaint{"over_limit", "order_id is longer than 128 bytes, or not clean UTF-8"};
        fact.order = table_.texts().add(order);
        return std::nullopt;
    }

    [[nodiscard]] static std::string suggestion(const std::optional<std::string>& close) {
        return close ? fmt::format("; did you mean {}?", *close) : std::string();
    }

    [[nodiscard]] std::optional<Complaint> read_numbers(MemberFact& fact) const {
        fact.count = 1;
        fact.amount = Row::unknown;
        if (const std::string_view text = field(Field::count); !text.empty()) {
            const auto count = parse_whole(text);
            const bool many = fact.what == What::coupon_granted || fact.what == What::redemption;
            const std::int64_t most = many ? limits::coupons_per_event_max : 1;
            if (!count || *count < 1 || *count > most)
                return Complaint{"bad_quantity", fmt::format("count is \"{}\"; one row of {} has 1{}", text,
                                                             name_of(fact.what),
                                                             most > 1 ? fmt::format(" to {}", most) : std::string())};
            fact.count = static_cast<std::uint32_t>(*count);
        }
        return read_amount(fact);
    }

    [[nodiscard]] std::optional<Complaint> read_amount(MemberFact& fact) const {
        const std::string_view text = field(Field::amount);
        if (text.empty() && fact.what == What::balance_topped_up)
            return Complaint{"bad_amount", "money that is paid in needs an amount"};
        if (text.empty()) return std::nullopt;
        const bool has_amount = fact.what == What::coupon_used || fact.what == What::benefit_used ||
                                fact.what == What::balance_topped_up;
        if (!has_amount)
            return Complaint{"bad_amount", fmt::format("{} has no amount", name_of(fact.what))};
        const auto amount = parse_minor(text, programme_.minor_digits);
        if (!amount) return Complaint{"bad_amount", fmt::format("amount \"{}\" {}", text, sentence_of(amount.error()))};
        if (*amount < 0) return Complaint{"bad_amount", fmt::format("amount {} is negative", text)};
        fact.amount = *amount;
        return std::nullopt;
    }

    const programme::Programme& programme_;
    Places places_;
    std::size_t width_;
    OrderTable& table_;
    InstantReader instants_;
    std::array<std::vector<std::string>, what_names.size()> names_;  ///< that go with each
    std::span<const std::string_view> fields_;
};

}  // namespace

std::string_view name_of(MemberFact::What what) { return what_names[static_cast<std::size_t>(what)]; }

std::span<const MemberFact> MemberFacts::of(std::uint32_t customer) const {
    const auto [first, last] = std::equal_range(
        facts.begin(), facts.end(), customer, [](const auto& a, const auto& b) {
            constexpr auto number = [](const auto& value) {
                if constexpr (requires { value.customer; }) return value.customer;
                else return value;
            };
            return number(a) < number(b);
        });
    return {first, last};
}

expected<MemberFacts, std::string> load_member_facts(ReadChunk read, const programme::Programme& programme,
                                                     OrderTable& table, Rejects& rejects) {
    CsvReader reader(std::move(read));
    Record record;
    const bool found = reader.next(record);
    if (reader.failure()) return unexpected(*reader.failure());
    if (reader.is_utf16()) return unexpected(std::string("the file is UTF-16; save it as UTF-8"));
    if (!found) return unexpected(std::string("the file is empty; its first line must name the columns"));
    if (record.fault != RecordFault::none) return unexpected(std::string("the first line is not a CSV header"));
    const auto places = places_of(record.fields);
    if (!places) return unexpected(places.error());

    MemberFacts loaded;
    FactReader facts(programme, *places, record.fields.size(), table);
    MemberFact fact;
    while (reader.next(record)) {
        if (++loaded.rows_read > rows_max) return unexpected(std::string("the file has more than 100 million rows"));
        if (const auto complaint = facts.read(record, fact)) {
            rejects.add(record.line, complaint->reason, complaint->message, record.raw);
            continue;
        }
        loaded.first_at = std::min(loaded.first_at, fact.at);
        loaded.facts.push_back(fact);
    }
    if (reader.failure()) return unexpected(*reader.failure());
    std::sort(loaded.facts.begin(), loaded.facts.end(), [](const MemberFact& a, const MemberFact& b) {
        return std::tie(a.customer, a.at, a.line) < std::tie(b.customer, b.at, b.line);
    });
    return loaded;
}

}  // namespace regulars::backtest

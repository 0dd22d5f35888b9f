#include <charconv>

#include "base/check.hpp"
#include "story.hpp"
#include "story_activities.hpp"

namespace regulars::model {

namespace {

using Words = std::vector<std::string>;

[[noreturn]] void unreadable(const Row& row, const std::string& what) {
    check_failed("story line " + std::to_string(row.line) + ": " + what + ": " + row.fact);
}

std::int64_t number_of(const std::string& text) {
    std::int64_t number = 0;
    const char* first = text.data() + (text.starts_with('+') ? 1 : 0);
    const auto [end, error] = std::from_chars(first, text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) check_failed("not a whole number: " + text);
    return number;
}

CouponId coupon_id(const std::string& text) { return {static_cast<std::uint32_t>(number_of(text))}; }

/// "~ab*3" becomes "ababab": how a row writes a text that is too long.
std::string expanded(const std::string& text) {
    const auto start = text.find('~');
    if (start == std::string::npos) return text;
    const auto star = text.find('*', start);
    const auto stop = text.find_first_not_of("0123456789", star + 1);
    const std::string piece = text.substr(start + 1, star - start - 1);
    std::string repeated;
    const std::int64_t times = number_of(text.substr(star + 1, stop == std::string::npos ? stop : stop - star - 1));
    for (std::int64_t i = 0; i < times; ++i) repeated += piece;
    return text.substr(0, start) + repeated + (stop == std::string::npos ? "" : expanded(text.substr(stop)));
}

/// Reads one row's fact; knows the currency and the zone.
class FactReader {
public:
    FactReader(const Row& row, const programme::Programme& programme)
        : row_(row), programme_(programme), text_(expanded(row.fact)), words_(words_of(text_)) {}

    engine::Fact read(Instant at);

private:
    engine::Fact read_life(const std::string& verb);
    engine::Fact read_points(const std::string& verb);
    engine::Fact read_person(const std::string& verb);
    engine::Fact read_coupon(const std::string& verb);
    engine::Fact read_gift(const std::string& verb, Instant at);
    engine::Fact read_benefit(const std::string& verb);
    engine::Fact read_plan(const std::string& verb);
    engine::HoldPlaced hold(Instant at);
    engine::OrderCreated order(Instant at);
    void order_option(engine::OrderCreated& order, const Words& words, Instant at);
    engine::Line line(const Words& words);
    std::vector<engine::ReturnedLine> returned(std::size_t first);

    /// The word at `index`; `""` written out is the empty text.
    std::string word(std::size_t index) {
        if (index >= words_.size()) unreadable(row_, "too few words");
        return words_[index] == "\"\"" ? "" : words_[index];
    }
    std::string word_or_empty(std::size_t index) { return index < words_.size() ? word(index) : ""; }
    Money money(const std::string& text) { return money_of(text, programme_.minor_digits); }
    Instant time(const Words& words, std::size_t first, Instant at) {
        if (words.size() <= first) return at;
        const std::string text = words[first] + (words.size() > first + 1 ? " " + words[first + 1] : "");
        const auto instant = parse_instant(text, programme_.zone);
        if (!instant) unreadable(row_, "not a time");
        return *instant;
    }

    const Row& row_;
    const programme::Programme& programme_;
    std::string text_;
    Words words_;
};

engine::Line FactReader::line(const Words& words) {
    engine::Line line;
    if (words.empty()) unreadable(row_, "a line needs an amount");
    line.amount = money(words[0]);
    for (std::size_t i = 1; i < words.size(); ++i) {
        const std::string& text = words[i];
        const auto equals = text.find('=');
        const std::string key = text.substr(0, equals);
        const std::string value = equals == std::string::npos ? "" : text.substr(equals + 1);
        if (equals == std::string::npos && text.size() > 1 && text[0] == 'x' && text.find_first_of("-0123456789") == 1)
            line.quantity = number_of(text.substr(1));
        else if (equals == std::string::npos) line.price_kind = text;
        else if (key == "sku") line.sku = value;
        else if (key == "product") line.product = value;
        else if (key == "category") line.category = value;
        else if (key == "list") line.list_amount = money(value);
        else if (key == "cost") line.cost = money(value);
        else if (key == "at") line.promotion = value;
        else unreadable(row_, "unknown key " + key);
    }
    return line;
}

void FactReader::order_option(engine::OrderCreated& order, const Words& words, Instant at) {
    const std::string& name = words.at(0);
    if (name == "paid") order.paid_at = time(words, 1, at);
    else if (name == "shipped") order.shipped_at = time(words, 1, at);
    else if (name == "delivered") order.delivered_at = time(words, 1, at);
    else if (name == "gift") order.gift_card = money(words.at(1));
    else if (name == "fee") order.shipping_fee = money(words.at(1));
    else if (name == "channel") order.channel = words.at(1);
    else if (name == "store") order.store = words.at(1);
    else if (name == "coupon") order.coupons.push_back({coupon_id(words.at(1)), money(words.at(2))});
    else if (name == "points") order.points = Points(number_of(words.at(1)));
    else if (name == "balance") order.balance = money(words.at(1));
    else if (name == "hold") order.hold_id = words.at(1);
    else unreadable(row_, "unknown part " + name);
}

engine::OrderCreated FactReader::order(Instant at) {
    engine::OrderCreated order;
    const Words parts = parts_of_text(text_, ',');
    Words head = words_of(parts[0]);
    if (head.size() < 2) unreadable(row_, "an order needs an id");
    order.order_id = head[1] == "\"\"" ? "" : head[1];
    head.erase(head.begin(), head.begin() + 2);
    std::int64_t copies = 1;
    if (!head.empty() && head[0].starts_with("many=")) {
        copies = number_of(head[0].substr(5));
        head.erase(head.begin());
    }
    Words line_words;
    for (const std::string& text : head) {
        if (text != "+") {
            line_words.push_back(text);
            continue;
        }
        order.lines.push_back(line(line_words));
        line_words.clear();
    }
    if (!line_words.empty())
        for (std::int64_t i = 0; i < copies; ++i) order.lines.push_back(line(line_words));
    for (std::size_t i = 1; i < parts.size(); ++i) order_option(order, words_of(parts[i]), at);
    return order;
}

/// A hold's lines are written as an order's; what an order cannot say is taken out first.
engine::HoldPlaced FactReader::hold(Instant at) {
    engine::HoldPlaced hold;
    std::string rest;
    for (const std::string& part : parts_of_text(text_, ',')) {
        const Words words = words_of(part);
        if (words.at(0) == "coupons") {
            hold.coupons.emplace();
            for (std::size_t i = 1; i < words.size() && words[i] != "none"; ++i)
                hold.coupons->push_back(coupon_id(words[i]));
        } else if (words.at(0) == "minutes") {
            hold.minutes = static_cast<std::int32_t>(number_of(words.at(1)));
        } else {
            rest += (rest.empty() ? "" : ", ") + part;
        }
    }
    text_ = rest;
    engine::OrderCreated as_order = order(at);
    hold.hold_id = as_order.order_id;
    hold.lines = std::move(as_order.lines);
    hold.shipping_fee = as_order.shipping_fee;
    hold.channel = as_order.channel;
    hold.store = as_order.store;
    hold.points = as_order.points;
    hold.balance = as_order.balance;
    return hold;
}

// "buy plus B1", "buy plus B1 trial", "buy plus B1 paid 98.00"; "cancel-plan plus C1", "cancel-plan plus C1 at-once".
engine::Fact FactReader::read_plan(const std::string& verb) {
    if (verb == "cancel-plan") return engine::PlanCancelled{word(1), word_or_empty(3) == "at-once", word(2), "story"};
    if (verb != "buy") return read_benefit(verb);
    engine::PlanBought bought;
    bought.plan = word(1);
    bought.reference = word(2);
    for (std::size_t i = 3; i < words_.size(); ++i) {
        if (words_[i] == "trial") bought.trial = true;
        else if (words_[i] == "paid") bought.paid = money(word(++i));
        else unreadable(row_, "unknown part " + words_[i]);
    }
    return bought;
}

engine::Fact FactReader::read_benefit(const std::string& verb) {
    if (verb == "manager") return engine::ManagerAssigned{word(1), "story"};
    if (verb != "use") return read_coupon(verb);
    engine::BenefitUsed used;
    used.benefit = word(1);
    used.reference = word(2);
    for (std::size_t i = 3; i + 1 < words_.size(); i += 2) {
        if (words_[i] == "amount") used.amount = money(word(i + 1));
        else if (words_[i] == "cost") used.cost = money(word(i + 1));
        else if (words_[i] == "order") used.order_id = word(i + 1);
        else unreadable(row_, "unknown part " + words_[i]);
    }
    return used;
}

// The giver is the story's member, told of by the friend; or the other way round, which the engine need not know.
engine::Fact FactReader::read_gift(const std::string& verb, Instant at) {
    if (verb == "offer") return engine::CouponOffered{coupon_id(word(1)), word(2)};
    if (verb == "withdraw") return engine::OfferWithdrawn{word(1)};
    if (verb == "passed") return engine::CouponPassed{word(1)};
    if (verb == "erase") return engine::MemberErased{"story"};
    if (verb != "received") return read_life(verb);
    engine::CouponReceived received{word(1), word(2), 1, at, instant_max, MemberId{99}};
    if (words_.size() > 3) received.programme_version = static_cast<std::uint32_t>(number_of(word(3)));
    if (words_.size() > 5) received.expires_at = time(words_, 5, at);
    return received;
}

engine::Fact FactReader::read_coupon(const std::string& verb) {
    if (verb == "release") return engine::HoldReleased{word(1)};
    if (verb == "revoke") return engine::CouponRevoked{coupon_id(word(1)), "story"};
    if (verb == "give") {
        const bool many = words_.size() > 3;
        return engine::CouponGranted{word(1), many ? number_of(word(2).substr(1)) : 1, word(many ? 3 : 2), "story"};
    }
    if (verb != "claim") return read_points(verb);
    engine::CouponClaimed claimed;
    std::size_t next = 1;
    if (word(next).starts_with("code=")) claimed.code = word(next++).substr(5);
    if (words_.size() > next + 1) claimed.coupon = word(next++);
    claimed.reference = word_or_empty(next);
    return claimed;
}

std::vector<engine::ReturnedLine> FactReader::returned(std::size_t first) {
    std::vector<engine::ReturnedLine> lines;
    for (std::size_t i = first; i < words_.size(); ++i) {
        if (words_[i] == "+") continue;
        if (i == first || words_[i - 1] == "+")
            lines.push_back({static_cast<std::uint32_t>(number_of(words_[i])), 0, {}});
        else if (words_[i][0] == 'x') lines.back().quantity = number_of(words_[i].substr(1));
        else lines.back().amount = money(words_[i]);
    }
    return lines;
}

engine::Fact FactReader::read_life(const std::string& verb) {
    if (verb == "paid") return engine::OrderPaid{word(1), words_.size() > 3 ? money(word(3)) : Money(0)};
    if (verb == "shipped") return engine::OrderShipped{word(1)};
    if (verb == "delivered") return engine::OrderDelivered{word(1)};
    if (verb == "settled") return engine::OrderSettled{word(1)};
    if (verb == "cancelled") return engine::OrderCancelled{word(1)};
    if (verb == "refund") return engine::OrderRefunded{word(2), word(1), returned(3)};
    if (verb == "exchange") return engine::OrderExchanged{word(2), word(1), returned(3)};
    return read_plan(verb);
}

engine::Fact FactReader::read_points(const std::string& verb) {
    if (verb == "adjust") return engine::PointsAdjusted{Points(number_of(word(1))), word(2), "by hand"};
    if (verb == "spend") return engine::PointsSpent{Points(number_of(word(1))), word(2), word_or_empty(3)};
    if (verb == "top-up") return engine::BalanceToppedUp{money(word(1)), money(word(2)), word(3)};
    if (verb == "pay-back") return engine::BalanceRefunded{money(word(1)), word(2)};
    if (verb == "pay") return engine::BalanceSpent{money(word(1)), word(2), word_or_empty(3)};
    if (verb == "grant") {
        engine::TierGranted granted{word(1), {}, "reward"};
        if (words_.size() > 2) granted.until = parse_date(word(2));
        return granted;
    }
    if (verb == "reviewed") {
        engine::TiersReviewed reviewed;
        for (std::size_t i = 1; i < words_.size(); ++i) reviewed.thresholds.push_back(number_of(words_[i]));
        return reviewed;
    }
    return read_person(verb);
}

engine::Fact FactReader::read_person(const std::string& verb) {
    if (verb == "registered")
        return engine::Registered{word_or_empty(1), word_or_empty(2), word_or_empty(3),
                                  word_or_empty(4), word_or_empty(5), word_or_empty(6)};
    if (verb == "unlink") return engine::IdentityUnlinked{word(1), word(2)};
    if (verb == "identity") return engine::IdentityLinked{word(1), word(2)};
    if (verb == "consent") return engine::ConsentChanged{word(1), word(2), word(3) == "yes", "story"};
    if (verb != "profile") unreadable(row_, "unknown fact");
    engine::ProfileChanged profile;
    for (std::size_t i = 1; i < words_.size(); ++i) {
        const auto equals = words_[i].find('=');
        const std::string key = words_[i].substr(0, equals);
        const std::string value = words_[i].substr(equals + 1);
        if (key == "name") profile.name = value;
        else if (key == "gender") profile.gender = value;
        else if (key == "region") profile.region = value;
        else if (key == "birthday") profile.birthday = parse_date(value);
        else if (key == "tags") profile.tags = parts_of_text(value, ';');
        else profile.attributes[key] = value;
    }
    return profile;
}

engine::Fact FactReader::read(Instant at) {
    if (word(0) == "order") return order(at);
    if (word(0) == "hold") return hold(at);
    if (auto fact = activity_fact(words_, programme_)) return std::move(*fact);
    return read_gift(word(0), at);
}

}  // namespace

Money money_of(std::string_view text, std::int32_t minor_digits) {
    const bool negative = text.starts_with('-');
    std::string digits(text.substr(negative ? 1 : 0));
    const auto point = digits.find('.');
    std::int32_t decimals = 0;
    if (point != std::string::npos) {
        decimals = static_cast<std::int32_t>(digits.size() - point) - 1;
        digits.erase(point, 1);
    }
    if (decimals > minor_digits) check_failed("too many decimals: " + std::string(text));
    digits.append(static_cast<std::size_t>(minor_digits - decimals), '0');
    return Money(negative ? -number_of(digits) : number_of(digits));
}

std::string money_text(Money money, std::int32_t minor_digits) {
    std::string digits = std::to_string(money.count() < 0 ? -money.count() : money.count());
    const auto decimals = static_cast<std::size_t>(minor_digits);
    if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
    if (decimals > 0) digits.insert(digits.size() - decimals, ".");
    return (money.count() < 0 ? "-" : "") + digits;
}

Instant instant_of(const Row& row, const programme::Programme& programme) {
    const auto instant = parse_instant(row.at, programme.zone);
    if (instant) return *instant;
    // An instant that no text can name, to try what is out of range.
    if (row.at == "never") return instant_max;
    check_failed("story line " + std::to_string(row.line) + ": not a time: " + row.at);
}

namespace {

// What ", NAME WORD" says, which is taken out of the row; empty: nothing.
std::string take_part(Row& row, const std::string& name) {
    const auto place = row.fact.find(", " + name + " ");
    if (place == std::string::npos) return {};
    const auto end = std::min(row.fact.find(',', place + 1), row.fact.size());
    std::string word = words_of(row.fact.substr(place + 2, end - place - 2)).at(1);
    row.fact.erase(place, end - place);
    return word;
}

}  // namespace

engine::Event event_of(const Row& row, const programme::Programme& programme) {
    const Instant at = instant_of(row, programme);
    Row told = row;
    std::vector<engine::StockLeft> stock;
    const std::string redeems = take_part(told, "redeems");
    const std::string chance = take_part(told, "chance");
    for (auto place = told.fact.find(", left "); place != std::string::npos; place = told.fact.find(", left ")) {
        const auto end = std::min(told.fact.find(',', place + 1), told.fact.size());
        const Words words = words_of(told.fact.substr(place + 2, end - place - 2));
        stock.push_back({words.at(1), number_of(words.at(2))});
        told.fact.erase(place, end - place);
    }
    engine::Event event{at, FactReader(told, programme).read(at), stock, redeems};
    if (!chance.empty()) event.chance = chance_of(chance, programme.zone.date(at));
    return event;
}

}  // namespace regulars::model

#include "make_orders/orders.hpp"

#include <algorithm>
#include <utility>

#include "make_orders/chance.hpp"
#include "make_orders/crowd.hpp"
#include "make_orders/season.hpp"

namespace regulars::make_orders {

namespace {

constexpr std::int32_t return_days_min = 3;
constexpr std::int32_t return_days_max = 25;

struct Place {
    std::uint32_t percent;
    std::string_view channel;
    std::string_view store;
};
constexpr std::array places = {
    Place{38, "app", ""},
    Place{27, "mini_programme", ""},
    Place{20, "web", ""},
    Place{6, "store", "shanghai-xuhui"},
    Place{5, "store", "beijing-sanlitun"},
    Place{4, "store", "chengdu-taikoo-li"},
};

constexpr std::int64_t free_shipping_from = 5900;
constexpr std::int64_t shipping_fee = 800;

const Place& place_of(Chance& chance) {
    std::uint32_t rest = chance.below(100);
    std::size_t index = 0;
    while (rest >= places[index].percent) rest -= places[index++].percent;
    return places[index];
}

// Low numbers, the best sellers, come up more often.
std::size_t article_of(Chance& chance) {
    const auto size = catalogue().size();
    return std::min(chance.below(size), chance.below(size));
}

std::int64_t whole_yuan(std::int64_t fen) {
    return fen / 100 * 100;
}

Line line_of(std::size_t article_index, bool festival, Chance& chance) {
    Line line;
    line.article = &catalogue()[article_index];
    line.quantity = chance.percent(80) ? 1 : chance.percent(75) ? 2 : 3;
    line.unit_price = line.article->list_price;
    line.price_kind = line.article->third_party ? "third_party" : "regular";
    const std::uint32_t kind = chance.below(100);
    if (line.article->third_party) return line;
    if (kind < (festival ? 60U : 18U)) {
        line.price_kind = "special";
        line.unit_price = whole_yuan(line.unit_price * (50 + chance.below(36)) / 100);
    } else if (kind >= 96) {
        line.price_kind = "group";
        line.unit_price = whole_yuan(line.unit_price * 70 / 100);
    }
    return line;
}

void add_lines(Order& order, bool festival, Chance& chance) {
    const std::uint32_t size = chance.below(100);
    const std::size_t count = size < 55 ? 1 : size < 80 ? 2 : size < 92 ? 3 : 4;
    const std::size_t first = article_of(chance);
    // Steps of seven through the catalogue: the lines of an order are different articles.
    for (std::size_t i = 0; i < count; ++i)
        order.lines[i] = line_of((first + 7 * i) % catalogue().size(), festival, chance);
    order.line_count = count;
}

std::int64_t amount_of(const Order& order) {
    std::int64_t amount = 0;
    for (const Line& line : order.all_lines()) amount += line.quantity * line.unit_price;
    return amount;
}

Order order_of(std::uint32_t member, LocalDate date, std::uint32_t second, Chance& chance) {
    Order order;
    order.member = member;
    order.date = date;
    order.second_of_day = second;
    const Place& place = place_of(chance);
    order.channel = place.channel;
    order.store = place.store;
    add_lines(order, is_festival(date), chance);
    if (place.store.empty()) {
        order.shipping_days = static_cast<std::int32_t>(1 + chance.below(3));
        if (amount_of(order) < free_shipping_from) order.shipping_fee = shipping_fee;
    }
    return order;
}

// One line of the order comes back whole.
Order return_of(const Order& order, Chance& chance) {
    Order back = order;
    back.is_return = true;
    back.lines[0] = order.lines[chance.below(order.line_count)];
    back.lines[0].quantity = -back.lines[0].quantity;
    back.line_count = 1;
    back.shipping_days = 0;
    back.shipping_fee = 0;
    back.date = add_days(
        order.date, static_cast<std::int32_t>(return_days_min + chance.below(return_days_max - return_days_min + 1)));
    return back;
}

/// Makes the days of a plan, keeping the returns that are still to come.
class Shop {
public:
    Shop(const Plan& plan, const std::function<bool(const Order&)>& take)
        : plan_(plan),
          take_(take),
          orders_by_day_(orders_by_day(plan.start, plan.days, plan.orders)),
          chance_(mixed(plan.seed)),
          crowd_(mixed(plan.seed + 1), static_cast<std::uint32_t>(std::min(plan.members, plan.orders)), orders_by_day_),
          returns_by_day_(static_cast<std::size_t>(plan.days)) {}

    void run() {
        for (std::size_t day = 0; day < orders_by_day_.size(); ++day)
            if (!make_day(day)) return;
    }

private:
    bool make_day(std::size_t day) {
        const LocalDate date = add_days(plan_.start, static_cast<std::int32_t>(day));
        seconds_.resize(static_cast<std::size_t>(orders_by_day_[day]));
        for (std::uint32_t& second : seconds_) second = second_of_day(chance_);
        std::sort(seconds_.begin(), seconds_.end());
        const std::uint32_t joining = crowd_.begin_day(orders_by_day_[day]);
        std::vector<Order> returns = std::exchange(returns_by_day_[day], {});
        std::stable_sort(returns.begin(), returns.end(),
                         [](const Order& a, const Order& b) { return a.second_of_day < b.second_of_day; });
        auto next_return = returns.begin();
        for (std::size_t i = 0; i < seconds_.size(); ++i) {
            while (next_return != returns.end() && next_return->second_of_day <= seconds_[i])
                if (!give(*next_return++)) return false;
            const std::uint32_t member = i < joining ? crowd_.next_new() : crowd_.pick(chance_);
            Order order = order_of(member, date, seconds_[i], chance_);
            if (!give(order)) return false;
            keep_return(order);
        }
        while (next_return != returns.end())
            if (!give(*next_return++)) return false;
        return true;
    }

    bool give(Order& order) {
        order.number = order.is_return ? ++returns_made_ : ++orders_made_;
        return take_(order);
    }

    // A return after the last day is not made.
    void keep_return(const Order& order) {
        if (chance_.below(1000) >= plan_.returns_per_thousand) return;
        const Order back = return_of(order, chance_);
        const auto day = static_cast<std::size_t>(back.date.days - plan_.start.days);
        if (day < returns_by_day_.size()) returns_by_day_[day].push_back(back);
    }

    const Plan& plan_;
    const std::function<bool(const Order&)>& take_;
    std::vector<std::int64_t> orders_by_day_;
    Chance chance_;
    Crowd crowd_;
    std::vector<std::vector<Order>> returns_by_day_;
    std::vector<std::uint32_t> seconds_;
    std::int64_t orders_made_ = 0;
    std::int64_t returns_made_ = 0;
};

}  // namespace

void make_orders(const Plan& plan, const std::function<bool(const Order&)>& take) {
    Shop(plan, take).run();
}

}  // namespace regulars::make_orders

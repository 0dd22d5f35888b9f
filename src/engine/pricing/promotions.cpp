#include "engine/pricing/promotions.hpp"

#include <algorithm>

#include "base/limits.hpp"
#include "engine/activities/common.hpp"

namespace regulars::engine {

namespace {

using programme::Promotion;

// Nothing bought that stands, and nothing on its way at such a price.
bool is_newcomer(const programme::Programme& programme, const Member& member) {
    const auto is_for_newcomers = [&](const NamedCount& pieces) {
        const Promotion* promotion = programme.promotions.find(pieces.name);
        return promotion != nullptr && promotion->kind == Promotion::Kind::newcomer;
    };
    const auto holds_some = [&](const Hold& hold) {
        return std::any_of(hold.pieces.begin(), hold.pieces.end(), is_for_newcomers);
    };
    return member.lifetime.orders == 0 && member.open_orders.empty() &&
           std::none_of(member.holds.begin(), member.holds.end(), holds_some);
}

std::int64_t left_of(const PromotionView& view, const Promotion& promotion) {
    if (view.stock == nullptr || !promotion.stock.limited()) return INT64_MAX;
    const std::string name = programme::stock_of_promotion(promotion.name);
    const auto told = std::find_if(view.stock->begin(), view.stock->end(),
                                   [&](const StockLeft& left) { return left.coupon == name; });
    if (told == view.stock->end()) return INT64_MAX;
    std::int64_t left = told->left;
    if (view.taken != nullptr)
        for (const StockTaken& taken : *view.taken)
            if (taken.name == name) left -= taken.count;
    return std::max<std::int64_t>(0, left);
}

// How many more pieces the member may have.
std::int64_t left_for(const PromotionView& view, const Promotion& promotion) {
    const auto& counts = view.member.promotion_counts;
    const LocalDate today = view.programme.zone.date(view.now);
    std::int64_t left = INT64_MAX;
    if (promotion.limit.total) left = *promotion.limit.total - total_of(counts, promotion.name);
    if (promotion.limit.per_day)
        left = std::min(left, *promotion.limit.per_day - on_day_of(counts, promotion.name, today));
    return std::max<std::int64_t>(0, left);
}

bool is_for_member_now(const PromotionView& view, const Promotion& promotion) {
    if (!is_open(view.programme, view.member, promotion.opening, view.at)) return false;
    if (!is_among(view.programme, view.member, view.now, promotion.who)) return false;
    return promotion.kind != Promotion::Kind::newcomer || is_newcomer(view.programme, view.member);
}

// In the order of the rejections.
std::optional<Rejection> obstacle_of(const PromotionView& view, const Promotion& promotion, std::int64_t pieces) {
    if (!is_for_member_now(view, promotion)) return Rejection::promotion_not_valid;
    if (pieces > left_of(view, promotion)) return Rejection::promotion_sold_out;
    if (pieces > left_for(view, promotion)) return Rejection::promotion_limit_reached;
    return std::nullopt;
}

// `before`: what the lines before have taken.
std::string why_not(const PromotionView& view, const Promotion& promotion, Rejection obstacle, std::int64_t before) {
    const auto rest = [&](std::int64_t left) { return std::to_string(std::max<std::int64_t>(0, left - before)); };
    if (obstacle == Rejection::promotion_sold_out)
        return rest(left_of(view, promotion)) + " pieces are left at that price";
    if (obstacle == Rejection::promotion_limit_reached)
        return "the member may have " + rest(left_for(view, promotion)) + " more pieces at that price";
    if (!is_open(view.programme, view.member, promotion.opening, view.at)) return "it does not hold at this time";
    if (promotion.kind == Promotion::Kind::newcomer && !is_newcomer(view.programme, view.member))
        return "it is for who has not ordered yet";
    return "it is not for this member";
}

NamedCount& count_of(std::vector<NamedCount>& counts, std::string_view name) {
    for (NamedCount& count : counts)
        if (count.name == name) return count;
    NamedCount& added = counts.emplace_back();
    added.name = name;
    return added;
}

std::vector<NamedCount> pieces_of(std::span<const Line> lines) {
    std::vector<NamedCount> pieces;
    for (const Line& line : lines)
        if (!line.promotion.empty()) count_of(pieces, line.promotion).total += line.quantity;
    return pieces;
}

// --- choosing ------------------------------------------------------------------------------------------------------

// Tries one promotion after another on one line.
class LineChooser {
public:
    LineChooser(const PromotionView& view, const Valuation& basket, Facts& facts, std::vector<Reason>& reasons)
        : view_(view), basket_(basket), facts_(facts), reasons_(reasons) {}

    PromotedLine choose(std::size_t index) {
        index_ = index;
        line_ = basket_.lines[index];
        wished_ = line_.promotion;
        line_.promotion.clear();
        best_ = {nullptr, line_.amount, {}};
        least_ = line_.amount - discount_now();
        for (const Promotion& promotion : view_.programme.promotions.promotions)
            if (wished_.empty() || wished_ == promotion.name) look_at(promotion);
        if (best_.promotion != nullptr) {
            count_of(chosen_, best_.promotion->name).total += line_.quantity;
            if (best_.promotion->kind == Promotion::Kind::group) group_ = best_.promotion;
            tell(*best_.promotion, std::to_string((basket_.lines[index].amount - best_.amount).count()) +
                                       " minor units off");
        }
        return best_;
    }

private:
    void look_at(const Promotion& promotion) {
        facts_.set_line(basket_.lines[index_], basket_.price_kinds[index_]);
        facts_.set_tender(programme::Tender::other);
        const bool is_for_line = matches(promotion.match, line_, basket_.price_kinds[index_], programme::Tender::other,
                                         basket_.purchase, facts_);
        if (!is_for_line) return refuse(promotion, Rejection::promotion_not_valid, "");
        if (promotion.kind == Promotion::Kind::group && wished_.empty())
            return tell(promotion, "it is for those who buy together: name it on the line");
        if (promotion.kind == Promotion::Kind::group && group_ != nullptr && group_ != &promotion)
            return refuse(promotion, Rejection::promotion_not_valid, "an order waits for one group only");
        const std::int64_t before = count_of(chosen_, promotion.name).total;
        if (const auto obstacle = obstacle_of(view_, promotion, before + line_.quantity))
            return refuse(promotion, *obstacle, why_not(view_, promotion, *obstacle, before));
        const auto amount = amount_at(promotion, line_.quantity, basket_.lines[index_].amount);
        if (!amount) return refuse(promotion, Rejection::promotion_not_valid, "its price is beyond all amounts");
        line_.amount = *amount;
        line_.promotion = promotion.name;
        const Money total = *amount - discount_now();
        line_.amount = basket_.lines[index_].amount;
        line_.promotion.clear();
        if (total >= least_)
            return refuse(promotion, Rejection::promotion_not_valid, "another price is as low or lower");
        if (best_.promotion != nullptr) tell(*best_.promotion, "another price is lower");
        least_ = total;
        best_ = {&promotion, *amount, {}};
    }

    // The tier's and plans' discount on the line as it stands.
    Money discount_now() { return discount_on(view_.programme, basket_, line_, basket_.price_kinds[index_], facts_); }

    void refuse(const Promotion& promotion, Rejection obstacle, const std::string& why) {
        if (!wished_.empty()) best_.obstacle = obstacle;
        if (!why.empty()) tell(promotion, why);
        else if (!wished_.empty()) tell(promotion, "it is not for this line");
    }

    void tell(const Promotion& promotion, const std::string& what) {
        reasons_.push_back({promotion.name, "line " + std::to_string(index_) + ": " + what});
    }

    const PromotionView& view_;
    const Valuation& basket_;
    Facts& facts_;
    std::vector<Reason>& reasons_;
    std::vector<NamedCount> chosen_;
    const Promotion* group_ = nullptr;
    std::size_t index_ = 0;
    Line line_;
    std::string wished_;
    PromotedLine best_;
    Money least_;
};

// --- orders --------------------------------------------------------------------------------------------------------

// Only the tier's discount and coupons, where the promotion lets them, make a line cheaper than its price.
bool price_fits(const Promotion& promotion, const Line& line, bool with_coupons) {
    const auto amount = amount_at(promotion, line.quantity, line.list_amount);
    if (!amount || line.amount > *amount) return false;
    return line.amount == *amount || promotion.with_tier_price || (promotion.with_coupons && with_coupons);
}

bool lines_fit(const OrderEvent& event, const OrderCreated& fact) {
    const programme::Programme& programme = event.decision.programme;
    const LocalDate day = programme.zone.date(event.at);
    const Purchase purchase{fact.channel, fact.store, day};
    Facts facts(programme, event.decision.member, event.decision.now, day);
    facts.set_order({fact.lines, fact.shipping_fee, fact.channel, fact.store});
    const Promotion* group = nullptr;
    for (const Line& line : fact.lines) {
        if (line.promotion.empty()) continue;
        const Promotion& promotion = *programme.promotions.find(line.promotion);
        const auto kind = line.price_kind.empty() ? programme::PriceKind{0} : *programme.price_kind(line.price_kind);
        facts.set_line(line, kind);
        facts.set_tender(programme::Tender::other);
        if (!matches(promotion.match, line, kind, programme::Tender::other, purchase, facts)) return false;
        if (!price_fits(promotion, line, !fact.coupons.empty())) return false;
        if (promotion.kind != Promotion::Kind::group) continue;
        // An order waits for one group only.
        if (group != nullptr && group != &promotion) return false;
        group = &promotion;
    }
    return true;
}

// --- giving back ---------------------------------------------------------------------------------------------------

// Of a day that is over only the total is given back.
void uncount(Decision& decision, const NamedCount& pieces) {
    auto& counts = decision.member.promotion_counts;
    if (pieces.day == decision.today()) return add_to(counts, pieces.name, -pieces.total, pieces.day);
    const auto own = std::find_if(counts.begin(), counts.end(),
                                  [&](const NamedCount& count) { return count.name == pieces.name; });
    if (own == counts.end()) return;
    own->total -= pieces.total;
    if (own->total <= 0) counts.erase(own);
}

void give_back(Decision& decision, const NamedCount& pieces, Instant taken_at) {
    decision.outcome.stock_taken.push_back(
        {programme::stock_of_promotion(pieces.name), -pieces.total, taken_at});
    uncount(decision, pieces);
}

}  // namespace

std::optional<Rejection> obstacle_of(const PromotionView& view, const Promotion& promotion) {
    return obstacle_of(view, promotion, 1);
}

std::optional<std::int64_t> allowed_of(const PromotionView& view, const Promotion& promotion) {
    const std::int64_t left = left_for(view, promotion);
    return left == INT64_MAX ? std::nullopt : std::optional(left);
}

std::optional<Money> amount_at(const Promotion& promotion, std::int64_t quantity, std::optional<Money> list_amount) {
    if (promotion.price) {
        const Wide amount = static_cast<Wide>(promotion.price->count()) * quantity;
        if (amount > limits::amount_minor_max) return std::nullopt;
        return Money(static_cast<std::int64_t>(amount));
    }
    if (!list_amount) return std::nullopt;
    return *list_amount - Money(multiply(list_amount->count(), promotion.rate, Rounding::half_up));
}

std::vector<PromotedLine> choose_promotions(const PromotionView& view, const Valuation& basket, Facts& facts,
                                            std::vector<Reason>& reasons) {
    std::vector<PromotedLine> lines;
    if (view.programme.promotions.promotions.empty()) {
        for (const Line& line : basket.lines) lines.push_back({nullptr, line.amount, {}});
        return lines;
    }
    LineChooser chooser(view, basket, facts, reasons);
    for (std::size_t i = 0; i < basket.lines.size(); ++i) lines.push_back(chooser.choose(i));
    return lines;
}

std::optional<Rejection> check_promotions(const OrderEvent& event, const OrderCreated& fact) {
    Decision& decision = event.decision;
    const std::vector<NamedCount> wanted = pieces_of(fact.lines);
    if (wanted.empty()) return std::nullopt;
    const auto& policy = decision.programme.promotions;
    for (const NamedCount& pieces : wanted)
        if (policy.find(pieces.name) == nullptr) return Rejection::unknown_promotion;
    if (!lines_fit(event, fact)) return Rejection::promotion_not_valid;
    const PromotionView view{decision.programme, decision.member, decision.now,
                             event.at,           decision.stock,  &decision.outcome.stock_taken};
    std::optional<Rejection> first;
    for (const NamedCount& pieces : wanted)
        if (const auto obstacle = obstacle_of(view, *policy.find(pieces.name), pieces.total))
            if (!first || *obstacle < *first) first = obstacle;
    return first;
}

bool same_pieces(const Hold& hold, std::span<const Line> lines) {
    const std::vector<NamedCount> wanted = pieces_of(lines);
    const auto is_held = [&](const NamedCount& pieces) {
        return std::any_of(hold.pieces.begin(), hold.pieces.end(), [&](const NamedCount& held) {
            return held.name == pieces.name && held.total == pieces.total;
        });
    };
    return wanted.size() == hold.pieces.size() && std::all_of(wanted.begin(), wanted.end(), is_held);
}

std::vector<NamedCount> take_pieces(Decision& decision, std::span<const Line> lines) {
    std::vector<NamedCount> taken = pieces_of(lines);
    for (NamedCount& pieces : taken) {
        pieces.day = decision.today();
        pieces.on_day = pieces.total;
        decision.outcome.stock_taken.push_back(
            {programme::stock_of_promotion(pieces.name), pieces.total, decision.now});
        add_to(decision.member.promotion_counts, pieces.name, pieces.total, pieces.day);
        explain(decision, pieces.name,
                [&] { return std::to_string(pieces.total) + " pieces at the promotion's price"; });
    }
    return taken;
}

void give_back_pieces(Decision& decision, const Hold& hold) {
    for (const NamedCount& pieces : hold.pieces)
        give_back(decision, pieces, decision.programme.zone.start_of(pieces.day));
}

void give_back_pieces(Decision& decision, const Order& order) {
    std::vector<NamedCount> taken;
    for (const OrderLine& line : order.lines)
        if (!line.promotion.empty()) count_of(taken, line.promotion).total += line.quantity;
    for (NamedCount& pieces : taken) {
        pieces.day = decision.programme.zone.date(order.ordered_at);
        give_back(decision, pieces, order.ordered_at);
    }
}

std::vector<Given> promotion_costs(const programme::Programme& programme, const Order& order) {
    std::vector<Given> costs;
    for (std::size_t i = 0; i < order.lines.size(); ++i) {
        const OrderLine& line = order.lines[i];
        const Promotion* promotion = line.promotion.empty() ? nullptr : programme.promotions.find(line.promotion);
        if (promotion == nullptr || !line.list_amount) continue;
        const auto amount = amount_at(*promotion, line.quantity, line.list_amount);
        if (amount && *amount < *line.list_amount)
            costs.push_back({i, promotion->benefit, 0, *line.list_amount - *amount});
    }
    return costs;
}

}  // namespace regulars::engine

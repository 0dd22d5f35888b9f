#include "programme/activities.hpp"

#include <algorithm>

#include "programme/mall.hpp"
#include "programme/promotions.hpp"

namespace regulars::programme {

namespace {

template <class Items>
auto* find_by_name(const Items& items, std::string_view name) {
    const auto found = std::find_if(items.begin(), items.end(), [&](const auto& item) { return item.name == name; });
    return found == items.end() ? nullptr : &*found;
}

}  // namespace

const Activity* ActivityPolicy::find(std::string_view name) const { return find_by_name(activities, name); }
const MallItem* MallPolicy::find(std::string_view name) const { return find_by_name(items, name); }
const Promotion* PromotionPolicy::find(std::string_view name) const { return find_by_name(promotions, name); }

std::string stock_of_prize(std::string_view activity, std::string_view prize) {
    return "prize:" + std::string(activity) + ":" + std::string(prize);
}
std::string stock_of_goods(std::string_view goods) { return "goods:" + std::string(goods); }
std::string stock_of_promotion(std::string_view promotion) { return "promotion:" + std::string(promotion); }

}  // namespace regulars::programme

// Promotions and groups: what goes in and comes out.
#include "api/endpoints/schemas.hpp"

namespace regulars::api::schemas {

namespace {

constexpr auto required = Need::required;
constexpr auto optional = Need::optional;
constexpr auto nullable = Need::nullable;

constexpr Text name_text{"In the programme; order lines name it.", "计划中的代码，订单行以此写明。"};
constexpr Text title_text{"For people.", "名称。"};
constexpr Text title_zh_text{"In Chinese.", "中文名称。"};
constexpr Text kind_text{"price, newcomer, flash or group.", "类型：活动价、新人价、秒杀、拼团。"};
constexpr Text price_text{"Of one piece; or", "单件价格；或"};
constexpr Text off_text{"this share off the usual price.", "减免比例。"};
constexpr Text tier_text{"Discounts of tier and plans go on top.", "可叠加会员折扣。"};
constexpr Text coupons_text{"Coupons may be used on such a line.", "可用券。"};
constexpr Text size_text{"How many buy together, who opens it among them.", "成团人数（含团长）。"};
constexpr Text hours_text{"How long others can join.", "拼团时限（小时）。"};
constexpr Text products_text{"For these; empty: not by product.", "适用商品；空为不按商品限定。"};
constexpr Text categories_text{"For these; empty: not by category.", "适用类目；空为不按类目限定。"};
constexpr Text left_text{"Pieces of the stock that members share; null: it is not limited.",
                         "共享库存剩余件数；不限则为 null。"};
constexpr Text order_text{"The shop's order id.", "店铺订单号。"};
constexpr Text group_text{"The group's id.", "拼团号。"};

constexpr Field promotion_fields[]{
    {"name", Type::text, required, name_text},
    {"title", Type::text, optional, title_text},
    {"title_zh", Type::text, optional, title_zh_text},
    {"kind", Type::text, required, kind_text},
    {"price_minor", Type::integer, optional, price_text},
    {"off", Type::text, optional, off_text},
    {"with_tier_price", Type::boolean, required, tier_text},
    {"with_coupons", Type::boolean, required, coupons_text},
    {"group_size", Type::integer, optional, size_text},
    {"group_hours", Type::integer, optional, hours_text},
    {"products", Type::texts, required, products_text},
    {"categories", Type::texts, required, categories_text},
    {"open", Type::object, required, {"When.", "时间。"}, &opening},
    {"who", Type::object, required, {"For whom.", "对象。"}, &who},
    {"per_member_day", Type::integer, optional, {"Pieces for one member on a day.", "每位会员每日件数。"}},
    {"per_member", Type::integer, optional, {"Pieces for one member.", "每位会员件数。"}},
    {"left", Type::integer, nullable, left_text},
};
constexpr Schema promotion{"Promotion", {"A price for a time or for some.", "一项活动价。"}, promotion_fields};

constexpr Field promotion_list_fields[]{
    {"promotions", Type::objects, required, {"In the programme's order.", "按计划中的次序。"}, &promotion},
};

constexpr Field my_promotion_fields[]{
    {"name", Type::text, required, name_text},
    {"title", Type::text, optional, title_text},
    {"title_zh", Type::text, optional, title_zh_text},
    {"kind", Type::text, required, kind_text},
    {"price_minor", Type::integer, optional, price_text},
    {"off", Type::text, optional, off_text},
    {"with_tier_price", Type::boolean, required, tier_text},
    {"with_coupons", Type::boolean, required, coupons_text},
    {"group_size", Type::integer, optional, size_text},
    {"group_hours", Type::integer, optional, hours_text},
    {"products", Type::texts, required, products_text},
    {"categories", Type::texts, required, categories_text},
    {"holds", Type::boolean, required, {"The member can buy at it now.", "会员此刻可享。"}},
    {"why_not", Type::text, optional,
     {"promotion_not_valid, promotion_sold_out or promotion_limit_reached.", "不可享的原因代码。"}},
    {"allowed", Type::integer, nullable,
     {"Pieces that the member may still have; null: any number.", "会员尚可购买件数；不限为 null。"}},
    {"left", Type::integer, nullable, left_text},
};
constexpr Schema my_promotion{"PromotionForMember", {"A price, for one member.", "会员可享的活动价。"},
                              my_promotion_fields};

constexpr Field my_promotion_list_fields[]{
    {"member", Type::id, required, {"Whose.", "会员编号。"}},
    {"as_of", Type::instant, required, {"When this holds.", "截至时间。"}},
    {"promotions", Type::objects, required, {"In the programme's order.", "按计划中的次序。"}, &my_promotion},
};

constexpr Field group_input_fields[]{
    {"order_id", Type::text, required, {"A paid order with a line at that price.", "已支付且含该活动价的订单。"}},
    {"promotion", Type::text, required, {"Of kind group.", "拼团活动。"}},
};
constexpr Field group_join_fields[]{
    {"order_id", Type::text, required,
     {"A paid order with a line at the price of the group's promotion.", "已支付且含该团活动价的订单。"}},
};

constexpr Field group_fields[]{
    {"group", Type::text, required, group_text},
    {"promotion", Type::text, required, name_text},
    {"status", Type::text, required, {"open, filled or failed.", "状态：拼团中、已成团、未成团。"}},
    {"size", Type::integer, required, size_text},
    {"seats_left", Type::integer, required, {"How many can still join.", "尚缺人数。"}},
    {"ends_at", Type::instant, required, {"Until when, exclusive.", "截止时间（不含）。"}},
};

constexpr Field group_made_fields[]{
    {"group", Type::text, required, group_text},
    {"member", Type::id, required, {"Whose order it is.", "会员编号。"}},
    {"duplicate", Type::boolean, required, {"It had happened before.", "是否重复提交。"}},
};

constexpr Field group_list_fields[]{
    {"groups", Type::objects, required, {"By id.", "按拼团号排列。"}, &group},
    {"next", Type::text, nullable, {"The 'after' of the next page; null at the end.", "下一页的 after；末页为 null。"}},
};

constexpr Field my_group_fields[]{
    {"order_id", Type::text, required, order_text},
    {"waits", Type::boolean, required, {"It does not settle before others have joined.", "等待成团。"}},
    {"leads", Type::boolean, required, {"The member has opened the group.", "是否团长。"}},
    {"to_open_until", Type::instant, nullable,
     {"Until when it has to open or join a group; null: it is in one.", "须在此之前开团或参团；已入团为 null。"}},
    {"group", Type::object, optional, {"As it stands.", "拼团进度。"}, &group},
};
constexpr Schema my_group{"GroupOrder", {"An order that is bought together with others.", "拼团订单。"},
                          my_group_fields};

constexpr Field my_group_list_fields[]{
    {"member", Type::id, required, {"Whose.", "会员编号。"}},
    {"groups", Type::objects, required, {"Orders that are not settled yet.", "未结算的拼团订单。"}, &my_group},
};

}  // namespace

const Schema group{"Group", {"Members who buy together; nobody's name.", "一个拼团（不含个人信息）。"}, group_fields};
const Schema promotion_list{"PromotionList", {"Prices for a time or for some.", "活动价列表。"}, promotion_list_fields};
const Schema my_promotion_list{"PromotionListForMember", {"What holds for one member now.", "会员可享的活动价。"},
                               my_promotion_list_fields};
const Schema group_input{"GroupInput", {"A group is opened.", "开团。"}, group_input_fields};
const Schema group_join_input{"GroupJoinInput", {"A group is joined.", "参团。"}, group_join_fields};
const Schema group_made{"GroupMade", {"The order is in the group.", "已入团。"}, group_made_fields};
const Schema group_list{"GroupList", {"A page of groups.", "拼团列表。"}, group_list_fields};
const Schema my_group_list{"GroupListOfMember", {"A member's orders in groups.", "会员的拼团订单。"},
                           my_group_list_fields};

}  // namespace regulars::api::schemas

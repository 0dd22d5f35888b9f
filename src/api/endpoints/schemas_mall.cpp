// The points mall: what goes in and comes out.
#include "api/endpoints/schemas.hpp"

namespace regulars::api::schemas {

namespace {

constexpr auto required = Need::required;
constexpr auto optional = Need::optional;
constexpr auto nullable = Need::nullable;

constexpr Text at_text{"When; now when left out.", "发生时间，默认现在。"};
constexpr Text explain_text{"Ask for the reasons in the answer.", "在应答中给出原因。"};
constexpr Text title_text{"For people.", "名称。"};
constexpr Text title_zh_text{"In Chinese.", "中文名称。"};
constexpr Text left_text{"Of the stock that members share; null: it is not counted.", "共享库存剩余；不限则为 null。"};
constexpr Text redemption_id_text{"Makes it happen once.", "兑换号，保证只生效一次。"};
constexpr Text quantity_text{"Pieces, at most 100. Default: 1.", "件数，至多 100，默认 1。"};
constexpr Text points_told_text{"What the member was shown for all of it: refused when it is another now.",
                                "会员所见的总积分；与当前价格不符则拒绝。"};

constexpr Field dates_fields[]{
    {"first", Type::date, required, {"First day.", "首日。"}},
    {"last", Type::date, required, {"Last day.", "末日。"}},
};
constexpr Schema dates{"Days", {"Days, both included.", "日期区间（含首末）。"}, dates_fields};

constexpr Field opening_fields[]{
    {"dates", Type::objects, required, {"One of these; empty: any day.", "其中之一；空为不限。"}, &dates},
    {"weekdays", Type::texts, required, {"One of these.", "其中之一。"}},
    {"member_days", Type::texts, required,
     {"\"18\" of every month or \"11-11\"; one of these; empty: any day.", "每月“18”日或“11-11”；其中之一；空为不限。"}},
    {"from", Type::text, optional, {"Time of day.", "每日开始时刻。"}},
    {"until", Type::text, optional, {"Time of day, exclusive; before `from` it reaches over midnight.",
                                     "每日结束时刻（不含）；早于开始则跨零点。"}},
    {"birthday", Type::text, optional, {"Only the member's birthday: day or month.", "仅会员生日：当天或当月。"}},
};

constexpr Field who_fields[]{
    {"tiers", Type::texts, required, {"One of these.", "其中之一。"}},
    {"plans", Type::texts, optional, {"Who holds one of these.", "持有其中之一。"}},
    {"stages", Type::texts, optional, {"One of these.", "其中之一。"}},
    {"registered", Type::boolean, required, {"Only who has told a phone number.", "仅限已提供手机号者。"}},
    {"when", Type::text, optional, {"A rule about the member.", "关于会员的规则。"}},
};

constexpr Field price_fields[]{
    {"points", Type::integer, required, {"Points.", "积分。"}},
    {"money_minor", Type::integer, required, {"Money beside them; 0: none.", "另付现金；0 为无。"}},
};
constexpr Schema price{"MallPrice", {"What a piece costs.", "单件价格。"}, price_fields};

constexpr Field window_fields[]{
    {"name", Type::text, required, {"In the programme.", "计划中的代码。"}},
    {"title", Type::text, optional, title_text},
    {"title_zh", Type::text, optional, title_zh_text},
    {"price", Type::object, required, {"In this window.", "该时段价格。"}, &price},
    {"open", Type::object, required, {"When.", "时间。"}, &opening},
    {"who", Type::object, required, {"For whom.", "对象。"}, &who},
    {"left", Type::integer, nullable, left_text},
};
constexpr Schema window{"MallWindow", {"A time at which an item costs something else.", "特价时段。"}, window_fields};

constexpr Field item_fields[]{
    {"name", Type::text, required, {"In the programme.", "计划中的代码。"}},
    {"title", Type::text, optional, title_text},
    {"title_zh", Type::text, optional, title_zh_text},
    {"kind", Type::text, required, {"goods or coupon.", "实物或券。"}},
    {"product", Type::text, optional, {"Of goods.", "实物的商品编号。"}},
    {"coupon", Type::text, optional, {"The coupon template.", "券模板。"}},
    {"cancellable", Type::boolean, required, {"By the member, until it is shipped.", "发货前会员可取消。"}},
    {"price", Type::object, nullable, {"Outside of windows; null: not on sale then.", "时段之外的价格；null 为不售。"}, &price},
    {"open", Type::object, required, {"When.", "时间。"}, &opening},
    {"who", Type::object, required, {"For whom.", "对象。"}, &who},
    {"per_member_day", Type::integer, optional, {"Pieces for a member on a day.", "每人每日限兑。"}},
    {"per_member", Type::integer, optional, {"Pieces for a member.", "每人限兑。"}},
    {"left", Type::integer, nullable, left_text},
    {"windows", Type::objects, required, {"The first that is open for the member counts.", "取首个对会员开放的时段。"},
     &window},
};
constexpr Schema item{"MallItem", {"Something that points buy.", "兑换品。"}, item_fields};

constexpr Field mall_fields[]{
    {"items", Type::objects, required, {"In the programme's order.", "按计划中的顺序。"}, &item},
};

constexpr Field offer_fields[]{
    {"name", Type::text, required, {"In the programme.", "计划中的代码。"}},
    {"title", Type::text, optional, title_text},
    {"title_zh", Type::text, optional, title_zh_text},
    {"kind", Type::text, required, {"goods or coupon.", "实物或券。"}},
    {"product", Type::text, optional, {"Of goods.", "实物的商品编号。"}},
    {"coupon", Type::text, optional, {"The coupon template.", "券模板。"}},
    {"cancellable", Type::boolean, required, {"By the member, until it is shipped.", "发货前会员可取消。"}},
    {"on_sale", Type::boolean, required, {"For this member, now.", "此刻对该会员开放。"}},
    {"price", Type::object, nullable, {"Of a piece now; null: not on sale.", "此刻单件价格；不售为 null。"}, &price},
    {"window", Type::text, optional, {"Whose price it is.", "所属时段。"}},
    {"window_title", Type::text, optional, title_text},
    {"window_title_zh", Type::text, optional, title_zh_text},
    {"allowed", Type::integer, nullable, {"Pieces that the member may still have now; null: no limit.",
                                          "该会员还可兑换的件数；不限为 null。"}},
    {"left", Type::integer, nullable, left_text},
};
constexpr Schema offer{"MallOffer", {"An item, as it stands for a member.", "对会员的兑换品。"}, offer_fields};

constexpr Field my_mall_fields[]{
    {"member", Type::id, required, {"The member's id.", "会员编号。"}},
    {"as_of", Type::instant, required, {"The present that this shows.", "数据所示的时间。"}},
    {"points_available", Type::integer, required, {"What the member has.", "可用积分。"}},
    {"items", Type::objects, required, {"In the programme's order.", "按计划中的顺序。"}, &offer},
};

constexpr Field redemption_fields[]{
    {"member", Type::id, required, {"The member's id.", "会员编号。"}},
    {"redemption_id", Type::text, required, {"Its number.", "兑换号。"}},
    {"item", Type::text, required, {"In the programme.", "计划中的代码。"}},
    {"title", Type::text, optional, title_text},
    {"title_zh", Type::text, optional, title_zh_text},
    {"product", Type::text, optional, {"What is to be sent.", "待发商品编号。"}},
    {"window", Type::text, optional, {"Whose price it was.", "所属时段。"}},
    {"quantity", Type::integer, required, {"Pieces.", "件数。"}},
    {"points", Type::integer, required, {"Paid for all of it.", "总积分。"}},
    {"money_minor", Type::integer, required, {"Paid for all of it.", "总现金。"}},
    {"order_id", Type::text, optional, {"Of the money part.", "现金部分的订单号。"}},
    {"at", Type::instant, required, {"When it was bought.", "兑换时间。"}},
    {"status", Type::text, required, {"placed, shipped, delivered, cancelled, or passed with a merge.",
                                      "待发货、已发货、已签收、已取消、已随会员合并。"}},
    {"carrier", Type::text, optional, {"Who brings it.", "承运方。"}},
    {"tracking", Type::text, optional, {"Their number.", "运单号。"}},
};
constexpr Schema redemption{"Redemption", {"Something that points have bought.", "一次兑换。"}, redemption_fields};

constexpr Field redemption_list_fields[]{
    {"redemptions", Type::objects, required, {"In order of their ids.", "按兑换号排序。"}, &redemption},
    {"next", Type::text, nullable, {"Send it as 'after' for the next page; null: there is none.",
                                    "作为 after 读取下一页；无则为 null。"}},
};

constexpr Field redemption_input_fields[]{
    {"redemption_id", Type::text, required, redemption_id_text},
    {"item", Type::text, required, {"Its name in the programme.", "兑换品代码。"}},
    {"quantity", Type::integer, optional, quantity_text},
    {"points", Type::integer, optional, points_told_text},
    {"money_minor", Type::integer, optional, {"The same for the money.", "同上，现金部分。"}},
    {"order_id", Type::text, optional, {"Of the order that the money part is: exactly where there is one.",
                                        "现金部分的订单号；有现金时必填，否则不得填写。"}},
    {"at", Type::instant, optional, at_text},
    {"explain", Type::boolean, optional, explain_text},
};

constexpr Field my_redemption_fields[]{
    {"redemption_id", Type::text, required, redemption_id_text},
    {"quantity", Type::integer, optional, quantity_text},
    {"points", Type::integer, optional, points_told_text},
    {"explain", Type::boolean, optional, explain_text},
};

constexpr Field shipment_fields[]{
    {"carrier", Type::text, optional, {"Who brings it.", "承运方。"}},
    {"tracking", Type::text, optional, {"Their number.", "运单号。"}},
    {"at", Type::instant, optional, at_text},
    {"explain", Type::boolean, optional, explain_text},
};

constexpr Field redemption_step_fields[]{
    {"at", Type::instant, optional, at_text},
    {"explain", Type::boolean, optional, explain_text},
};

constexpr Field redemption_cancel_fields[]{
    {"reason", Type::text, optional, {"The shop's; do not name the person here.", "商家原因，请勿写入个人信息。"}},
    {"at", Type::instant, optional, at_text},
    {"explain", Type::boolean, optional, explain_text},
};

constexpr Field my_step_fields[]{
    {"explain", Type::boolean, optional, explain_text},
};

}  // namespace

const Schema opening{"Opening", {"When: all parts must hold, in the programme's zone.", "开放时间，须全部满足。"},
                     opening_fields};
const Schema who{"Who", {"For whom: all parts must hold.", "适用对象，须全部满足。"}, who_fields};
const Schema mall{"Mall", {"What points buy.", "积分商城。"}, mall_fields};
const Schema my_mall{"MyMall", {"What points buy for one member.", "对一位会员的积分商城。"}, my_mall_fields};
const Schema redemption_list{"RedemptionList", {"What points have bought.", "兑换列表。"}, redemption_list_fields};
const Schema redemption_input{"RedemptionInput", {"Points buy something.", "积分兑换。"}, redemption_input_fields};
const Schema my_redemption_input{"MyRedemptionInput", {"I buy something for points.", "我要兑换。"},
                                 my_redemption_fields};
const Schema shipment_input{"ShipmentInput", {"Goods are on their way.", "发货。"}, shipment_fields};
const Schema redemption_step_input{"RedemptionStepInput", {"A step of delivery.", "签收。"}, redemption_step_fields};
const Schema redemption_cancel_input{"RedemptionCancelInput", {"Goods are not sent.", "取消兑换。"},
                                     redemption_cancel_fields};
const Schema my_redemption_cancel_input{"MyRedemptionCancelInput", {"I do not want it any more.", "我要取消兑换。"},
                                        my_step_fields};

}  // namespace regulars::api::schemas

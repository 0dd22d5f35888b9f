// Coupons, quotes and holds: what goes in and comes out.
#include "api/endpoints/schemas.hpp"

namespace regulars::api::schemas {

namespace {

constexpr auto required = Need::required;
constexpr auto optional = Need::optional;
constexpr auto nullable = Need::nullable;

constexpr Text at_text{"When it happened; now when left out.", "发生时间；不填即为现在。"};
constexpr Text explain_text{"Answer with the reasons.", "在结果中说明原因。"};
constexpr Text reference_text{"Makes it happen once: the same reference again changes nothing.",
                              "唯一凭据：重复提交不会再次生效。"};
constexpr Text reason_text{"Why, for people.", "原因说明。"};
constexpr Text coupon_id_text{"The coupon's id in the member's wallet.", "券在会员券包中的编号。"};
constexpr Text coupon_name_text{"Name of the template.", "券模板名称。"};
constexpr Text channel_text{"Sales channel.", "销售渠道。"};
constexpr Text store_text{"Store.", "门店。"};

constexpr Field coupon_use_fields[]{
    {"coupon", Type::id, required, coupon_id_text},
    {"amount_minor", Type::integer, required, {"What it takes off this order.", "在本单抵扣的金额。"}},
};

constexpr Field coupon_change_fields[]{
    {"coupon", Type::id, required, coupon_id_text},
    {"name", Type::text, required, coupon_name_text},
    {"status", Type::text, required, {"usable, held, used, expired, revoked.", "状态：可用、预占、已用、过期、收回。"}},
    {"at", Type::instant, required, {"Since when.", "时间。"}},
    {"usable_from", Type::instant, required, {"From when on.", "起用时间。"}},
    {"expires_at", Type::instant, nullable, {"Until when, exclusive; null: for ever.", "失效时间；null 为长期有效。"}},
    {"amount_minor", Type::integer, required, {"What it takes off its order.", "抵扣金额。"}},
};

constexpr Field refund_fields[]{
    {"cash_minor", Type::integer, required,
     {"To be paid back by the shop, gift cards included.", "店铺应退金额（含礼品卡）。"}},
    {"balance_minor", Type::integer, required, {"Has been put back into the account.", "已退回余额。"}},
    {"points", Type::integer, required, {"That had paid for the lines; they are back.", "已退回的抵扣积分。"}},
    {"kept_minor", Type::integer, required,
     {"Kept from the refund for points or cashback that were spent already.", "因已用积分或返现从退款中扣留的金额。"}},
};

constexpr Field grant_fields[]{
    {"coupon", Type::text, required, {"Name of a coupon or a pack.", "券或券包的名称。"}},
    {"count", Type::integer, optional, {"1 to 100; 1 when left out.", "1 到 100，默认 1。"}},
    {"reference", Type::text, required, reference_text},
    {"reason", Type::text, optional, reason_text},
    {"at", Type::instant, optional, at_text},
    {"explain", Type::boolean, optional, explain_text},
};

constexpr Field claim_fields[]{
    {"coupon", Type::text, optional, {"Name of the coupon.", "券名称。"}},
    {"code", Type::text, optional, {"Its code, where it asks for one.", "券码（若需要）。"}},
    {"reference", Type::text, required, reference_text},
    {"at", Type::instant, optional, at_text},
    {"explain", Type::boolean, optional, explain_text},
};

constexpr Field revoke_fields[]{
    {"coupon", Type::id, required, coupon_id_text},
    {"reason", Type::text, optional, reason_text},
    {"at", Type::instant, optional, at_text},
    {"explain", Type::boolean, optional, explain_text},
};

constexpr Field hold_fields[]{
    {"hold_id", Type::text, required, {"The shop's id of this checkout; it makes it happen once.", "店铺的结算号，保证只生效一次。"}},
    {"lines", Type::objects, required, {"As in a quote, before every discount.", "与试算相同，为优惠前金额。"}, &line},
    {"shipping_fee_minor", Type::integer, optional, {"Shipping before benefits.", "优惠前的运费。"}},
    {"channel", Type::text, optional, channel_text},
    {"store", Type::text, optional, store_text},
    {"coupons", Type::texts, optional,
     {"Ids of the coupons to use; the best combination when left out, none when empty.",
      "使用的券编号；不填则取最优组合，空列表为不用券。"}},
    {"points", Type::integer, optional, {"Points that are to pay.", "用于抵扣的积分。"}},
    {"balance_minor", Type::integer, optional, {"Balance that is to pay.", "使用的余额。"}},
    {"minutes", Type::integer, optional, {"1 to 10080; the programme's when left out.", "1 到 10080 分钟，默认按计划。"}},
    {"at", Type::instant, optional, at_text},
    {"explain", Type::boolean, optional, explain_text},
};

constexpr Field release_fields[]{
    {"hold_id", Type::text, required, {"The hold that is given up.", "放弃的预占号。"}},
    {"at", Type::instant, optional, at_text},
    {"explain", Type::boolean, optional, explain_text},
};

constexpr Field coupon_fields[]{
    {"id", Type::id, required, coupon_id_text},
    {"name", Type::text, required, coupon_name_text},
    {"title", Type::text, optional, {"For people.", "名称。"}},
    {"title_zh", Type::text, optional, {"In Chinese.", "中文名称。"}},
    {"status", Type::text, required, {"usable, held, used, expired, revoked.", "状态：可用、预占、已用、过期、收回。"}},
    {"granted_at", Type::instant, required, {"When the member got it.", "领取时间。"}},
    {"usable_from", Type::instant, required, {"From when on.", "起用时间。"}},
    {"expires_at", Type::instant, nullable, {"Until when, exclusive; null: for ever.", "失效时间；null 为长期有效。"}},
    {"ended_at", Type::instant, nullable, {"When it was used, lapsed or was revoked.", "使用、过期或收回的时间。"}},
    {"amount_minor", Type::integer, required, {"What it took off its order.", "抵扣金额。"}},
    {"partner_code", Type::text, optional, {"What the other shop asks for.", "合作商家的券码。"}},
    {"programme_version", Type::integer, required, {"Whose terms it has.", "所依据的计划版本。"}},
};
constexpr Schema coupon{"Coupon", {"A coupon of a member.", "会员的一张券。"}, coupon_fields};

constexpr Field coupon_list_fields[]{
    {"coupons", Type::objects, required, {"By id.", "按编号排列。"}, &coupon},
    {"next", Type::id, nullable, {"The 'after' of the next page; null at the end.", "下一页的 after；末页为 null。"}},
};

constexpr Field template_fields[]{
    {"name", Type::text, required, coupon_name_text},
    {"title", Type::text, optional, {"For people.", "名称。"}},
    {"title_zh", Type::text, optional, {"In Chinese.", "中文名称。"}},
    {"kind", Type::text, required,
     {"amount_off, percent_off, free_shipping, gift, exchange, trial, partner, invitation.",
      "类型：满减、折扣、免邮、赠品、兑换、试用、合作商家券码、邀请。"}},
    {"amount_minor", Type::integer, optional, {"Taken off, or the price of an exchange.", "抵扣金额或换购价。"}},
    {"rate", Type::text, optional, {"The share taken off, as a fraction.", "折扣比例。"}},
    {"at_most_minor", Type::integer, optional, {"The most it takes off.", "最高抵扣。"}},
    {"product", Type::text, optional, {"The gift.", "赠品。"}},
    {"minimum_minor", Type::integer, required, {"What its lines must come to.", "使用门槛。"}},
    {"claimable", Type::boolean, required, {"A member may take it.", "会员可自行领取。"}},
    {"by_code", Type::boolean, required, {"It is taken with a code.", "需凭码领取。"}},
    {"points", Type::integer, required, {"Its price in points.", "所需积分。"}},
    {"issued", Type::integer, optional, {"Given out so far, where that is counted.", "已发放数量（若计数）。"}},
    {"left", Type::integer, nullable, {"Left in all and for today; null: not limited.", "剩余数量；null 为不限。"}},
    {"attended", Type::integer, optional, {"Of an invitation: who has come.", "邀请函的到场人数。"}},
};
constexpr Schema coupon_template{"CouponTemplate", {"A coupon that the programme has.", "计划中的券模板。"},
                                 template_fields};

constexpr Field template_list_fields[]{
    {"coupons", Type::objects, required, {"In the programme's order.", "按计划中的顺序。"}, &coupon_template},
};

constexpr Field quoted_line_fields[]{
    {"amount_minor", Type::integer, required, {"Before discounts.", "优惠前。"}},
    {"promotion", Type::text, optional,
     {"At whose price it is; the order's line names it.", "所享活动价；下单时订单行须写明。"}},
    {"by_promotion_minor", Type::integer, required, {"What the promotion's price is less.", "活动价优惠。"}},
    {"discount_minor", Type::integer, required, {"By the tier.", "会员优惠。"}},
    {"coupon_minor", Type::integer, required, {"Its part of the coupons.", "券的分摊。"}},
    {"by_points_minor", Type::integer, required, {"Its part of what points pay.", "积分抵扣的分摊。"}},
    {"payable_minor", Type::integer, required, {"To pay.", "应付。"}},
    {"points", Type::integer, required, {"Its share.", "所得积分份额。"}},
    {"not_for_member", Type::boolean, required,
     {"Only those with an access may buy it; a checkout would be refused.", "仅限特定会员购买，结算将被拒绝。"}},
};
constexpr Schema quoted_line{"QuotedLine", {"A line with its price.", "行的试算。"}, quoted_line_fields};

constexpr Field quoted_coupon_fields[]{
    {"coupon", Type::id, nullable, {"Its id; null: named by its code, not taken yet.", "券编号；null 为凭码试算。"}},
    {"name", Type::text, required, {"Name of the template; empty: there is none such.", "券模板名称；空为无此券。"}},
    {"used", Type::boolean, required, {"It is a part of this price.", "是否已用于本价格。"}},
    {"amount_minor", Type::integer, required, {"What it takes off.", "抵扣金额。"}},
    {"product", Type::text, optional, {"The gift that comes with it.", "随附赠品。"}},
    {"why_not", Type::object, optional, {"Why it is not used.", "未使用的原因。"}, &reason},
};
constexpr Schema quoted_coupon{"QuotedCoupon", {"A coupon that was looked at.", "试算过的券。"}, quoted_coupon_fields};

constexpr Field quote_fields[]{
    {"tier", Type::text, required, {"Tier's name.", "等级名称。"}},
    {"lines", Type::objects, required, {"In the basket's order.", "与购物车同序。"}, &quoted_line},
    {"amount_minor", Type::integer, required, {"All lines before discounts.", "优惠前合计。"}},
    {"by_promotion_minor", Type::integer, required, {"What promotions' prices are less.", "活动价优惠合计。"}},
    {"discount_minor", Type::integer, required, {"All discounts of the tier.", "会员优惠合计。"}},
    {"coupon_minor", Type::integer, required, {"What coupons take off the lines.", "券优惠合计。"}},
    {"shipping_fee_minor", Type::integer, required, {"To pay.", "应付运费。"}},
    {"free_shipping", Type::boolean, required, {"Shipping is free.", "免运费。"}},
    {"points_used", Type::integer, required, {"Points that pay.", "抵扣积分。"}},
    {"by_points_minor", Type::integer, required, {"What they pay.", "积分抵扣金额。"}},
    {"payable_minor", Type::integer, required,
     {"Lines less discounts and points, plus shipping.", "扣除优惠与积分、加运费后的应付总额。"}},
    {"balance_used_minor", Type::integer, required, {"Paid from the account.", "余额支付。"}},
    {"to_pay_minor", Type::integer, required, {"What remains to be paid with money.", "尚需支付的金额。"}},
    {"points", Type::integer, required, {"To come at settlement.", "结算时可得积分。"}},
    {"cashback_minor", Type::integer, required, {"To come at settlement.", "结算时可得返现。"}},
    {"coupons", Type::objects, required, {"The coupons that were looked at.", "试算过的券。"}, &quoted_coupon},
    {"exact", Type::boolean, required,
     {"False: there were more combinations of coupons than are tried.", "false：券组合过多，未全部尝试。"}},
    {"flags", Type::texts, required, {"Marks that the order would get.", "订单将加的标记。"}},
    {"reasons", Type::objects, required, {"Why.", "原因。"}, &reason},
};

constexpr Field my_claim_fields[]{
    claim_fields[0],
    claim_fields[1],
    claim_fields[2],
    {"explain", Type::boolean, optional, explain_text},
};

constexpr Field my_basket_fields[]{
    {"lines", Type::objects, required, {"1 to 2000 lines.", "1 到 2000 行。"}, &line},
    {"shipping_fee_minor", Type::integer, optional, {"Shipping before benefits.", "优惠前的运费。"}},
    {"gift_card_minor", Type::integer, optional, {"How much is paid by gift card.", "礼品卡支付的金额。"}},
    {"channel", Type::text, optional, channel_text},
    {"store", Type::text, optional, store_text},
    {"coupons", Type::texts, optional, hold_fields[5].about},
    {"code", Type::text, optional, {"A public code that I have not taken yet; one that works once is taken first.",
      "尚未领取的公开券码；一次性券码须先领取。"}},
    {"points", Type::integer, optional, {"Points that are to pay.", "用于抵扣的积分。"}},
    {"most_points", Type::boolean, optional, {"As many points as may pay.", "使用最多可抵扣的积分。"}},
    {"balance_minor", Type::integer, optional, {"Balance that is to pay.", "使用的余额。"}},
    {"most_balance", Type::boolean, optional, {"As much balance as there is to pay.", "使用尽可能多的余额。"}},
};

constexpr Field token_input_fields[]{
    {"minutes", Type::integer, optional, {"1 to 43200; 60 when left out.", "1 到 43200 分钟，默认 60。"}},
};

constexpr Field token_fields[]{
    {"token", Type::text, required, {"To be sent as 'Authorization: Bearer TOKEN'.", "以 Authorization: Bearer 发送。"}},
    {"ends_at", Type::instant, required, {"Until when.", "有效期至。"}},
};

constexpr Field use_limit_fields[]{
    {"count", Type::integer, required, {"Uses.", "次数。"}},
    {"per", Type::text, nullable, {"day, month, quarter, year; null: ever.", "周期；null 为终身。"}},
};
constexpr Schema use_limit{"UseLimit", {"How often.", "次数限制。"}, use_limit_fields};

constexpr Field benefit_fields[]{
    {"kind", Type::text, required,
     {"discount, free_shipping, cashback, points_multiplier, order_flag, coupon; service, gift, access, free_return, "
      "instant_refund, manager.",
      "类型：折扣、免邮、返现、积分倍率、订单标记、券；服务、礼品、专属商品、免费退货、极速退款、专属管家。"}},
    {"code", Type::text, required, {"In the programme.", "计划中的代码。"}},
    {"title", Type::text, optional, {"For people.", "名称。"}},
    {"title_zh", Type::text, optional, {"In Chinese.", "中文名称。"}},
    {"rate", Type::text, optional, {"A share or a factor, as a fraction.", "比例或倍率。"}},
    {"coupon", Type::id, optional, coupon_id_text},
    {"reason", Type::text, required, {"Where it comes from.", "来源。"}},
    {"from", Type::instant, nullable, {"From when on; null: it holds.", "起用时间；null 为已生效。"}},
    {"until", Type::instant, nullable, {"Until when, exclusive; null: no end is set.", "截止时间；null 为未定。"}},
    {"limit", Type::object, optional, {"How often it can be used.", "次数限制。"}, &use_limit},
    {"used", Type::integer, optional, {"Of that, in the running unit.", "本周期已用次数。"}},
    {"left", Type::integer, optional, {"What is left.", "剩余次数。"}},
    {"renews_at", Type::instant, optional, {"When it begins anew, if ever.", "重新计次的时间（若会重计）。"}},
    {"at_most_minor", Type::integer, optional, {"The most at once, for instant_refund.", "极速退款单次上限。"}},
    {"manager", Type::text, optional, {"Who looks after the member.", "专属管家。"}},
};

constexpr Field benefit_use_fields[]{
    {"reference", Type::text, required, {"Makes it happen once.", "凭据，保证只生效一次。"}},
    {"order_id", Type::text, optional, {"The order that it was about.", "相关订单号。"}},
    {"amount_minor", Type::integer, optional, {"For instant_refund: what was paid back.", "极速退款金额。"}},
    {"cost_minor", Type::integer, optional, {"What it cost; else as the programme says.", "成本；不填按计划。"}},
    {"at", Type::instant, optional, {"When; now when left out.", "发生时间，默认现在。"}},
    {"explain", Type::boolean, optional, explain_text},
};

constexpr Field manager_fields[]{
    {"staff", Type::text, optional, {"Who; left out: chosen by load; empty: nobody.", "管家；不填则按负载选择；空字符串为取消。"}},
    {"reason", Type::text, optional, {"Why.", "原因。"}},
    {"at", Type::instant, optional, {"When; now when left out.", "发生时间，默认现在。"}},
    {"explain", Type::boolean, optional, explain_text},
};

constexpr Field manager_load_fields[]{
    {"staff", Type::text, required, {"Who.", "管家。"}},
    {"members", Type::integer, required, {"How many members they look after.", "负责的会员数。"}},
};
constexpr Schema manager_load{"ManagerLoad", {"How busy a manager is.", "管家负载。"}, manager_load_fields};

constexpr Field manager_list_fields[]{
    {"managers", Type::objects, required, {"In the programme's order.", "按计划中的顺序。"}, &manager_load},
};

constexpr Field coming_fields[]{
    {"code", Type::text, required, {"The grant in the programme.", "计划中的发放代码。"}},
    {"title", Type::text, optional, {"For people.", "名称。"}},
    {"title_zh", Type::text, optional, {"In Chinese.", "中文名称。"}},
    {"on", Type::text, required,
     {"monthly, quarterly, yearly, birthday, birthday_month, anniversary.",
      "时机：每月、每季、每年、生日、生日月、入会周年。"}},
    {"at", Type::instant, required, {"When.", "时间。"}},
};
constexpr Schema coming{"ComingGrant", {"What comes by itself.", "即将自动发放。"}, coming_fields};

constexpr Field benefits_fields[]{
    {"member", Type::id, required, {"The member's id.", "会员编号。"}},
    {"as_of", Type::instant, required, {"The present that this shows.", "数据所示的时间。"}},
    {"tier", Type::text, required, {"Tier's name.", "等级名称。"}},
    {"benefits", Type::objects, required, {"All that holds.", "现有全部权益。"}, &benefit},
    {"coming", Type::objects, required, {"For a member who stays at this tier.", "保持当前等级即可获得。"}, &coming},
};

}  // namespace

const Schema benefit{"Benefit", {"What holds now.", "现有的一项权益。"}, benefit_fields};
const Schema benefit_use_input{"BenefitUseInput", {"A benefit was used.", "权益已使用。"}, benefit_use_fields};
const Schema manager_input{"ManagerInput", {"Who looks after the member.", "指定专属管家。"}, manager_fields};
const Schema manager_list{"ManagerList", {"All managers.", "全部管家。"}, manager_list_fields};
const Schema benefits{"Benefits", {"What holds for a member.", "会员权益。"}, benefits_fields};
const Schema my_claim_input{"MyClaimInput", {"I take a coupon.", "我要领券。"}, my_claim_fields};
const Schema my_basket_input{"MyBasketInput", {"My basket.", "我的购物车。"}, my_basket_fields};
const Schema token_input{"TokenInput", {"For how long.", "有效时长。"}, token_input_fields};
const Schema token{"Token", {"What a member's phone shows.", "会员手机出示的令牌。"}, token_fields};
const Schema coupon_use{"CouponUse", {"A coupon on an order.", "订单上的券。"}, coupon_use_fields};
const Schema coupon_change{"CouponChange", {"A coupon as it stands now.", "券的现状。"}, coupon_change_fields};
const Schema refund_parts{"RefundParts", {"What goes back, by how it was paid.", "按支付方式退回的部分。"},
                          refund_fields};
const Schema coupon_grant_input{"CouponGrantInput", {"Coupons by hand.", "手工发券。"}, grant_fields};
const Schema coupon_claim_input{"CouponClaimInput", {"The member takes a coupon.", "会员领券。"}, claim_fields};
const Schema coupon_revoke_input{"CouponRevokeInput", {"A coupon is taken away.", "收回一张券。"}, revoke_fields};
const Schema hold_input{"HoldInput", {"A checkout begins.", "开始结算。"}, hold_fields};
const Schema hold_release_input{"HoldReleaseInput", {"A checkout is given up.", "放弃结算。"}, release_fields};
const Schema coupon_list{"CouponList", {"A page of coupons.", "券列表页。"}, coupon_list_fields};
const Schema coupon_template_list{"CouponTemplateList", {"The programme's coupons.", "计划中的券。"},
                                  template_list_fields};
const Schema quote{"Quote", {"What a basket would cost and earn.", "试算结果。"}, quote_fields};

}  // namespace regulars::api::schemas

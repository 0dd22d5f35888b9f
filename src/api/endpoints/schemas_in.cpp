#include "api/endpoints/schemas.hpp"

namespace regulars::api::schemas {

namespace {

constexpr auto required = Need::required;
constexpr auto optional = Need::optional;

constexpr Text member_text{"The member's id; or name an identity.", "会员编号；也可改用身份。"};
constexpr Text identity_text{"One of the member's identities, instead of the id.", "会员的任一身份，可代替编号。"};
constexpr Text at_text{"When it happened; now when left out.", "发生时间；不填即为现在。"};
constexpr Text explain_text{"Answer with the reasons.", "在结果中说明原因。"};
constexpr Text create_text{"An identity that nobody has gets a new member.", "身份不存在时新建会员。"};
constexpr Text order_id_text{"The shop's order id, at most 128 bytes.", "店铺订单号，不超过 128 字节。"};
constexpr Text reference_text{"Makes it happen once: the same reference again changes nothing.",
                              "唯一凭据：重复提交不会再次生效。"};
constexpr Text reason_text{"Why, for people.", "原因说明。"};
constexpr Text gift_card_text{"How much of the lines is paid by gift card.", "其中以礼品卡支付的金额。"};

constexpr Field identity_fields[]{
    {"kind", Type::text, required,
     {"phone, email, card, unionid, openid:APP, customer:SHOP.", "手机、邮箱、卡号、unionid、openid、店铺客户号。"}},
    {"value", Type::text, required, {"Phones (E.164), e-mail addresses and cards are normalised.", "手机号、邮箱与卡号会被规范化。"}},
};

constexpr Field line_fields[]{
    {"amount_minor", Type::integer, required,
     {"Paid for the whole line, in minor units of the currency.", "整行实付金额，以最小货币单位计。"}},
    {"quantity", Type::integer, optional, {"1 when left out.", "数量，默认为 1。"}},
    {"sku", Type::text, optional, {"Stock keeping unit.", "库存单位编码。"}},
    {"product", Type::text, optional, {"Product id.", "商品编号。"}},
    {"category", Type::text, optional, {"Category.", "类目。"}},
    {"price_kind", Type::text, optional,
     {"One of the programme's price kinds; the first when left out.", "价格类型；默认为计划中的第一个。"}},
    {"list_amount_minor", Type::integer, optional, {"Before reductions.", "优惠前金额。"}},
    {"cost_minor", Type::integer, optional, {"What the line cost the shop.", "该行的成本。"}},
    {"promotion", Type::text, optional,
     {"At whose price it is sold; in a basket, the only one to be looked at (a group's must be named).",
      "所享活动价；在购物车中则只试算该活动（拼团价须写明）。"}},
};

constexpr Field returned_fields[]{
    {"line", Type::integer, required, {"Index in the order, from 0.", "订单行序号，从 0 起。"}},
    {"quantity", Type::integer, optional, {"How many come back.", "退回数量。"}},
    {"amount_minor", Type::integer, optional,
     {"How much comes back; neither: all that is left.", "退回金额；两者都不填则退回剩余全部。"}},
};

constexpr Field profile_fields[]{
    {"name", Type::text, optional, {"Name.", "姓名。"}},
    {"gender", Type::text, optional, {"Gender.", "性别。"}},
    {"birthday", Type::date, optional, {"Date of birth.", "生日。"}},
    {"region", Type::text, optional, {"Region.", "地区。"}},
    {"attributes", Type::map_of_texts, optional,
     {"Further attributes; an empty text removes one.", "其他属性；空文本即删除。"}},
    {"tags", Type::texts, optional, {"Replaces the tags.", "替换全部标签。"}},
};

constexpr Field new_member_fields[]{
    {"identities", Type::objects, required,
     {"At least one; the first finds the member who is there already.", "至少一个；用第一个查找已有会员。"}, &identity},
    {"channel", Type::text, optional, {"Where the member registered.", "注册渠道。"}},
    {"source", Type::text, optional, {"What brought the member.", "来源。"}},
    {"store", Type::text, optional, {"Store.", "门店。"}},
    {"staff", Type::text, optional, {"Whose code was scanned.", "引荐员工。"}},
    {"code", Type::text, optional,
     {"An enrolment code that was scanned: what it stands for goes before the four beside it.",
      "所扫的入会码；其来源、门店、员工、邀请人优先于本请求所填。"}},
    {"inviter", Type::text, optional, {"The id of the member whose code it was.", "邀请人会员编号。"}},
    {"profile", Type::object, optional, {"What is known of the person.", "已知资料。"}, &profile_input},
    {"at", Type::instant, optional, at_text},
};

constexpr Field identity_input_fields[]{
    {"kind", Type::text, required, identity_fields[0].about},
    {"value", Type::text, required, identity_fields[1].about},
    {"at", Type::instant, optional, at_text},
    {"explain", Type::boolean, optional, explain_text},
};

constexpr Field profile_input_fields[]{
    profile_fields[0],
    profile_fields[1],
    profile_fields[2],
    profile_fields[3],
    profile_fields[4],
    profile_fields[5],
    {"at", Type::instant, optional, at_text},
    {"explain", Type::boolean, optional, explain_text},
};

constexpr Field consent_fields[]{
    {"channel", Type::text, required, {"sms, email, app ...", "短信、邮件、应用等。"}},
    {"purpose", Type::text, required, {"marketing, service ...", "营销、服务等。"}},
    {"granted", Type::boolean, required, {"Given or withdrawn.", "同意或撤回。"}},
    {"source", Type::text, optional, {"Where the member said so.", "同意的来源。"}},
    {"at", Type::instant, optional, at_text},
    {"explain", Type::boolean, optional, explain_text},
};

constexpr Field order_fields[]{
    {"member", Type::id, optional, member_text},
    {"identity", Type::object, optional, identity_text, &identity},
    {"create", Type::boolean, optional, create_text},
    {"explain", Type::boolean, optional, explain_text},
    {"at", Type::instant, optional, {"When it was ordered; now when left out.", "下单时间；不填即为现在。"}},
    {"order_id", Type::text, required, order_id_text},
    {"lines", Type::objects, required, {"1 to 2000 lines.", "1 到 2000 行。"}, &line},
    {"shipping_fee_minor", Type::integer, optional, {"Paid for shipping.", "运费。"}},
    {"gift_card_minor", Type::integer, optional, gift_card_text},
    {"channel", Type::text, optional, {"Sales channel.", "销售渠道。"}},
    {"store", Type::text, optional, {"Store.", "门店。"}},
    {"paid_at", Type::instant, optional, {"If it is paid already.", "已支付时的支付时间。"}},
    {"shipped_at", Type::instant, optional, {"If it is shipped already.", "已发货时的发货时间。"}},
    {"delivered_at", Type::instant, optional, {"If it is delivered already.", "已签收时的签收时间。"}},
    {"coupons", Type::objects, optional, {"Coupons used on it, with what each took off.", "使用的券及各自抵扣金额。"},
     &coupon_use},
    {"points", Type::integer, optional, {"Points that pay for a part of the lines.", "抵扣部分金额的积分。"}},
    {"balance_minor", Type::integer, optional, {"Balance that pays for a part.", "余额支付的部分。"}},
    {"hold_id", Type::text, optional,
     {"The hold that has reserved them, instead of naming them.", "已预占上述各项的预占号，可代替逐项填写。"}},
};

constexpr Field step_fields[]{
    {"member", Type::id, optional, member_text},
    {"identity", Type::object, optional, identity_text, &identity},
    {"at", Type::instant, optional, at_text},
    {"explain", Type::boolean, optional, explain_text},
};

constexpr Field payment_fields[]{
    step_fields[0], step_fields[1], step_fields[2], step_fields[3],
    {"gift_card_minor", Type::integer, optional, gift_card_text},
};

constexpr Field refund_fields[]{
    step_fields[0], step_fields[1], step_fields[2], step_fields[3],
    {"refund_id", Type::text, required, {"Tells two refunds of one order apart.", "退款号，区分同一订单的多次退款。"}},
    {"lines", Type::objects, optional,
     {"What comes back; everything that is left when left out.", "退回的行；不填则全部退回。"}, &returned_line},
};

constexpr Field exchange_fields[]{
    step_fields[0], step_fields[1], step_fields[2], step_fields[3],
    {"exchange_id", Type::text, required, {"Tells two exchanges of one order apart.", "换货号，区分同一订单的多次换货。"}},
    {"lines", Type::objects, optional,
     {"What goes back; the replacement is an order of its own.", "退回的行；换出的商品另成订单。"}, &returned_line},
};

constexpr Field points_fields[]{
    {"points", Type::integer, required, {"Given (positive) or taken (negative).", "增加（正）或扣减（负）的积分。"}},
    {"reference", Type::text, required, reference_text},
    {"reason", Type::text, optional, reason_text},
    {"at", Type::instant, optional, at_text},
    {"explain", Type::boolean, optional, explain_text},
};

constexpr Field points_spend_fields[]{
    {"points", Type::integer, required, {"How many.", "使用的积分数。"}},
    {"reference", Type::text, required, reference_text},
    {"order_id", Type::text, optional,
     {"The order that they are spent on: they come back with it.", "用于该订单：整单退回时一并返还。"}},
    {"at", Type::instant, optional, at_text},
    {"explain", Type::boolean, optional, explain_text},
};

constexpr Field tier_fields[]{
    {"tier", Type::text, required, {"Name of the tier.", "等级名称。"}},
    {"until", Type::date, optional, {"Last day; the tier's own period when left out.", "最后一天；默认为该等级的周期。"}},
    {"reason", Type::text, optional, reason_text},
    {"at", Type::instant, optional, at_text},
    {"explain", Type::boolean, optional, explain_text},
};

constexpr Field top_up_fields[]{
    {"amount_minor", Type::integer, required, {"Paid in.", "充值金额。"}},
    {"bonus_minor", Type::integer, optional,
     {"Given on top, beside what the programme's offers give.", "额外赠送金额（计划优惠之外）。"}},
    {"reference", Type::text, required, reference_text},
    {"at", Type::instant, optional, at_text},
    {"explain", Type::boolean, optional, explain_text},
};

constexpr Field balance_spend_fields[]{
    {"amount_minor", Type::integer, required, {"Taken from the purses in the programme's order.",
                                               "按计划规定的顺序从各钱包扣除。"}},
    {"reference", Type::text, required, reference_text},
    {"order_id", Type::text, optional, {"The order that it pays.", "所支付的订单。"}},
    {"at", Type::instant, optional, at_text},
    {"explain", Type::boolean, optional, explain_text},
};

constexpr Field balance_refund_fields[]{
    {"amount_minor", Type::integer, required, {"Paid back of what was paid in.", "退还的充值金额。"}},
    {"reference", Type::text, required, reference_text},
    {"at", Type::instant, optional, at_text},
    {"explain", Type::boolean, optional, explain_text},
};

constexpr Field event_fields[]{
    {"type", Type::text, required,
     {"order_created, order_refunded, points_adjusted ... ; the further fields are those of the type.",
      "事件类型；其余字段随类型而定。"}},
    {"member", Type::id, optional, member_text},
    {"identity", Type::object, optional, identity_text, &identity},
    {"create", Type::boolean, optional, create_text},
    {"explain", Type::boolean, optional, explain_text},
    {"at", Type::instant, optional, at_text},
};

constexpr Field basket_fields[]{
    {"member", Type::id, optional, member_text},
    {"identity", Type::object, optional, identity_text, &identity},
    {"lines", Type::objects, required, {"1 to 2000 lines.", "1 到 2000 行。"}, &line},
    {"shipping_fee_minor", Type::integer, optional, {"Shipping before the tier's benefits.", "会员优惠前的运费。"}},
    {"gift_card_minor", Type::integer, optional, gift_card_text},
    {"channel", Type::text, optional, {"Sales channel.", "销售渠道。"}},
    {"store", Type::text, optional, {"Store.", "门店。"}},
    {"coupons", Type::texts, optional,
     {"Ids of the coupons to use; the best combination when left out, none when empty.",
      "使用的券编号；不填则取最优组合，空列表为不用券。"}},
    {"code", Type::text, optional, {"A public code that the member has not taken yet.", "会员尚未领取的公开券码。"}},
    {"points", Type::integer, optional, {"Points that are to pay.", "用于抵扣的积分。"}},
    {"most_points", Type::boolean, optional, {"As many points as may pay.", "使用最多可抵扣的积分。"}},
    {"balance_minor", Type::integer, optional, {"Balance that is to pay.", "使用的余额。"}},
    {"most_balance", Type::boolean, optional, {"As much balance as there is to pay.", "使用尽可能多的余额。"}},
};

}  // namespace

const Schema identity{"Identity", {"How a member is found.", "会员身份。"}, identity_fields};
const Schema line{"Line", {"One line of an order or basket.", "订单或购物车的一行。"}, line_fields};
const Schema returned_line{"ReturnedLine", {"What comes back of one line.", "一行的退回。"}, returned_fields};
const Schema profile{"Profile", {"What is known of the person.", "会员资料。"}, profile_fields};

const Schema new_member{"NewMember", {"A member to register.", "待注册会员。"}, new_member_fields};
const Schema profile_input{"ProfileInput", {"Parts that are left out stay as they are.", "未填部分保持不变。"},
                           profile_input_fields};
const Schema identity_input{"IdentityInput", {"An identity to link.", "待关联的身份。"}, identity_input_fields};
const Schema consent_input{"ConsentInput", {"A consent given or withdrawn.", "同意或撤回。"}, consent_fields};
const Schema order_input{"OrderInput", {"An order of a member.", "会员的订单。"}, order_fields};
const Schema payment_input{"PaymentInput", {"A payment.", "支付。"}, payment_fields};
const Schema step_input{"StepInput", {"A step in an order's life.", "订单的一个环节。"}, step_fields};
const Schema refund_input{"RefundInput", {"A return.", "退货。"}, refund_fields};
const Schema exchange_input{"ExchangeInput", {"An exchange.", "换货。"}, exchange_fields};
const Schema points_input{"PointsInput", {"Points by hand.", "手工调整积分。"}, points_fields};
const Schema points_spend_input{"PointsSpendInput", {"Points that the member spends.", "会员使用积分。"},
                                points_spend_fields};
const Schema tier_input{"TierInput", {"A tier by hand.", "手工授予等级。"}, tier_fields};
const Schema top_up_input{"TopUpInput", {"Money paid in.", "充值。"}, top_up_fields};
const Schema balance_spend_input{"BalanceSpendInput", {"Balance that the member spends.", "使用余额。"},
                                 balance_spend_fields};
const Schema balance_refund_input{"BalanceRefundInput", {"Money paid back.", "退还充值。"}, balance_refund_fields};
const Schema event_input{"EventInput", {"Any event, as stored and as in bulk lines.", "任意事件，与批量行相同。"},
                         event_fields, true};
const Schema basket_input{"BasketInput", {"A basket to be quoted.", "待试算的购物车。"}, basket_fields};

}  // namespace regulars::api::schemas

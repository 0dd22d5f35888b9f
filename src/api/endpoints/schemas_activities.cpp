// Activities, how members stand in them, and what they do there.
#include "api/endpoints/schemas.hpp"

namespace regulars::api::schemas {

namespace {

constexpr auto required = Need::required;
constexpr auto optional = Need::optional;
constexpr auto nullable = Need::nullable;

constexpr Text at_text{"When; now when left out.", "发生时间，默认现在。"};
constexpr Text explain_text{"Ask for the reasons in the answer.", "在应答中给出原因。"};
constexpr Text reference_text{"Makes it happen once.", "凭据，保证只生效一次。"};
constexpr Text name_text{"In the programme.", "计划中的代码。"};
constexpr Text title_text{"For people.", "名称。"};
constexpr Text title_zh_text{"In Chinese.", "中文名称。"};
constexpr Text reward_text{"What it brings.", "奖励。"};
constexpr Text left_text{"Of the stock that members share; null: it is not counted.", "共享库存剩余；不限则为 null。"};
constexpr Text odds_text{"Its exact chance in a turn, such as 3/100.", "单次抽取的精确概率，如 3/100。"};
constexpr Text free_text{"Free turns on each local day.", "每日免费次数。"};
constexpr Text turns_max_text{"Given turns that a member can hold.", "可持有的获赠次数上限。"};

constexpr Field reward_fields[]{
    {"points", Type::integer, required, {"Points.", "积分。"}},
    {"cashback_minor", Type::integer, required, {"Cashback into the account.", "入账返现。"}},
    {"coupons", Type::texts, required, {"Coupons, each by its template.", "券（按模板名，每张一项）。"}},
    {"tier", Type::text, optional, {"A tier for a time.", "限时等级。"}},
    {"goods", Type::text, optional, {"Goods that are handed over or sent.", "实物。"}},
    {"turns_of", Type::text, optional, {"A draw or collection of which it gives turns.", "赠送次数的活动。"}},
    {"turns", Type::integer, required, {"So many.", "赠送次数。"}},
};
constexpr Schema reward{"ActivityReward", {"What is given.", "奖励内容。"}, reward_fields};

constexpr Field check_in_step_fields[]{
    {"days", Type::integer, required, {"The streak has come to this.", "连续天数。"}},
    {"reward", Type::object, required, reward_text, &reward},
};
constexpr Schema check_in_step{"CheckInStep", {"A step of the streak.", "连续签到阶梯。"}, check_in_step_fields};

constexpr Field check_in_fields[]{
    {"daily", Type::object, required, {"For each check-in.", "每次签到奖励。"}, &reward},
    {"steps", Type::objects, required, {"By days, ascending.", "按天数升序。"}, &check_in_step},
    {"cycle", Type::integer, required, {"After so many days the steps begin anew; 0: never.", "阶梯循环天数；0 为不循环。"}},
    {"make_up_days", Type::integer, required, {"How far back a day can be made up for; 0: not.", "可补签的天数；0 为不可。"}},
    {"make_ups_per_month", Type::integer, required, {"So many in a month.", "每月补签次数。"}},
    {"make_up_points", Type::integer, required, {"What one costs; 0: only coupons pay.", "补签所需积分；0 为仅可用券。"}},
    {"make_up_coupon", Type::text, optional, {"A coupon that pays for one.", "可用于补签的券。"}},
    {"freezes_max", Type::integer, required, {"Freezes that a member can hold.", "可持有冻结卡数量。"}},
    {"freeze_points", Type::integer, required, {"What one costs; 0: not sold.", "冻结卡积分价；0 为不出售。"}},
};
constexpr Schema check_in{"CheckIn", {"Points for each local day.", "每日签到。"}, check_in_fields};

constexpr Field prize_fields[]{
    {"name", Type::text, required, name_text},
    {"title", Type::text, optional, title_text},
    {"title_zh", Type::text, optional, title_zh_text},
    {"odds", Type::text, required, odds_text},
    {"left", Type::integer, nullable, left_text},
    {"per_member", Type::integer, nullable, {"So many for one member, ever.", "每人累计上限。"}},
    {"rare", Type::boolean, required, {"Whether pity is about it.", "是否属于保底奖品。"}},
    {"reward", Type::object, required, reward_text, &reward},
};
constexpr Schema prize{"Prize", {"What a turn can bring.", "奖品。"}, prize_fields};

constexpr Field draw_fields[]{
    {"free_per_day", Type::integer, required, free_text},
    {"turns_max", Type::integer, required, turns_max_text},
    {"price_points", Type::integer, required, {"Of a turn beyond those; 0: none is sold.", "额外次数积分价；0 为不出售。"}},
    {"pity", Type::integer, nullable, {"After so many turns without something rare the next is rare.", "保底次数。"}},
    {"prizes", Type::objects, required, {"In the programme's order.", "按计划顺序。"}, &prize},
};
constexpr Schema draw{"Draw", {"A wheel or a scratch card.", "转盘或刮刮卡。"}, draw_fields};

constexpr Field piece_fields[]{
    {"name", Type::text, required, name_text},
    {"title", Type::text, optional, title_text},
    {"title_zh", Type::text, optional, title_zh_text},
    {"odds", Type::text, required, odds_text},
    {"left", Type::integer, nullable, left_text},
};
constexpr Schema piece{"Piece", {"A kind of piece.", "碎片种类。"}, piece_fields};

constexpr Field collection_step_fields[]{
    {"name", Type::text, required, name_text},
    {"title", Type::text, optional, title_text},
    {"title_zh", Type::text, optional, title_zh_text},
    {"kinds", Type::integer, required, {"Different pieces that bring it.", "所需不同碎片数。"}},
    {"left", Type::integer, nullable, left_text},
    {"reward", Type::object, required, reward_text, &reward},
};
constexpr Schema collection_step{"CollectionStep", {"A step of a collection.", "集卡阶梯。"}, collection_step_fields};

constexpr Field collection_fields[]{
    {"free_per_day", Type::integer, required, free_text},
    {"turns_max", Type::integer, required, turns_max_text},
    {"turns_per_friend", Type::integer, required, {"For each friend who registers.", "每邀一位好友注册所赠次数。"}},
    {"passable", Type::boolean, required, {"Whether a piece may be given away.", "碎片可否转送。"}},
    {"pieces", Type::objects, required, {"In the programme's order.", "按计划顺序。"}, &piece},
    {"steps", Type::objects, required, {"By kinds, ascending.", "按种类数升序。"}, &collection_step},
};
constexpr Schema collection{"Collection", {"Pieces that lead up steps.", "集卡。"}, collection_fields};

constexpr Field question_fields[]{
    {"name", Type::text, required, name_text},
    {"title", Type::text, optional, {"What is asked.", "题目。"}},
    {"title_zh", Type::text, optional, title_zh_text},
    {"kind", Type::text, required, {"choice, choices, score, text or date.", "choice、choices、score、text 或 date。"}},
    {"choices", Type::texts, required, {"Of a choice; else empty.", "选项；非选择题为空。"}},
    {"at_least", Type::integer, optional, {"Of a score.", "评分下限。"}},
    {"at_most", Type::integer, optional, {"Of a score; of choices, how many.", "评分上限或至多选几项。"}},
    {"required", Type::boolean, required, {"Whether it must be answered.", "是否必答。"}},
};
constexpr Schema question{"Question", {"One question.", "题目。"}, question_fields};

constexpr Field questionnaire_fields[]{
    {"about_orders", Type::boolean, required, {"Once for each settled order; else once.", "每个交易成功订单一次；否则仅一次。"}},
    {"within_days", Type::integer, optional, {"Of settlement.", "交易成功后多少日内。"}},
    {"questions", Type::objects, required, {"In order.", "按顺序。"}, &question},
    {"reward", Type::object, required, reward_text, &reward},
};
constexpr Schema questionnaire{"Questionnaire", {"Questions.", "问卷。"}, questionnaire_fields};

constexpr Field behaviour_fields[]{
    {"distinct", Type::boolean, required, {"The same subject counts once a day.", "同一对象每日计一次。"}},
    {"reward", Type::object, required, reward_text, &reward},
};
constexpr Schema behaviour{"Behaviour", {"Sharing, viewing and the like.", "分享、浏览等行为。"}, behaviour_fields};

constexpr Field store_visit_fields[]{
    {"stores", Type::texts, required, {"The stores where a code hangs.", "张贴代码的门店。"}},
    {"reward", Type::object, required, reward_text, &reward},
};
constexpr Schema store_visit{"StoreVisit", {"Being in a store.", "到店打卡。"}, store_visit_fields};

constexpr Field trial_fields[]{
    {"product", Type::text, required, {"What is tried out.", "试用商品。"}},
    {"price_points", Type::integer, required, {"Of an application; comes back to who is not chosen.", "申请积分，未中退回。"}},
    {"seats", Type::integer, required, {"How many are chosen.", "名额。"}},
    {"choose", Type::text, required, {"first, draw or by_hand.", "first 先到、draw 抽签或 by_hand 人工。"}},
    {"report_days", Type::integer, required, {"For the report, after being chosen.", "中选后提交报告的天数。"}},
    {"reward", Type::object, required, reward_text, &reward},
};
constexpr Schema trial{"Trial", {"A product to try out.", "新品试用。"}, trial_fields};

constexpr Field standing_fields[]{
    {"done", Type::integer, required, {"How often, ever.", "累计次数。"}},
    {"done_today", Type::integer, required, {"On this local day.", "今日次数。"}},
    {"checked_in_today", Type::boolean, optional, {"Whether today is done.", "今日是否已签到。"}},
    {"streak", Type::integer, optional, {"As it stands; 0: broken, and no freeze can save it.", "连续天数；已断则为 0。"}},
    {"best_streak", Type::integer, optional, {"The longest ever.", "最长连续天数。"}},
    {"freezes", Type::integer, optional, {"Held.", "持有冻结卡。"}},
    {"made_up_this_month", Type::integer, optional, {"Days made up for.", "本月已补签。"}},
    {"days", Type::texts, optional, {"Checked in on, of the last 100 days.", "近 100 天内签到的日期。"}},
    {"kept", Type::texts, optional, {"Days that broke no streak: frozen or closed.", "未断签的日期：冻结或未开放。"}},
    {"free_turns", Type::integer, optional, {"Left today.", "今日剩余免费次数。"}},
    {"given_turns", Type::integer, optional, {"Held.", "持有获赠次数。"}},
    {"turns_taken", Type::integer, optional, {"Ever.", "累计抽取次数。"}},
    {"had", Type::map_of_counts, optional, {"Prizes won, or pieces held.", "所得奖品或所持碎片。"}},
    {"steps", Type::texts, optional, {"Steps that were given.", "已领取的阶梯。"}},
    {"trial", Type::text, optional, {"none, applied, chosen, not_chosen, reported or overdue.", "试用状态。"}},
    {"report_until", Type::instant, optional, {"When the report is due.", "报告截止时间。"}},
};
constexpr Schema standing{"ActivityStanding", {"How the member stands there; which parts depends on the kind.",
                                               "会员在该活动中的状态；各部分依活动类型而定。"}, standing_fields};

// Those of an activity, and then those of a member in it.
constexpr Field my_activity_fields[]{
    {"name", Type::text, required, name_text},
    {"title", Type::text, optional, title_text},
    {"title_zh", Type::text, optional, title_zh_text},
    {"kind", Type::text, required, {"Which of the kinds below it is.", "以下哪一种类型。"}},
    {"open", Type::object, required, {"When.", "时间。"}, &opening},
    {"who", Type::object, required, {"For whom.", "对象。"}, &who},
    {"per_day", Type::integer, nullable, {"For one member on a local day.", "每人每日上限。"}},
    {"in_all", Type::integer, nullable, {"For one member, ever.", "每人累计上限。"}},
    {"check_in", Type::object, optional, {"Of that kind.", "签到。"}, &check_in},
    {"draw", Type::object, optional, {"Of that kind.", "抽奖。"}, &draw},
    {"collection", Type::object, optional, {"Of that kind.", "集卡。"}, &collection},
    {"questionnaire", Type::object, optional, {"Of that kind.", "问卷。"}, &questionnaire},
    {"behaviour", Type::object, optional, {"Of that kind.", "行为。"}, &behaviour},
    {"store_visit", Type::object, optional, {"Of that kind.", "到店。"}, &store_visit},
    {"trial", Type::object, optional, {"Of that kind.", "试用。"}, &trial},
    {"open_now", Type::boolean, required, {"Whether the member can take part now.", "会员此刻可否参与。"}},
    {"why_not", Type::text, nullable, {"The code of why not; null: they can.", "不可参与的原因代码；可参与则为 null。"}},
    {"standing", Type::object, required, {"What the member has done and has.", "会员的状态。"}, &standing},
};
constexpr std::size_t member_fields = 3;
constexpr Schema activity{"Activity", {"Something to do beside buying.", "活动。"},
                          std::span(my_activity_fields).first(std::size(my_activity_fields) - member_fields)};
constexpr Schema my_activity{"MyActivity", {"An activity, and a member in it.", "活动与会员状态。"}, my_activity_fields};

constexpr Field activity_list_fields[]{
    {"activities", Type::objects, required, {"In the programme's order.", "按计划顺序。"}, &activity},
};
constexpr Field my_activity_list_fields[]{
    {"member", Type::id, required, {"Whose they are.", "会员号。"}},
    {"as_of", Type::instant, required, {"By the service's clock.", "以服务时钟为准。"}},
    {"points_available", Type::integer, required, {"Points that can be spent.", "可用积分。"}},
    {"activities", Type::objects, required, {"In the programme's order.", "按计划顺序。"}, &my_activity},
};
constexpr Field result_list_fields[]{
    {"results", Type::objects, required, {"The oldest first.", "由旧到新。"}, &activity_result},
    {"next", Type::text, nullable, {"'after' of the next page; null: this is the last.", "下一页的 after；末页为 null。"}},
};

constexpr Field my_check_in_fields[]{
    {"explain", Type::boolean, optional, explain_text},
};
constexpr Field check_in_input_fields[]{
    {"at", Type::instant, optional, at_text},
    {"explain", Type::boolean, optional, explain_text},
};
constexpr Field make_up_fields[]{
    {"day", Type::date, required, {"The missed day.", "漏签日期。"}},
    {"coupon", Type::id, optional, {"The coupon that pays; points do when left out.", "用于支付的券编号，默认用积分。"}},
    {"explain", Type::boolean, optional, explain_text},
    {"at", Type::instant, optional, at_text},
};
constexpr Field freeze_fields[]{
    {"reference", Type::text, required, reference_text},
    {"explain", Type::boolean, optional, explain_text},
    {"at", Type::instant, optional, at_text},
};
constexpr Field one_answer_fields[]{
    {"question", Type::text, required, {"Its name.", "题目代码。"}},
    {"answer", Type::text, required,
     {"A choice, several with a line end between them, a number, a day or a text.", "选项（多项以换行分隔）、数字、日期或文字。"}},
};
constexpr Schema one_answer{"Answer", {"An answer.", "作答。"}, one_answer_fields};
constexpr Field answers_fields[]{
    {"answers", Type::objects, required, {"One for each question.", "每题一项。"}, &one_answer},
    {"order_id", Type::text, optional, {"The order that it is about, where it is about orders.", "所针对的订单。"}},
    {"explain", Type::boolean, optional, explain_text},
    {"at", Type::instant, optional, at_text},
};
constexpr Field visit_fields[]{
    {"store", Type::text, required, {"The store.", "门店。"}},
    {"code", Type::text, required, {"What hangs there.", "店内代码。"}},
    {"explain", Type::boolean, optional, explain_text},
    {"at", Type::instant, optional, at_text},
};
constexpr Field behaviour_input_fields[]{
    {"subject", Type::text, optional, {"A product or a page.", "商品或页面。"}},
    {"reference", Type::text, required, reference_text},
    {"explain", Type::boolean, optional, explain_text},
    {"at", Type::instant, optional, at_text},
};

// A phone does not say when: the last field is the operator's.
constexpr std::span<const Field> mine(std::span<const Field> fields) { return fields.first(fields.size() - 1); }

}  // namespace

const Schema activity_list{"ActivityList", {"What members can do.", "活动列表。"}, activity_list_fields};
const Schema my_activity_list{"MyActivityList", {"A member in the activities.", "会员的活动状态列表。"},
                              my_activity_list_fields};
const Schema activity_result_list{"ActivityResultList", {"A page of results.", "活动结果（分页）。"}, result_list_fields};
const Schema check_in_input{"CheckInInput", {"A check-in.", "签到。"}, check_in_input_fields};
const Schema my_check_in_input{"MyCheckInInput", {"I check in.", "我要签到。"}, my_check_in_fields};
const Schema make_up_input{"MakeUpInput", {"A missed day.", "补签。"}, make_up_fields};
const Schema my_make_up_input{"MyMakeUpInput", {"A day that I missed.", "我要补签。"}, mine(make_up_fields)};
const Schema freeze_input{"FreezeInput", {"A freeze.", "冻结卡。"}, freeze_fields};
const Schema my_freeze_input{"MyFreezeInput", {"I buy a freeze.", "我要购买冻结卡。"}, mine(freeze_fields)};
const Schema answers_input{"AnswersInput", {"Answers.", "作答。"}, answers_fields};
const Schema my_answers_input{"MyAnswersInput", {"My answers.", "我的作答。"}, mine(answers_fields)};
const Schema visit_input{"VisitInput", {"A visit to a store.", "到店。"}, visit_fields};
const Schema my_visit_input{"MyVisitInput", {"I am in a store.", "我在门店。"}, mine(visit_fields)};
const Schema behaviour_input{"BehaviourInput", {"What was shared, viewed or liked.", "行为上报。"}, behaviour_input_fields};

}  // namespace regulars::api::schemas

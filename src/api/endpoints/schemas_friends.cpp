// Reviews of products, friends whom members bring, products to try out.
#include "api/endpoints/schemas.hpp"

namespace regulars::api::schemas {

namespace {

constexpr auto required = Need::required;
constexpr auto optional = Need::optional;
constexpr auto nullable = Need::nullable;

constexpr Text at_text{"When; now when left out.", "发生时间，默认现在。"};
constexpr Text explain_text{"Ask for the reasons in the answer.", "在应答中给出原因。"};
constexpr Text next_text{"'after' of the next page; null: this is the last.", "下一页的 after；末页为 null。"};
constexpr Text member_text{"The member's id.", "会员编号。"};
constexpr Text order_text{"The order's id.", "订单号。"};
constexpr Text product_text{"As the order's line names it.", "订单行中的商品编号。"};
constexpr Text pictures_text{"Links that begin with https://, up to 9.", "图片链接（https），最多 9 张。"};

// Reviews.
constexpr Field my_review_fields[]{
    {"product", Type::text, required, product_text},
    {"score", Type::integer, required, {"1 to 5.", "1 至 5 分。"}},
    {"text", Type::text, optional, {"Up to 1,000 bytes.", "评价文字，最多 1000 字节。"}},
    {"pictures", Type::texts, optional, pictures_text},
    {"explain", Type::boolean, optional, explain_text},
};
constexpr Field review_fields[]{
    my_review_fields[0], my_review_fields[1], my_review_fields[2], my_review_fields[3],
    {"at", Type::instant, optional, at_text},
    my_review_fields[4],
};
constexpr Field decision_fields[]{
    {"reason", Type::text, optional, {"Why.", "原因。"}},
    {"at", Type::instant, optional, at_text},
    {"explain", Type::boolean, optional, explain_text},
};
constexpr Field review_row_fields[]{
    {"member", Type::id, required, member_text},
    {"order_id", Type::text, required, order_text},
    {"product", Type::text, required, product_text},
    {"status", Type::text, required, {"written, approved, refused or taken_back.", "状态。"}},
    {"score", Type::integer, required, {"1 to 5.", "1 至 5 分。"}},
    {"text", Type::text, optional, {"What was written.", "评价文字。"}},
    {"pictures", Type::texts, required, {"Links.", "图片链接。"}},
    {"points", Type::integer, required, {"Given for it.", "奖励积分。"}},
    {"cashback_minor", Type::integer, required, {"Given for it.", "奖励返现。"}},
    {"at", Type::instant, required, {"Of its last change.", "最近变化时间。"}},
};
constexpr Schema review_row{"Review", {"What a member thinks of a product.", "会员对商品的评价。"}, review_row_fields};
constexpr Field review_list_fields[]{
    {"reviews", Type::objects, required, {"By member, order and product.", "按会员、订单、商品排序。"}, &review_row},
    {"next", Type::text, nullable, next_text},
};
constexpr Field open_order_fields[]{
    {"order_id", Type::text, required, order_text},
    {"settled_at", Type::instant, optional, {"When it settled.", "完成时间。"}},
    {"products", Type::texts, required, {"That can be reviewed.", "可评价的商品。"}},
};
constexpr Schema open_order{"OpenReviews", {"An order of which something can be reviewed.", "有可评价商品的订单。"},
                            open_order_fields};
constexpr Field open_review_list_fields[]{
    {"orders", Type::objects, required, {"By order id.", "按订单号排序。"}, &open_order},
    {"next", Type::text, nullable, next_text},
};

// Friends.
constexpr Field marks_fields[]{
    {"marks", Type::texts, required, {"Up to 20 hashes of 16 to 128 hexadecimal digits.", "最多 20 个哈希。"}},
    {"at", Type::instant, optional, at_text},
    {"explain", Type::boolean, optional, explain_text},
};
constexpr Field step_fields[]{
    {"friends", Type::integer, required, {"So many whose first order has settled.", "首单完成的好友数。"}},
    {"given", Type::boolean, required, {"The member has been given it.", "是否已发放。"}},
};
constexpr Schema step{"FriendsStep", {"What so many friends bring.", "好友数阶梯。"}, step_fields};
constexpr Field my_friends_fields[]{
    {"registered", Type::integer, required, {"Whom the member has brought.", "带来的好友数。"}},
    {"ordered", Type::integer, required, {"Whose first order counts.", "首单计入的好友数。"}},
    {"looked_at", Type::integer, required, {"About whom people decide first.", "审核中的好友数。"}},
    {"points", Type::integer, required, {"Given for them.", "获得积分。"}},
    {"cashback_minor", Type::integer, required, {"Given for them.", "获得返现。"}},
    {"steps", Type::objects, required, {"In the programme's order.", "按计划顺序。"}, &step},
};
constexpr Field friend_fields[]{
    {"friend", Type::id, required, {"The friend's member id.", "好友的会员编号。"}},
    {"at", Type::instant, required, {"When they registered.", "注册时间。"}},
    {"status", Type::text, required,
     {"registered, suspicious, ordered, rewarded, refused or returned.", "状态：已注册、可疑、已下单、已奖励、已拒绝、已退货。"}},
    {"has_ordered", Type::boolean, required, {"Their first order has settled.", "首单是否完成。"}},
    {"points", Type::integer, required, {"Given for them.", "获得积分。"}},
    {"cashback_minor", Type::integer, required, {"Given for them.", "获得返现。"}},
};
constexpr Schema friend_row{"Friend", {"Somebody whom the member has brought.", "会员带来的好友。"}, friend_fields};
constexpr Field friend_list_fields[]{
    my_friends_fields[0], my_friends_fields[1], my_friends_fields[2],
    my_friends_fields[3], my_friends_fields[4], my_friends_fields[5],
    {"marks", Type::integer, required, {"How many marks of the member are known.", "已知特征数。"}},
    {"brought_by", Type::id, nullable, {"Who brought the member; null: nobody.", "推荐人；无则为 null。"}},
    {"friends", Type::objects, required, {"In order of arrival.", "按到来先后。"}, &friend_row},
};
constexpr Field referral_fields[]{
    {"member", Type::id, required, {"Who brought them.", "推荐人。"}},
    friend_fields[0], friend_fields[1], friend_fields[2], friend_fields[3], friend_fields[4], friend_fields[5],
};
constexpr Schema referral{"Referral", {"A friend and who brought them.", "好友及其推荐人。"}, referral_fields};
constexpr Field referral_list_fields[]{
    {"referrals", Type::objects, required, {"By member and friend.", "按会员与好友排序。"}, &referral},
    {"next", Type::text, nullable, next_text},
};

// Trials.
constexpr Field my_application_fields[]{{"explain", Type::boolean, optional, explain_text}};
constexpr Field application_fields[]{
    {"at", Type::instant, optional, at_text},
    my_application_fields[0],
};
constexpr Field my_trial_report_fields[]{
    {"text", Type::text, required, {"Up to 1,000 bytes.", "报告文字，最多 1000 字节。"}},
    {"pictures", Type::texts, optional, pictures_text},
    {"explain", Type::boolean, optional, explain_text},
};
constexpr Field trial_report_fields[]{
    my_trial_report_fields[0], my_trial_report_fields[1],
    {"at", Type::instant, optional, at_text},
    my_trial_report_fields[2],
};
constexpr Field trial_decision_fields[]{
    {"chosen", Type::boolean, required, {"Whether the member gets a piece.", "是否中选。"}},
    {"at", Type::instant, optional, at_text},
    {"explain", Type::boolean, optional, explain_text},
};
constexpr Field choice_input_fields[]{
    {"count", Type::integer, optional,
     {"How many at most, 1 to 1000; all that are left when left out.", "最多选几人，默认全部剩余名额。"}},
    {"close", Type::boolean, optional, {"All others are not chosen.", "其余全部落选。"}},
};
constexpr Field choice_fields[]{
    {"chosen", Type::texts, required, {"Members' ids.", "中选会员编号。"}},
    {"not_chosen", Type::texts, required, {"Members' ids.", "落选会员编号。"}},
    {"failed", Type::texts, required,
     {"About whom nothing could be decided: somebody else has, or no piece is left.", "未能处理的会员编号。"}},
};
constexpr Field applicant_fields[]{
    {"member", Type::id, required, member_text},
    {"at", Type::instant, required, {"When they applied.", "申请时间。"}},
};
constexpr Schema applicant{"Applicant", {"Who has applied for a trial.", "试用申请人。"}, applicant_fields};
constexpr Field applicant_list_fields[]{
    {"activity", Type::text, required, {"The activity's name.", "活动代码。"}},
    {"seats", Type::integer, required, {"How many pieces there are.", "名额总数。"}},
    {"seats_left", Type::integer, required, {"How many nobody has got.", "剩余名额。"}},
    {"waiting", Type::integer, required, {"How many wait to be decided about.", "等待人数。"}},
    {"applicants", Type::objects, required, {"In the order in which they would be chosen.", "按将被选中的顺序。"}, &applicant},
};

}  // namespace

const Schema my_review_input{"MyReviewInput", {"What I think of a product.", "我的评价。"}, my_review_fields};
const Schema review_input{"ReviewInput", {"A review of a product.", "商品评价。"}, review_fields};
const Schema decision_input{"DecisionInput", {"People have looked at it.", "审核。"}, decision_fields};
const Schema review_list{"ReviewList", {"Reviews of all members.", "全部会员的评价。"}, review_list_fields};
const Schema open_review_list{"OpenReviewList", {"What can be reviewed.", "可评价的商品。"}, open_review_list_fields};
const Schema marks_input{"MarksInput", {"What tells a member from others.", "会员特征。"}, marks_fields};
const Schema my_friends{"MyFriends", {"How many friends a member has brought.", "好友统计。"}, my_friends_fields};
const Schema friend_list{"FriendList", {"Whom a member has brought.", "会员带来的好友。"}, friend_list_fields};
const Schema referral_list{"ReferralList", {"Friends of all members.", "全部会员的推荐。"}, referral_list_fields};
const Schema my_application_input{"MyApplicationInput", {"I apply for a trial.", "我要申请试用。"},
                                  my_application_fields};
const Schema application_input{"ApplicationInput", {"A member applies for a trial.", "申请试用。"}, application_fields};
const Schema my_trial_report_input{"MyTrialReportInput", {"What I think of a trial.", "我的试用报告。"},
                                   my_trial_report_fields};
const Schema trial_report_input{"TrialReportInput", {"A report on a trial.", "试用报告。"}, trial_report_fields};
const Schema trial_decision_input{"TrialDecisionInput", {"Whether one is chosen.", "是否中选。"}, trial_decision_fields};
const Schema choice_input{"ChoiceInput", {"Choose among those who applied.", "确定名单。"}, choice_input_fields};
const Schema choice{"Choice", {"Who was chosen.", "名单。"}, choice_fields};
const Schema applicant_list{"ApplicantList", {"Who has applied for a trial.", "试用申请人列表。"}, applicant_list_fields};

}  // namespace regulars::api::schemas

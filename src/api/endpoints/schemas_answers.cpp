// What members have answered in questionnaires.
#include "api/endpoints/schemas.hpp"

namespace regulars::api::schemas {

namespace {

constexpr auto required = Need::required;
constexpr auto optional = Need::optional;
constexpr auto nullable = Need::nullable;

constexpr Field answer_count_fields[]{
    {"answer", Type::text, required, {"A choice or a score.", "选项或分数。"}},
    {"times", Type::integer, required, {"How often it was given.", "被选次数。"}},
};
constexpr Schema answer_count{"AnswerCount", {"How often something was answered.", "答案计数。"}, answer_count_fields};

constexpr Field question_summary_fields[]{
    {"name", Type::text, required, {"In the programme.", "计划中的代码。"}},
    {"title", Type::text, optional, {"What is asked.", "题目。"}},
    {"title_zh", Type::text, optional, {"In Chinese.", "中文题目。"}},
    {"kind", Type::text, required, {"choice, choices, score, text or date.", "choice、choices、score、text 或 date。"}},
    {"asked", Type::boolean, required, {"Whether the current programme asks it.", "当前计划是否仍有此题。"}},
    {"answered", Type::integer, required, {"How often it was answered.", "作答次数。"}},
    {"left_out", Type::integer, required, {"How often others were answered and it was not.", "跳过次数。"}},
    {"average", Type::number, nullable, {"Of the scores, to two places; null: there are none.", "平均分（两位小数）；无则为 null。"}},
    {"counts", Type::objects, required,
     {"Choices in order, also those that nobody took; scores that were given, from the least; of texts and days none.",
      "选择题按选项顺序（含无人选择者）；评分题由低到高列出出现过的分数；文字与日期题为空。"},
     &answer_count},
};
constexpr Schema question_summary{"QuestionSummary", {"What was answered to a question.", "单题统计。"},
                                  question_summary_fields};

constexpr Field answer_summary_fields[]{
    {"activity", Type::text, required, {"The questionnaire's name.", "问卷代码。"}},
    {"answered", Type::integer, required, {"How often it was answered.", "答卷份数。"}},
    {"members", Type::integer, required, {"How many members have answered it, once or more.", "作答会员数。"}},
    {"questions", Type::objects, required, {"Those that are asked, in order; then those that are asked no more.",
                                            "先按顺序列出现有题目，再列出已撤下的。"}, &question_summary},
};

constexpr Field given_answer_fields[]{
    {"member", Type::id, required, {"Who gave it.", "会员编号。"}},
    {"order_id", Type::text, optional, {"The order that it is about.", "所针对的订单。"}},
    {"at", Type::instant, required, {"When.", "作答时间。"}},
    {"answer", Type::text, required, {"As it was told; several choices with a line end between them.",
                                      "原样；多选以换行分隔。"}},
};
constexpr Schema given_answer{"GivenAnswer", {"An answer of a member.", "会员的作答。"}, given_answer_fields};
constexpr Field given_answer_list_fields[]{
    {"answers", Type::objects, required, {"The newest first.", "由新到旧。"}, &given_answer},
    {"next", Type::text, nullable, {"'after' of the next page; null: this is the last.", "下一页的 after；末页为 null。"}},
};

}  // namespace

const Schema answer_summary{"AnswerSummary", {"What members have answered.", "问卷统计。"}, answer_summary_fields};
const Schema given_answer_list{"GivenAnswerList", {"A page of answers.", "作答明细（分页）。"}, given_answer_list_fields};

}  // namespace regulars::api::schemas

// Turns of draws and collections, and how anybody checks their chance.
#include "api/endpoints/schemas.hpp"

namespace regulars::api::schemas {

namespace {

constexpr auto required = Need::required;
constexpr auto optional = Need::optional;
constexpr auto nullable = Need::nullable;

constexpr Text reference_text{"Makes it happen once.", "凭据，保证只生效一次。"};
constexpr Text at_text{"When; now when left out.", "发生时间，默认现在。"};
constexpr Text explain_text{"Ask for the reasons in the answer.", "在应答中给出原因。"};

constexpr Field my_turn_fields[]{
    {"reference", Type::text, required, reference_text},
    {"explain", Type::boolean, optional, explain_text},
};

constexpr Field turn_fields[]{
    my_turn_fields[0],
    {"at", Type::instant, optional, at_text},
    my_turn_fields[1],
};

constexpr Field turn_grant_fields[]{
    {"count", Type::integer, optional, {"How many; 1 when left out.", "次数，默认 1。"}},
    {"reference", Type::text, required, reference_text},
    {"reason", Type::text, optional, {"Why.", "原因。"}},
    {"at", Type::instant, optional, at_text},
    {"explain", Type::boolean, optional, explain_text},
};

constexpr Field my_pass_fields[]{
    {"to", Type::text, required, {"The friend's invitation code, however it is written.", "好友的邀请码。"}},
    {"reference", Type::text, required, reference_text},
};

constexpr Field pass_fields[]{
    {"to", Type::id, required, {"The other member's id.", "对方会员编号。"}},
    {"reference", Type::text, required, reference_text},
};

constexpr Field chance_fields[]{
    {"day", Type::date, required, {"Whose seed it comes from.", "所用种子的日期。"}},
    {"number", Type::text, required, {"16 hexadecimal digits.", "16 位十六进制数。"}},
};
constexpr Schema chance_number{"Chance", {"A number by chance.", "随机数。"}, chance_fields};

constexpr Field result_fields[]{
    {"at", Type::instant, required, {"When.", "时间。"}},
    {"activity", Type::text, required, {"The activity's name.", "活动代码。"}},
    {"what", Type::text, required,
     {"What was done: turn_taken, turn_replaced (what was hit was used up), turn_rare_due, step, checked_in ...",
      "发生了什么：turn_taken、turn_replaced（抽中者已尽而替换）、turn_rare_due（保底）、step、checked_in 等。"}},
    {"won", Type::text, optional, {"The prize, piece or step.", "所得奖品、碎片或阶梯。"}},
    {"number", Type::integer, required,
     {"Of a turn: the how-manieth; of a check-in: the streak; of turns given: how many.",
      "抽取：第几次；签到：连续天数；赠送次数：几次。"}},
    {"chance", Type::object, nullable, {"What decided; null: not chance.", "决定结果的随机数；与随机无关则为 null。"},
     &chance_number},
    {"points", Type::integer, required, {"Given.", "获得积分。"}},
    {"points_paid", Type::integer, required, {"For it.", "花费积分。"}},
    {"goods", Type::text, optional, {"To be handed over or sent.", "待交付的实物。"}},
};

constexpr Field odds_fields[]{
    {"name", Type::text, required, {"The prize or kind of piece.", "奖品或碎片种类。"}},
    {"weight", Type::integer, required, {"Its share of the sum of all weights.", "占全部权重之和的份额。"}},
    {"limited", Type::boolean, required, {"It can be used up, for all or for one member.", "数量或每人次数有限。"}},
    {"rare", Type::boolean, required, {"It is what pity is about.", "属于保底奖品。"}},
};
constexpr Schema odds{"Odds", {"One thing that a turn can bring.", "一种可能的结果。"}, odds_fields};

constexpr Field seed_chain_fields[]{
    {"anchor", Type::text, required, {"What the first day's seed hashes to.", "首日种子的哈希（锚）。"}},
    {"first_day", Type::date, required, {"Its first day.", "首日。"}},
    {"last_day", Type::date, required, {"Its last day.", "末日。"}},
    {"made_at", Type::instant, required, {"When it was made and published.", "生成并公布的时间。"}},
};
constexpr Schema seed_chain{"SeedChain", {"Seeds that were all fixed at once.", "一次性确定的全部种子。"},
                            seed_chain_fields};

constexpr Field seed_fields[]{
    {"day", Type::date, required, {"A day that is over.", "已结束的日期。"}},
    {"seed", Type::text, required, {"64 hexadecimal digits.", "64 位十六进制数。"}},
};
constexpr Schema seed{"Seed", {"The seed of one day.", "某日的种子。"}, seed_fields};

constexpr Field fair_chance_fields[]{
    {"activity", Type::text, required, {"The activity's name.", "活动代码。"}},
    {"programme_version", Type::integer, required, {"Whose odds these are.", "概率所属计划版本。"}},
    {"time_zone", Type::text, required, {"To which the days belong.", "日期所属时区。"}},
    {"odds", Type::objects, required, {"In the programme's order; none for a trial.", "按计划顺序；试用活动为空。"}, &odds},
    {"pity", Type::integer, nullable, {"After so many turns without something rare the next is rare.", "保底次数。"}},
    {"chains", Type::objects, required, {"The oldest first.", "最早者在前。"}, &seed_chain},
    {"today", Type::date, required, {"By the service's clock.", "服务时钟的今日。"}},
    {"commitment", Type::text, required,
     {"What today's seed hashes to: yesterday's seed, or the anchor.", "今日种子的哈希：昨日种子或锚。"}},
    {"seeds", Type::objects, required, {"Of days that are over.", "已结束日期的种子。"}, &seed},
    {"next", Type::date, nullable, {"'after' of the next page; null: this is the last.", "下一页的 after；末页为 null。"}},
};

}  // namespace

const Schema turn_input{"TurnInput", {"A turn.", "抽取一次。"}, turn_fields};
const Schema my_turn_input{"MyTurnInput", {"I take a turn.", "我要抽取一次。"}, my_turn_fields};
const Schema turn_grant_input{"TurnGrantInput", {"More turns.", "赠送次数。"}, turn_grant_fields};
const Schema pass_input{"PiecePassInput", {"A piece for another member.", "把碎片转给另一会员。"}, pass_fields};
const Schema my_pass_input{"MyPiecePassInput", {"A piece for a friend.", "把碎片送给好友。"}, my_pass_fields};
const Schema activity_result{"ActivityResult", {"What doing something has brought.", "一次参与的结果。"}, result_fields};
const Schema fair_chance{"FairChance", {"All that is needed to check what was drawn.", "核验抽取结果所需的一切。"},
                         fair_chance_fields};

}  // namespace regulars::api::schemas

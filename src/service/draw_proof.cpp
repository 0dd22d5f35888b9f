#include "service/draw_proof.hpp"

#include <algorithm>
#include <charconv>

#include "base/limits.hpp"
#include "engine/activities/draws.hpp"
#include "service/json_fields.hpp"

namespace regulars::service {

namespace {

using Code = JsonProblem::Code;
using Odds = DrawProof::Odds;

constexpr std::size_t id_size = limits::id_size_max;
constexpr std::size_t seeds_max = 10'000;
constexpr std::size_t chains_max = 1'000;
constexpr std::int64_t weight_max = 1'000'000'000;
constexpr std::int64_t day_of_chain_max = 1'000'000;

std::optional<std::uint64_t> number_of(std::string_view text, int base) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
    if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::optional<Seed> read_seed(JsonFields& fields, std::string_view name) {
    const auto seed = seed_of(fields.text(name, id_size, Need::required));
    if (!seed)
        fields.problem(name, Code::invalid_value, "this is not a seed", fields.found(name), "64 hexadecimal digits");
    return seed;
}

LocalDate read_day(JsonFields& fields, std::string_view name) {
    const auto day = fields.date_if(name);
    if (!day) fields.missing(name);
    return day.value_or(LocalDate());
}

void read_result(JsonFields& fields, DrawProof& proof) {
    proof.activity = fields.text("activity", id_size, Need::required);
    proof.what = fields.text("what", id_size, Need::required);
    proof.won = fields.text("won", id_size, Need::optional);
    const std::int64_t turn = fields.integer("number", 0, INT64_MAX);
    proof.turn = turn == 0 ? "trial" : std::to_string(turn);
    const bool has_chance = fields.object_if("chance", [&](JsonFields& chance) {
        proof.day = read_day(chance, "day");
        const std::string_view text = chance.text("number", id_size, Need::required);
        const auto number = text.size() == 16 ? number_of(text, 16) : std::nullopt;
        if (number) proof.number = *number;
        else chance.problem("number", Code::invalid_value, "this is not a number by chance", chance.found("number"),
                            "16 hexadecimal digits");
    });
    if (!has_chance) fields.missing("chance");
    fields.ignore_rest();
}

void read_odds(JsonFields& fields, DrawProof& proof) {
    fields.objects("odds", limits::prizes_max, Need::required, [&](JsonFields& one) {
        Odds& odds = proof.odds.emplace_back();
        odds.name = one.text("name", id_size, Need::required);
        odds.weight = one.integer("weight", 1, weight_max);
        odds.limited = one.boolean("limited", Need::required);
        odds.rare = one.boolean("rare", Need::required);
    });
    if (fields.found("pity") != "null") proof.pity = fields.integer_if("pity", 1, INT64_MAX);
}

void read_published(JsonFields& fields, DrawProof& proof) {
    if (const auto activity = fields.text("activity", id_size, Need::required); activity != proof.activity)
        fields.problem("activity", Code::invalid_value, "the result is of another activity", fields.found("activity"),
                       proof.activity);
    read_odds(fields, proof);
    bool has_chain = false;
    fields.objects("chains", chains_max, Need::required, [&](JsonFields& chain) {
        const LocalDate first_day = read_day(chain, "first_day");
        const auto anchor = read_seed(chain, "anchor");
        chain.ignore_rest();
        if (!anchor || first_day > proof.day) return;
        has_chain = true;
        proof.first_day = first_day;
        proof.anchor = *anchor;
    });
    bool has_seed = false;
    fields.objects("seeds", seeds_max, Need::required, [&](JsonFields& one) {
        const LocalDate day = read_day(one, "day");
        const auto seed = read_seed(one, "seed");
        if (!seed || day != proof.day) return;
        has_seed = true;
        proof.seed = *seed;
    });
    if (!has_chain)
        fields.problem("chains", Code::invalid_value, "no chain covers " + text_of(proof.day), {},
                       "the chains as GET /v1/activities/{name}/chance tells them");
    if (!has_seed)
        fields.problem("seeds", Code::invalid_value, "the seed of " + text_of(proof.day) + " is not among them", {},
                       "it is told from the next day on, by GET /v1/activities/{name}/chance?after=" +
                           text_of(add_days(proof.day, -1)) + "&limit=1");
    fields.ignore_rest();
}

bool hashes_to_anchor(const DrawProof& proof) {
    const std::int64_t days = std::int64_t{proof.day.days} - proof.first_day.days;
    if (days < 0 || days > day_of_chain_max) return false;
    Seed seed = proof.seed;
    for (std::int64_t day = 0; day <= days; ++day) seed = hash_of(seed);
    return seed == proof.anchor;
}

std::vector<std::int64_t> weights_of(const std::vector<Odds>& odds) {
    std::vector<std::int64_t> weights;
    for (const Odds& one : odds) weights.push_back(one.weight);
    return weights;
}

std::string hit_of(const DrawProof& proof, const std::vector<std::int64_t>& weights) {
    return proof.odds[engine::pick(weights, proof.number)].name;
}

// Which of the rare ones were left is not known: some choice of those that can be used up must lead to what was won.
bool is_rare_pick(const DrawProof& proof) {
    constexpr std::size_t limited_max = 16;
    std::vector<std::size_t> limited;
    std::vector<std::int64_t> weights(proof.odds.size());
    for (std::size_t i = 0; i < proof.odds.size(); ++i) {
        if (!proof.odds[i].rare) continue;
        if (proof.odds[i].limited) limited.push_back(i);
        else weights[i] = proof.odds[i].weight;
    }
    const auto is_won = [&](const Odds& one) { return one.rare && one.name == proof.won; };
    if (limited.size() > limited_max) return std::any_of(proof.odds.begin(), proof.odds.end(), is_won);
    for (std::size_t left = 0; left < std::size_t{1} << limited.size(); ++left) {
        for (std::size_t i = 0; i < limited.size(); ++i)
            weights[limited[i]] = (left >> i & 1U) != 0 ? proof.odds[limited[i]].weight : 0;
        const bool any = std::any_of(weights.begin(), weights.end(), [](std::int64_t weight) { return weight > 0; });
        if (any && hit_of(proof, weights) == proof.won) return true;
    }
    return false;
}

std::optional<std::string> wrong_prize(const DrawProof& proof) {
    const std::size_t hit = engine::pick(weights_of(proof.odds), proof.number);
    const std::string& name = proof.odds[hit].name;
    if (proof.what == engine::turn_taken) {
        if (name == proof.won) return std::nullopt;
        return "by the odds the number hits " + name + ", not " + proof.won;
    }
    if (proof.what == engine::turn_rare_due) {
        if (proof.pity && is_rare_pick(proof)) return std::nullopt;
        return "no choice of the rare prizes that can have been left makes the number hit " + proof.won;
    }
    if (proof.what != engine::turn_replaced) return "'" + proof.what + "' is nothing that is drawn";
    const auto fallback = std::find_if(proof.odds.begin(), proof.odds.end(),
                                       [](const Odds& one) { return !one.limited && !one.rare; });
    if (!proof.odds[hit].limited) return "the number hits " + name + ", which cannot be used up";
    if (fallback != proof.odds.end() && fallback->name == proof.won) return std::nullopt;
    return proof.won + " is not what stands in for a prize that is used up";
}

}  // namespace

expected<DrawProof, JsonProblems> read_draw_proof(std::string_view json) {
    DrawProof proof;
    auto problems = JsonFields::read_all(json, draw_proof_size_max, [&](JsonFields& fields) {
        const auto member = number_of(fields.text("member", id_size, Need::required), 10);
        if (!member)
            fields.problem("member", Code::invalid_value, "this is not a member's id", fields.found("member"),
                           "a text of digits such as \"42\"");
        proof.member = {member.value_or(0)};
        // The day comes with the result, and is looked for among the seeds.
        if (!fields.object_if("result", [&](JsonFields& result) { read_result(result, proof); }))
            fields.missing("result");
        if (!fields.object_if("chance", [&](JsonFields& chance) { read_published(chance, proof); }))
            fields.missing("chance");
    });
    if (!problems.empty()) return unexpected(std::move(problems));
    return proof;
}

std::optional<std::string> forgery_of(const DrawProof& proof) {
    if (!hashes_to_anchor(proof))
        return "the seed of " + text_of(proof.day) + " does not hash to the anchor that was published";
    if (chance_number(proof.seed, proof.activity, proof.member, proof.turn) != proof.number)
        return "the number is not the one that this seed gives for " + proof.activity + ", member " +
               std::to_string(proof.member.value) + ", turn " + proof.turn;
    return proof.odds.empty() ? std::nullopt : wrong_prize(proof);
}

}  // namespace regulars::service

// The JSON Schema that editors use, held to the parser: the same keys, and every ready programme fits both.
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include <regex>
#include <set>
#include <string>

#include "programme/parse.hpp"
#include "programme/parse/document.hpp"
#include "programme/parse/keys.hpp"
#include "programme/test_files.hpp"

namespace regulars::programme {

namespace {

using Json = nlohmann::json;

const Json& schema_json() {
    static const Json schema = Json::parse(text_of_file("programmes/programme.schema.json"));
    return schema;
}

// As a YAML reader of JSON's types sees it.
Json json_of(const Node& node) {
    static const std::regex number("-?(0|[1-9][0-9]*)(\\.[0-9]+)?");
    switch (node.kind) {
        case Node::Kind::nothing:
            return nullptr;
        case Node::Kind::list: {
            Json list = Json::array();
            for (const Node& item : node.items) list.push_back(json_of(item));
            return list;
        }
        case Node::Kind::mapping: {
            Json object = Json::object();
            for (const Entry& entry : node.entries) object[entry.key] = json_of(entry.value);
            return object;
        }
        case Node::Kind::text:
            break;
    }
    if (!node.quoted && (node.text == "true" || node.text == "false")) return node.text == "true";
    if (!node.quoted && std::regex_match(node.text, number)) return Json::parse(node.text);
    return node.text;
}

// What the schema says against a programme file, in words; empty when it fits.
std::string complaints(const std::string& yaml) {
    valijson::Schema schema;
    valijson::SchemaParser(valijson::SchemaParser::kDraft7)
        .populateSchema(valijson::adapters::NlohmannJsonAdapter(schema_json()), schema);
    const auto document = load(yaml);
    if (!document) return text_of(document.error());
    const Json json = json_of(document->root);
    valijson::Validator validator;
    valijson::ValidationResults results;
    if (validator.validate(schema, valijson::adapters::NlohmannJsonAdapter(json), &results)) return "";
    std::string text;
    for (valijson::ValidationResults::Error error; results.popError(error);) {
        for (const std::string& part : error.context) text += part;
        text += ": " + error.description + "\n";
    }
    return text;
}

// The properties of a definition; where it has alternatives, those of the one that is an object.
const Json& properties_of(const Json& definition) {
    if (definition.contains("properties")) return definition.at("properties");
    for (const Json& choice : definition.at("anyOf"))
        if (choice.contains("properties")) return choice.at("properties");
    return definition.at("properties");
}

TEST(SchemaTest, NamesTheKeysThatTheParserKnows) {
    for (const KeySet& set : key_sets) {
        const std::string name(set.name);
        const Json& definition = name == "programme" ? schema_json() : schema_json().at("$defs").at(name);
        std::set<std::string> in_schema;
        for (const auto& [key, ignored] : properties_of(definition).items()) in_schema.insert(key);
        std::set<std::string> in_parser;
        for (const std::string_view key : set.keys) in_parser.insert(std::string(key));
        EXPECT_EQ(in_schema, in_parser) << name;
    }
}

void expect_described(const Json& value, const std::string& path) {
    if (value.contains("properties")) {
        for (const auto& [key, property] : value.at("properties").items()) {
            const bool described = property.contains("description") || property.contains("$ref") ||
                                   property.contains("items") || property.contains("anyOf");
            EXPECT_TRUE(described) << path << "." << key;
        }
    }
}

TEST(SchemaTest, ExplainsItsDefinitions) {
    expect_described(schema_json(), "programme");
    for (const auto& [name, definition] : schema_json().at("$defs").items()) expect_described(definition, name);
    EXPECT_EQ(schema_json().at("$schema"), "https://json-schema.org/draft/2020-12/schema");
}

TEST(SchemaTest, EveryReadyProgrammeFits) {
    for (const std::string& name : ready_programmes)
        EXPECT_EQ(complaints(text_of_file("programmes/" + name + ".yaml")), "") << name;
}

TEST(SchemaTest, RefusesWhatTheParserRefuses) {
    const std::string head = "name: shop\nversion: 1\ncurrency: EUR\ntime_zone: Europe/Berlin\n";
    const std::string tiers = "tiers: {ladder: [{name: member}]}\n";
    EXPECT_EQ(complaints(head + tiers), "");
    EXPECT_TRUE(parse(head + tiers, "shop.yaml"));
    for (const std::string& wrong :
         {head, head + tiers + "setlement: at_payment\n", head + tiers + "settlement: at_paiment\n",
          head + tiers + "settlement: {after_shipping: 1 month}\n", head + "tiers: {ladder: []}\n",
          head + "tiers: {ladder: [{name: Member}]}\n", head + "tiers: {ladder: [{name: member, keeps: 1}]}\n",
          head + tiers + "points: {rules: [{rate: 1}]}\n", head + tiers + "points: {rules: [{code: a, rate: -1}]}\n",
          head + tiers + "points: {rules: [{code: a, rate: 1, for: {weekdays: freitag}}]}\n",
          head + tiers + "points: {expiry: {after: 1 fortnight}}\n", head + tiers + "points: {caps: {order: 1.5}}\n",
          head + tiers + "counters: {a: {metric: spend}}\n", head + tiers + "price_kinds: [a, a]\n",
          head + "tiers: {reset_on_change: \"true\", ladder: [{name: member}]}\n"}) {
        EXPECT_NE(complaints(wrong), "") << wrong;
        EXPECT_FALSE(parse(wrong, "shop.yaml")) << wrong;
    }
}

TEST(SchemaTest, CouponsGrantsAndCheckoutAreHeldToTheirForms) {
    const std::string head =
        "name: shop\nversion: 1\ncurrency: EUR\ntime_zone: Europe/Berlin\ntiers: {ladder: [{name: member}]}\n";
    const auto coupon = [&](const std::string& more) {
        return head + "coupons: {templates: [{name: a, " + more + "}]}\n";
    };
    for (const std::string& right :
         {head + "coupons: {}\n", coupon("percent_off: 8.5折, at_most: 5"), coupon("percent_off: 20%, valid: forever"),
          coupon("free_shipping: true, claim: {code: 12345}"), coupon("exchange: true, valid: {hours: 2}"),
          coupon("trial: {price: 1.00}, remind: {hours: 3}, valid: 7 days"),
          coupon("partner: cinema, claim: {codes: unique}"), coupon("amount_off: 5, claim: {codes: unique, points: 5}"),
          coupon("amount_off: 5, pass_on: {hours: 3}"), coupon("free_shipping: true, pass_on: 2 days"),
          coupon("gift: 4711, times: {from: \"18:00\", until: 24:00}, tiers: member"),
          coupon("amount_off: 5, stock: {budget: 5.00}") + "grants: [{code: g, on: registration, coupons: [a]}]\n",
          head + "points: {value: 0.01}\ncheckout: {points: true, hold: 2 hours, refund_first: proportional}\n"}) {
        EXPECT_EQ(complaints(right), "") << right;
        EXPECT_TRUE(parse(right, "shop.yaml")) << right;
    }
    for (const std::string& wrong : {coupon("claim: true"),
                                     coupon("amount_off: 5, percent_off: 5%"),
                                     coupon("free_shipping: false"),
                                     coupon("percent_off: 八折"),
                                     coupon("trial: {}"),
                                     coupon("amount_off: 5, valid: {hours: 2, from: 2026-11-01}"),
                                     coupon("amount_off: 5, valid: {from: 2026-11-01}"),
                                     coupon("amount_off: 5, times: {from: 6pm, until: 20:00}"),
                                     coupon("amount_off: 5, claim: {code: S2}"),
                                     coupon("amount_off: 5, claim: {codes: many}"),
                                     coupon("amount_off: 5, claim: {code: SAVE20, codes: unique}"),
                                     coupon("partner: true"),
                                     coupon("partner: cinema, gift: p1"),
                                     coupon("amount_off: 5, stock: {total: 0}"),
                                     coupon("amount_off: 5, on_return: keep"),
                                     coupon("amount_off: 5, remind: 1 month"),
                                     coupon("amount_off: 5, pass_on: true"),
                                     head + "coupons: {packs: [{name: p}]}\n",
                                     head + "coupons: {stacking: {per_order: 6}}\n",
                                     head + "coupons: {stacking: {order: [gift, gift]}}\n",
                                     head + "grants: [{code: g, on: monthly}]\n",
                                     head + "grants: [{code: g, on: daily, points: 5}]\n",
                                     head + "checkout: {hold: 30}\n",
                                     head + "checkout: {points: {}}\n",
                                     head + "checkout: {refund_first: [cash, points]}\n"}) {
        EXPECT_NE(complaints(wrong), "") << wrong;
        EXPECT_FALSE(parse(wrong, "shop.yaml")) << wrong;
    }
}

TEST(SchemaTest, IdentitiesAndProfilesAreHeldToTheirForms) {
    const std::string head =
        "name: shop\nversion: 1\ncurrency: EUR\ntime_zone: Europe/Berlin\ntiers: {ladder: [{name: member}]}\n";
    const auto invitation = [&](const std::string& more) {
        return head + "identity: {invitations: [{code: a" + more + "}]}\n";
    };
    const auto attribute = [&](const std::string& more) {
        return head + "profile: {attributes: [{name: a" + more + "}]}\n";
    };
    for (const std::string& right :
         {head + "identity: {}\nprofile: {}\n", head + "identity: {country: DE, cards: {prefix: 88, digits: 16}}\n",
          head + "identity: {cards: {prefix: \"0088\"}}\n", invitation(""),
          invitation(", at_least: 5.00, channels: web, times: {from: \"22:00\", until: \"06:00\"}"),
          invitation(", from: 2026-03-01, until: 2026-03-31, when: order.lines > 1"), attribute(""),
          attribute(", kind: choice, choices: [x]"), attribute(", kind: integer, at_least: 0, at_most: 5"),
          head + "profile: {birthday_changes: 0}\n",
          head + "grants: [{code: g, on: profile_complete, fields: [name, attributes.a], points: 5}]\n"}) {
        EXPECT_EQ(complaints(right), "") << right;
        EXPECT_TRUE(parse(right, "shop.yaml")) << right;
    }
    for (const std::string& wrong :
         {head + "identity: {country: Germany}\n", head + "identity: {cards: {digits: 7}}\n",
          head + "identity: {cards: {prefix: A1}}\n", head + "identity: {invitations: [{at_least: 5}]}\n",
          invitation(", amount: 5"), head + "profile: {birthday_changes: never}\n", attribute(", kind: number"),
          attribute(", at_least: -1, kind: integer"), head + "profile: {attributes: [{kind: text}]}\n",
          head + "grants: [{code: g, on: profile_complete, fields: [], points: 5}]\n"}) {
        EXPECT_NE(complaints(wrong), "") << wrong;
        EXPECT_FALSE(parse(wrong, "shop.yaml")) << wrong;
    }
}

TEST(SchemaTest, PlansAreHeldToTheirForms) {
    const std::string head =
        "name: shop\nversion: 1\ncurrency: EUR\ntime_zone: Europe/Berlin\n"
        "tiers: {ladder: [{name: member}, {name: gold}]}\n";
    const auto plan = [&](const std::string& more) {
        return head + "plans: [{name: a, price: 5, period: 1 year" + more + "}]\n";
    };
    const std::string card = "grants: [{code: g, on: anniversary, tier: {name: gold, for: 30 days}}]\n";
    for (const std::string& right :
         {plan(""), plan(", trial: {period: 7 days}, grace: 7 days, remind: 3 days, full_refund: 7 days"),
          plan(", tiers: [member, gold], tier: gold, with_tier: both, refund: less_saved, when: \"false\""),
          plan(", points_multiplier: 2, free_shipping: true, order_flags: a, discounts: [{code: d, rate: 5%}]"),
          head + card, plan("") + "grants: [{code: g, on: plan_bought, plans: a, points: 5}]\n",
          plan("") + "coupons: {templates: [{name: c, amount_off: 5, plans: [a]}]}\n"}) {
        EXPECT_EQ(complaints(right), "") << right;
        EXPECT_TRUE(parse(right, "shop.yaml")) << right;
    }
    for (const std::string& wrong :
         {head + "plans: [{name: a, price: 5}]\n", head + "plans: [{name: a, period: 1 year}]\n", plan(", trial: {}"),
          plan(", trial: 7 days"), plan(", refund: some"), plan(", with_tier: none"), plan(", grace: 1 month"),
          plan(", tier: [gold]"), plan(", enter: 5"),
          head + "grants: [{code: g, on: anniversary, tier: gold}]\n",
          head + "grants: [{code: g, on: anniversary, tier: {name: gold}}]\n"}) {
        EXPECT_NE(complaints(wrong), "") << wrong;
        EXPECT_FALSE(parse(wrong, "shop.yaml")) << wrong;
    }
}

TEST(SchemaTest, BenefitsAndStagesAreHeldToTheirForms) {
    const std::string head =
        "name: shop\nversion: 1\ncurrency: EUR\ntime_zone: Europe/Berlin\ntiers: {ladder: [{name: member}]}\n";
    const auto benefit = [&](const std::string& more) { return head + "benefits: [{name: a" + more + "}]\n"; };
    for (const std::string& right :
         {benefit(""), benefit(", tiers: member, limit: {count: 1}, cost: 1.50"),
          benefit(", limit: {count: 2, per: day}"),
          benefit(", kind: access, for: {categories: a}, from: 2026-03-01, until: 2026-03-07"),
          benefit(", kind: instant_refund, at_most: 500"), benefit(", kind: manager, staff: [Amy, 李雷]"),
          head + "stages: [{name: new, when: member.orders == 0}, {name: other}]\n",
          head + "coupons: {templates: [{name: a, invitation: true}]}\n"}) {
        EXPECT_EQ(complaints(right), "") << right;
        EXPECT_TRUE(parse(right, "shop.yaml")) << right;
    }
    for (const std::string& wrong :
         {head + "benefits: [{kind: gift}]\n", benefit(", kind: present"), benefit(", limit: 2"),
          benefit(", limit: {}"), benefit(", limit: {count: 0}"), benefit(", limit: {count: 1, per: week}"),
          benefit(", coverage: all"),
          head + "stages: []\n", head + "stages: [{title: x}]\n",
          head + "stages: [{name: a, if: member.orders > 1}]\n",
          head + "coupons: {templates: [{name: a, invitation: 40}]}\n"}) {
        EXPECT_NE(complaints(wrong), "") << wrong;
        EXPECT_FALSE(parse(wrong, "shop.yaml")) << wrong;
    }
}

}  // namespace

}  // namespace regulars::programme

// From files to files, on small files in the shape of public data sets, and on the data sets themselves where they are.
#include "backtest/run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "backtest/files.hpp"

namespace regulars::backtest {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
namespace fs = std::filesystem;
using Json = nlohmann::json;

// The one-liners of docs/backtest.md.
constexpr const char* cdnow_map = "customer_id=customer_id,ordered_at=date,amount=sales,quantity=cds";
constexpr const char* online_retail_map = "order_id=invoice_no,ordered_at=invoice_date,sku=stock_code,store=country";
constexpr const char* completejourney_map =
    "order_id=basket_id,customer_id=household_id,ordered_at=transaction_timestamp,amount=sales_value,product=product_"
    "id,"
    "store=store_id";

class Run : public ::testing::Test {
protected:
    Run() : folder_(fs::path(::testing::TempDir()) / "backtest_run_test") {
        fs::remove_all(folder_);
        fs::create_directories(folder_);
        request_.programme_path = "programmes/vancl.yaml";
        request_.rejects_path = path("rejects.csv");
        request_.json_path = path("report.json");
        request_.now_seconds = [this] { return seconds_ += 1; };
    }
    ~Run() override { fs::remove_all(folder_); }

    [[nodiscard]] std::string path(const std::string& name) const { return (folder_ / name).string(); }
    [[nodiscard]] std::string text(const std::string& name) const { return read_text(path(name), 1 << 24).value(); }
    void write(const std::string& name, const std::string& content) const { std::ofstream(path(name)) << content; }
    // Runs and reads the JSON back; the failure's message as a JSON text when there is one.
    Json run_json() {
        const auto report = run(request_, {});
        return report ? Json::parse(text("report.json")) : Json(report.error().message);
    }
    Json run_json(const std::string& orders, const char* map) {
        request_.orders_path = orders;
        request_.map = parse_map(map).value();
        return run_json();
    }

    fs::path folder_;
    Request request_;
    double seconds_ = 0;
};

TEST_F(Run, the_json_has_the_keys_that_programs_rely_on) {
    write("orders.csv", "customer_id,ordered_at,amount\na,2024-01-01,3000.00\na,2024-02-10,100.00\nb,never,1\n");
    const Json json = run_json(path("orders.csv"), "");
    EXPECT_EQ(json.at("as_of"), "2024-02-10");
    EXPECT_EQ(json.at("orders").at("read"), 3);
    EXPECT_EQ(json.at("orders").at("applied"), 2);
    EXPECT_EQ(json.at("orders").at("rejected"), 1);
    EXPECT_EQ(json.at("orders").at("returns_matched"), 0);
    EXPECT_EQ(json.at("orders").at("returns_unmatched"), 0);
    EXPECT_EQ(json.at("orders").at("reject_reasons").at("bad_date"), 1);
    EXPECT_EQ(json.at("members"), 1);
    EXPECT_EQ(json.at("tiers"), Json({{"normal", 0}, {"vip", 1}, {"svip", 0}}));
    EXPECT_EQ(json.at("points"), Json({{"issued", 6000},
                                       {"reversed", 0},
                                       {"redeemed", 0},
                                       {"expired", 0},
                                       {"pending", 300},
                                       {"available", 6000},
                                       {"owed", 0}}));
    EXPECT_EQ(json.at("costs").at("vip_discount"), 200);
    EXPECT_EQ(json.at("cost_share_of_sales"), 0.000645);
    EXPECT_EQ(json.at("liability_minor"), 0);
    EXPECT_EQ(json.at("seconds"), 1.0);
    EXPECT_EQ(json.at("orders_per_second"), 2);
    EXPECT_EQ(text("rejects.csv"),
              "line,reason,message,row\n4,bad_date,\"ordered_at \"\"never\"\" is not a date from 1900 to 2200; write "
              "YYYY-MM-DD or YYYY-MM-DDTHH:MM:SS\",\"b,never,1\"\n");
}

TEST_F(Run, cdnow_has_a_row_for_each_order) {
    const Json json = run_json("tests/backtest/data/cdnow_shape.csv", cdnow_map);
    EXPECT_EQ(json.at("orders").at("applied"), 6);
    EXPECT_EQ(json.at("orders").at("rejected"), 0);
    EXPECT_EQ(json.at("members"), 3);
    EXPECT_EQ(json.at("tiers").at("vip"), 1);
    EXPECT_EQ(json.at("sales_minor"), 1420 + 3100 + 0 + 210'000 + 6175 + 999);
    EXPECT_FALSE(fs::exists(path("rejects.csv")));
}

TEST_F(Run, online_retail_has_lines_prices_and_cancellations) {
    request_.members_path = path("members.csv");
    const Json json = run_json("tests/backtest/data/online_retail_shape.csv", online_retail_map);
    const Json& orders = json.at("orders");
    EXPECT_EQ(orders.at("read"), 9);
    EXPECT_EQ(orders.at("applied"), 4);
    EXPECT_EQ(orders.at("lines"), 5);
    EXPECT_EQ(orders.at("rejected"), 2);
    EXPECT_EQ(orders.at("returns_matched"), 1);
    EXPECT_EQ(orders.at("returns_unmatched"), 1);
    // 22.08 + 10.20 + 23.50 + 0.00 less ten lanterns at 2.35 and two of the six at 2.55.
    EXPECT_EQ(json.at("sales_minor"), 2208 + 1020 + 2350 + 0 - 2350 - 510);
    EXPECT_THAT(text("rejects.csv"), AllOf(HasSubstr("5,missing_customer"), HasSubstr("8,return_unmatched"),
                                           HasSubstr("10,missing_customer")));
    EXPECT_THAT(text("members.csv"), HasSubstr("\n20001,normal,0,"));
}

TEST_F(Run, completejourney_has_baskets_whose_rows_are_not_together) {
    const Json json = run_json("tests/backtest/data/completejourney_shape.csv", completejourney_map);
    EXPECT_EQ(json.at("orders").at("read"), 6);
    EXPECT_EQ(json.at("orders").at("applied"), 4);
    EXPECT_EQ(json.at("orders").at("lines"), 5);
    EXPECT_EQ(json.at("orders").at("reject_reasons"), Json({{"bad_amount", 1}}));
    EXPECT_EQ(json.at("members"), 2);
}

TEST_F(Run, standard_files_are_compressed_or_not) {
    write("orders.csv", "customer_id,ordered_at,amount\na,2024-01-01,1.00\n");
    ASSERT_EQ(std::system(("gzip -k " + path("orders.csv")).c_str()), 0);
    const Json plain = run_json(path("orders.csv"), "");
    const Json zipped = run_json(path("orders.csv.gz"), "");
    EXPECT_EQ(plain.at("points"), zipped.at("points"));
    EXPECT_EQ(plain.at("orders"), zipped.at("orders"));
}

TEST_F(Run, a_kind_of_price_that_the_other_programme_lacks_is_its_first_there) {
    write("orders.csv",
          "customer_id,ordered_at,amount,price_kind\na,2024-01-01,1000.00,third_party\n"
          "b,2024-01-01,1000.00,special\n");
    write("other.yaml",
          "name: other\nversion: 1\ncurrency: CNY\ntime_zone: Asia/Shanghai\nprice_kinds: [usual, special]\n"
          "tiers: {ladder: [{name: member}]}\n"
          "points: {rules: [{code: less, rate: 1, for: {price_kinds: special}}, {code: more, rate: 3}]}\n");
    request_.compare_path = path("other.yaml");
    const Json json = run_json(path("orders.csv"), "");
    ASSERT_TRUE(json.is_object()) << json;
    EXPECT_EQ(json.at("compare").at("points").at("issued"), 3000 + 1000);
}

TEST_F(Run, facts_that_the_other_programme_does_not_know_are_refused_there) {
    write("orders.csv", "customer_id,ordered_at,amount\na,2026-01-01,1000.00\n");
    write("facts.csv",
          "customer_id,at,what,name\na,2026-02-01T20:00,questionnaire,about_you\na,2026-02-02T20:00,store_visit,door\n"
          "a,2026-02-03T20:00,redemption,drink\na,2026-02-03T20:00,behaviour,share\n"
          "a,2026-02-03T20:00,check_in,evening\n");
    request_.programme_path = "programmes/club.yaml";
    request_.facts_path = path("facts.csv");
    request_.compare_path = "programmes/vancl.yaml";
    request_.until = date_of(2026, 2, 28);
    const Json json = run_json(path("orders.csv"), "");
    ASSERT_TRUE(json.is_object()) << json;
    EXPECT_GE(json.at("facts").at("applied"), 3);
    EXPECT_EQ(json.at("compare").at("facts").at("applied"), 0);
    EXPECT_EQ(json.at("compare").at("facts").at("read"), 5);
}

TEST_F(Run, a_report_compares_two_programmes_and_needs_nothing_from_outside) {
    write("orders.csv", "customer_id,ordered_at,amount\na,2024-01-01,3000.00\n</script><b>,2024-02-10,900.00\n");
    request_.compare_path = "programmes/quarterly.yaml";
    request_.report_path = path("report.html");
    request_.chart_script = "/* charts */ window.echarts = undefined;";
    const Json json = run_json(path("orders.csv"), "");
    EXPECT_EQ(json.at("compare").at("programme"), "quarterly");
    EXPECT_EQ(json.at("compare").at("winners").get<int>() + json.at("compare").at("losers").get<int>() +
                  json.at("compare").at("unchanged").get<int>(),
              2);
    const std::string html = text("report.html");
    EXPECT_THAT(html, AllOf(StartsWith("<!doctype html>"), HasSubstr("/* charts */"), HasSubstr("\\u003c/script>"),
                            HasSubstr("谁受益，谁受损"), HasSubstr("Who wins and who loses")));
    EXPECT_THAT(html, AllOf(Not(HasSubstr("http://")), Not(HasSubstr("https://")), Not(HasSubstr("src=\"")),
                            Not(HasSubstr("@DATA@")), Not(HasSubstr("@STYLE@")), Not(HasSubstr("</script><b>"))));
}

TEST_F(Run, an_earlier_rejects_file_does_not_outlive_its_rows) {
    write("rejects.csv", "line,reason,message,row\n2,bad_date,,\n");
    write("orders.csv", "customer_id,ordered_at,amount\na,2024-01-01,1.00\n");
    EXPECT_EQ(run_json(path("orders.csv"), "").at("orders").at("rejects_file"), nullptr);
    EXPECT_EQ(text("rejects.csv"), "line,reason,message,row\n");
}

TEST_F(Run, what_keeps_it_from_running_is_told) {
    write("orders.csv", "customer_id,ordered_at,amount\na,2024-01-01,1.00\n");
    write("bad.csv", "customer_id,ordered_at,amount\na,never,1.00\n");
    write("bad.yaml", "name: x\ntirs: []\n");
    struct Case {
        const char* what;
        std::function<void(Request&)> change;
        FailureKind kind;
        std::string message;
    };
    for (const Case& one : std::vector<Case>{
             {"no programme", [&](Request& r) { r.programme_path = path("none.yaml"); }, FailureKind::programme,
              "none.yaml"},
             {"bad programme", [&](Request& r) { r.programme_path = path("bad.yaml"); }, FailureKind::programme,
              "bad.yaml"},
             {"bad other", [&](Request& r) { r.compare_path = path("bad.yaml"); }, FailureKind::compare, "bad.yaml"},
             {"no orders", [&](Request& r) { r.orders_path = path("none.csv"); }, FailureKind::orders, "No such file"},
             {"a folder", [&](Request& r) { r.orders_path = folder_.string(); }, FailureKind::orders, "it is a folder"},
             {"no column", [&](Request& r) { r.map = parse_map("amount=total").value(); }, FailureKind::orders,
              "\"total\""},
             {"no usable row", [&](Request& r) { r.orders_path = path("bad.csv"); }, FailureKind::orders,
              "none of its 1 rows"},
             {"json", [&](Request& r) { r.json_path = path("no/such.json"); }, FailureKind::output, "cannot write"},
             {"rejects",
              [&](Request& r) {
                  r.orders_path = path("bad.csv");
                  r.until = LocalDate{19'000};
                  r.rejects_path = path("no/such.csv");
              },
              FailureKind::output, "cannot write"}}) {
        Request request = request_;
        request.orders_path = path("orders.csv");
        one.change(request);
        const auto report = run(request, {});
        ASSERT_FALSE(report.has_value()) << one.what;
        EXPECT_EQ(report.error().kind, one.kind) << one.what;
        EXPECT_THAT(report.error().message, HasSubstr(one.message)) << one.what;
    }
}

TEST_F(Run, what_is_read_is_never_written_to) {
    const std::string orders = "customer_id,ordered_at,amount\na,2024-01-01,1.00\nb,never,1\n";
    write("orders.csv", orders);
    request_.orders_path = path("orders.csv");
    for (std::string Request::* output : {&Request::rejects_path, &Request::members_path, &Request::report_path}) {
        const std::string named = std::exchange(request_.*output, path("./orders.csv"));
        EXPECT_THAT(run_json().get<std::string>(), HasSubstr("would be overwritten"));
        request_.*output = named;
    }
    request_.members_path = request_.json_path;
    EXPECT_THAT(run_json().get<std::string>(), HasSubstr("name two files"));
    EXPECT_EQ(text("orders.csv"), orders);
}

TEST_F(Run, progress_is_told_through_all_stages) {
    std::vector<Stage> stages;
    request_.orders_path = "tests/backtest/data/cdnow_shape.csv";
    request_.map = parse_map(cdnow_map).value();
    ASSERT_TRUE(run(request_, [&](Stage stage, std::uint64_t done, std::uint64_t total) {
                    EXPECT_TRUE(total == 0 || done <= total);
                    if (stages.empty() || stages.back() != stage) stages.push_back(stage);
                }).has_value());
    EXPECT_THAT(stages, ::testing::ElementsAre(Stage::reading, Stage::playing, Stage::writing));
}

// The data sets: where they lie is said by REGULARS_DATA, else they are looked for beside the source tree.
std::string data_path(const std::string& name) {
    const char* folder = std::getenv("REGULARS_DATA");
    return std::string(folder == nullptr ? "../shared/data" : folder) + "/" + name;
}

TEST_F(Run, the_public_data_sets_agree_with_their_control_totals) {
    if (const std::string file = data_path("cdnow/cdnow_master.csv"); fs::exists(file)) {
        const Json json = run_json(file, cdnow_map);
        EXPECT_EQ(json.at("orders").at("applied"), 69'659);
        EXPECT_EQ(json.at("members"), 23'570);
        EXPECT_EQ(json.at("sales_minor"), 250'031'563);
        EXPECT_EQ(json.at("as_of"), "1998-06-30");
    }
    if (const std::string file = data_path("online_retail/online_retail.csv.gz"); fs::exists(file)) {
        const Json json = run_json(file, online_retail_map);
        EXPECT_EQ(json.at("orders").at("read"), 541'909);
        EXPECT_EQ(json.at("orders").at("reject_reasons").at("missing_customer"), 135'080);
        // By an independent walk through the file.
        EXPECT_EQ(json.at("orders").at("returns_matched"), 7516);
        EXPECT_EQ(json.at("orders").at("returns_unmatched"), 1389);
    }
    if (const std::string file = data_path("completejourney/transactions_sample.csv"); fs::exists(file)) {
        const Json json = run_json(file, completejourney_map);
        EXPECT_EQ(json.at("orders").at("applied"), 47'243);
        EXPECT_EQ(json.at("members"), 2'377);
        EXPECT_EQ(json.at("sales_minor"), 23'393'524);
    }
    // Their shapes are tested above whether they are there or not.
    EXPECT_TRUE(fs::exists("tests/backtest/data/cdnow_shape.csv"));
}

}  // namespace
}  // namespace regulars::backtest

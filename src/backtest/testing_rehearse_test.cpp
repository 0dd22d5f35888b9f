#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <sstream>
#include <stdexcept>

#include "backtest/testing_rehearse.hpp"
#include "backtest/write.hpp"
#include "programme/parse.hpp"

namespace regulars::backtest::testing {

Standing Rehearsed::of(std::string_view customer) const {
    for (const Standing& standing : standings)
        if (customers[standing.customer] == customer) return standing;
    ADD_FAILURE() << "no member " << customer;
    return {};
}

std::vector<std::string> Rehearsed::reject_reasons() const {
    std::vector<std::string> reasons;
    CsvReader reader(reader_of(rejects));
    Record record;
    bool header = true;
    while (reader.next(record)) {
        if (!header) reasons.push_back(std::string(record.fields[0]) + " " + std::string(record.fields[1]));
        header = false;
    }
    return reasons;
}

std::shared_ptr<const programme::Programme> programme_at(const std::string& path) {
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    auto parsed = programme::parse(text.str(), path);
    if (!parsed) throw std::runtime_error(parsed.error().empty() ? path : text_of(parsed.error().front()));
    return std::make_shared<const programme::Programme>(std::move(*parsed));
}

ReadChunk reader_of(std::string text, std::size_t piece_size) {
    return [text = std::move(text), piece_size, at = std::size_t{0}](std::span<char> place) mutable {
        const std::size_t size = std::min({place.size(), piece_size, text.size() - at});
        std::copy_n(text.data() + at, size, place.data());
        at += size;
        return expected<std::size_t, std::string>(size);
    };
}

Rehearsed rehearse(std::string_view csv, const Setting& setting) {
    Rehearsed result;
    const auto programme = programme_at(setting.programme);
    const auto map = parse_map(setting.map);
    if (!map) throw std::runtime_error(map.error());
    Rejects rejects([&](std::string_view text) { result.rejects += text; });
    auto loaded = load(reader_of(std::string(csv)), *programme, *map, setting.returns, rejects);
    if (!loaded) {
        result.failure = loaded.error();
        return result;
    }
    const std::uint64_t rejected_when_read = rejects.count();
    Rejects facts_rejects([&](std::string_view text) { result.facts_rejects += text; });
    MemberFacts facts;
    if (!setting.facts.empty()) {
        auto told = load_member_facts(reader_of(setting.facts), *programme, loaded->table, facts_rejects);
        if (!told) {
            result.failure = told.error();
            return result;
        }
        facts = std::move(*told);
    }
    const OrderTable& table = loaded->table;
    LocalDate until = table.size() > 0 ? programme->zone.date(table.last_at()) : LocalDate{};
    if (!setting.until.empty()) until = parse_date(setting.until).value();
    double seconds = 0;
    Played played = play({programme, table, until, &rejects, true, [&] { return seconds += 0.5; }, {}, Stage::playing,
                          {}, {&facts, &facts_rejects, setting.use}});
    rejects.flush();
    facts_rejects.flush();
    result.report = std::move(played.report);
    result.report.orders.read = loaded->rows_read;
    result.report.orders.rejected += rejected_when_read;
    result.report.orders.returns_skipped = loaded->returns_skipped;
    EXPECT_EQ(result.report.orders.read, result.report.orders.accounted_for());
    result.standings = std::move(played.standings);
    for (std::uint32_t i = 0; i < table.member_count(); ++i) result.customers.emplace_back(table.customers().text(i));
    write_members_csv(result.standings, result.report, table, programme->zone,
                      [&](std::string_view text) { result.members_csv += text; });
    return result;
}

}  // namespace regulars::backtest::testing

#include "backtest/run.hpp"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <memory>
#include <utility>

#include "backtest/compare.hpp"
#include "backtest/files.hpp"
#include "backtest/write.hpp"
#include "base/check.hpp"
#include "base/limits.hpp"
#include "programme/parse.hpp"

namespace regulars::backtest {

namespace {

using ProgrammePointer = std::shared_ptr<const programme::Programme>;

Failure failure_of(FailureKind kind, std::string message) {
    return {kind, std::move(message), {}};
}

expected<ProgrammePointer, Failure> read_programme(const std::string& path, FailureKind kind) {
    const auto text = read_text(path, limits::programme_file_size_max);
    if (!text) return unexpected(failure_of(kind, text.error()));
    auto parsed = programme::parse(*text, path);
    if (parsed) return std::make_shared<const programme::Programme>(std::move(*parsed));
    Failure failure{kind, {}, std::move(parsed.error())};
    for (const Diagnostic& diagnostic : failure.diagnostics) {
        if (!failure.message.empty()) failure.message += '\n';
        failure.message += text_of(diagnostic);
    }
    return unexpected(std::move(failure));
}

// The other programme, or null if none is asked for. It is rehearsed for the same shop: in the base programme's zone,
// which says what the file's times mean, and with its amounts in the base programme's currency.
expected<ProgrammePointer, Failure> read_other(const Request& request, const programme::Programme& base) {
    if (request.compare_path.empty()) return ProgrammePointer();
    auto other = read_programme(request.compare_path, FailureKind::compare);
    if (!other) return other;
    auto programme = std::make_shared<programme::Programme>(**other);
    if (programme->minor_digits != base.minor_digits)
        return unexpected(
            failure_of(FailureKind::compare,
                       fmt::format("{} is in {} and {} in {}: they cannot be compared, because the two "
                                   "currencies have not the same number of decimals",
                                   request.programme_path, base.currency, request.compare_path, programme->currency)));
    programme->zone = base.zone;
    programme->currency = base.currency;
    return ProgrammePointer(std::move(programme));
}

// The rejects file: opened when the first row is rejected. One left by an earlier run is emptied first, so that it
// never tells of rows that are not there any more.
class RejectsFile {
public:
    /// `named` may be empty: then the file lies beside the one that is read.
    RejectsFile(const std::string& named, const std::string& read)
        : named_(!named.empty()), path_(named_ ? named : rejects_path(read)) {}

    void write(std::string_view text) {
        if (!file_ && !failure_) open();
        if (file_) file_->write(text);
    }
    [[nodiscard]] expected<void, std::string> close() {
        std::error_code ignored;
        if (!file_ && !failure_ && std::filesystem::exists(path_, ignored)) write("line,reason,message,row\n");
        if (failure_) return unexpected(*failure_);
        if (!file_) return {};
        return file_->close();
    }
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    void open() {
        auto file = OutputFile::open(path_);
        const std::string name = std::filesystem::path(path_).filename().string();
        if (!file && !named_ && name != path_) {
            path_ = name;
            file = OutputFile::open(path_);
        }
        if (file)
            file_ = std::move(*file);
        else
            failure_ = file.error();
    }

    bool named_;
    std::string path_;
    std::optional<OutputFile> file_;
    std::optional<std::string> failure_;
};

expected<Loaded, Failure> read_orders(const Request& request, const programme::Programme& programme, Rejects& rejects,
                                      const Progress& progress) {
    auto file = InputFile::open(request.orders_path);
    if (!file) return unexpected(failure_of(FailureKind::orders, file.error()));
    const auto read = [&](std::span<char> place) {
        if (progress) progress(Stage::reading, file->bytes_done(), file->bytes_total());
        return file->read(place);
    };
    auto loaded = load(read, programme, request.map, request.returns, rejects);
    if (!loaded)
        return unexpected(failure_of(FailureKind::orders, fmt::format("{}: {}", request.orders_path, loaded.error())));
    return std::move(*loaded);
}

expected<MemberFacts, Failure> read_facts(const Request& request, const programme::Programme& programme,
                                            OrderTable& table, Rejects& rejects) {
    if (request.facts_path.empty()) return MemberFacts();
    auto file = InputFile::open(request.facts_path);
    if (!file) return unexpected(failure_of(FailureKind::facts, file.error()));
    auto facts = load_member_facts([&](std::span<char> place) { return file->read(place); }, programme, table, rejects);
    if (!facts)
        return unexpected(
            failure_of(FailureKind::facts, fmt::format("{}: {}", request.facts_path, facts.error())));
    return std::move(*facts);
}

// What reading counted, added to what playing counted.
void complete(Report& report, const Request& request, const Loaded& loaded, const Rejects& rejects,
              std::uint64_t rejected_when_read) {
    report.orders_file = std::filesystem::path(request.orders_path).filename().string();
    report.orders.read = loaded.rows_read;
    report.orders.rejected += rejected_when_read;
    report.orders.returns_skipped = loaded.returns_skipped;
    report.reject_reasons = rejects.reasons();
    check_equal(report.orders.read, report.orders.accounted_for(), "rows read and rows accounted for");
}

void complete_facts(Report& report, const MemberFacts& facts, std::uint64_t rejected_when_read) {
    FactCounts& counts = report.facts;
    counts.read = facts.rows_read;
    counts.rejected += rejected_when_read;
    check_equal(counts.read, counts.applied + counts.rejected + counts.after_until, "rows of facts accounted for");
}

expected<void, Failure> write_file(const std::string& path, const std::function<void(OutputFile&)>& fill) {
    if (path.empty()) return {};
    auto file = OutputFile::open(path);
    if (!file) return unexpected(failure_of(FailureKind::output, file.error()));
    fill(*file);
    if (const auto closed = file->close(); !closed) return unexpected(failure_of(FailureKind::output, closed.error()));
    return {};
}

// A name that was given in the wrong place must not cost anybody their order history.
expected<void, Failure> keep_what_is_read(const Request& request) {
    const std::array outputs{&request.rejects_path, &request.json_path, &request.members_path, &request.report_path};
    const std::array inputs{&request.programme_path, &request.compare_path, &request.orders_path, &request.facts_path};
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        for (const std::string* input : inputs)
            if (same_file(*outputs[i], *input))
                return unexpected(failure_of(FailureKind::output, overwriting(*outputs[i])));
        for (std::size_t k = 0; k < i; ++k)
            if (same_file(*outputs[i], *outputs[k]))
                return unexpected(failure_of(
                    FailureKind::output,
                    fmt::format("two things would be written to {}: name two files", *outputs[i])));
    }
    return {};
}

struct Results {
    const Played& played;
    const Other& other;
    const OrderTable& table;
    const Zone& zone;
};

expected<void, Failure> write_all(const Request& request, const Results& results) {
    const Report& report = results.played.report;
    auto done = write_file(request.members_path, [&](OutputFile& file) {
        write_members_csv(results.played.standings, report, results.table, results.zone,
                          [&](std::string_view text) { file.write(text); });
    });
    if (!done) return done;
    done = write_file(request.report_path,
                      [&](OutputFile& file) { file.write(write_html(report, results.other, request.chart_script)); });
    if (!done) return done;
    return write_file(request.json_path, [&](OutputFile& file) { file.write(write_json(report, results.other)); });
}

}  // namespace

expected<Report, Failure> run(const Request& request, const Progress& progress) {
    check(request.now_seconds != nullptr, "a backtest is handed a clock");
    if (const auto kept = keep_what_is_read(request); !kept) return unexpected(kept.error());
    const auto base = read_programme(request.programme_path, FailureKind::programme);
    if (!base) return unexpected(base.error());
    const auto other = read_other(request, **base);
    if (!other) return unexpected(other.error());

    RejectsFile rejects_file(request.rejects_path, request.orders_path);
    Rejects rejects([&](std::string_view text) { rejects_file.write(text); });
    auto loaded = read_orders(request, **base, rejects, progress);
    if (!loaded) return unexpected(loaded.error());
    const std::uint64_t rejected_when_read = rejects.count();
    RejectsFile facts_rejects_file({}, request.facts_path);
    Rejects facts_rejects([&](std::string_view text) { facts_rejects_file.write(text); });
    const auto facts = read_facts(request, **base, loaded->table, facts_rejects);
    if (!facts) return unexpected(facts.error());
    const std::uint64_t facts_rejected_when_read = facts_rejects.count();
    if (loaded->table.size() == 0 && !request.until) {
        (void)rejects_file.close();
        return unexpected(
            failure_of(FailureKind::orders,
                       fmt::format("{}: none of its {} rows can be used{}", request.orders_path, loaded->rows_read,
                                   rejects.count() == 0 ? "" : "; see " + rejects_file.path())));
    }

    const Zone& zone = (*base)->zone;
    const LocalDate until = request.until ? *request.until : zone.date(loaded->table.last_at());
    Play play_base{*base,
                   loaded->table,
                   until,
                   &rejects,
                   !request.members_path.empty() || *other != nullptr,
                   request.now_seconds,
                   progress,
                   Stage::playing,
                   {},
                   {&*facts, &facts_rejects, request.use}};
    Played played = play(play_base);
    rejects.flush();
    facts_rejects.flush();
    complete(played.report, request, *loaded, rejects, rejected_when_read);
    complete_facts(played.report, *facts, facts_rejected_when_read);

    std::optional<Played> played_other;
    std::optional<Comparison> comparison;
    Other shown;
    if (*other != nullptr) {
        played_other = play({*other, loaded->table, until, nullptr, true, request.now_seconds, progress,
                             Stage::comparing, {}, {&*facts, nullptr, request.use}});
        complete(played_other->report, request, *loaded, rejects, rejected_when_read);
        complete_facts(played_other->report, *facts, facts_rejected_when_read);
        comparison = compare({**base, played.standings}, {**other, played_other->standings}, loaded->table);
        shown = {&played_other->report, &*comparison};
    }
    if (const auto closed = rejects_file.close(); !closed)
        return unexpected(failure_of(FailureKind::output, closed.error()));
    if (rejects.count() > 0) played.report.rejects_file = rejects_file.path();
    if (!request.facts_path.empty()) {
        if (const auto closed = facts_rejects_file.close(); !closed)
            return unexpected(failure_of(FailureKind::output, closed.error()));
        if (facts_rejects.count() > 0) played.report.facts_rejects_file = facts_rejects_file.path();
    }
    if (progress) progress(Stage::writing, 0, 0);
    if (const auto done = write_all(request, {played, shown, loaded->table, zone}); !done)
        return unexpected(done.error());
    return played.report;
}

}  // namespace regulars::backtest

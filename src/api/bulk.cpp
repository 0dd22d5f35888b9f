#include "api/bulk.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "api/input_hash.hpp"
#include "api/json_writer.hpp"
#include "api/limits.hpp"
#include "service/event_json.hpp"

namespace regulars::api {

namespace {

/// One line of a chunk: its result when it never reached the writer, else its place among the commands.
struct Line {
    std::uint64_t number = 0;
    std::optional<Problem> problem;
};

void append_problem_line(std::string& out, std::uint64_t first, std::uint64_t last, const Problem& problem) {
    JsonWriter json(out);
    json.begin_object();
    json.count_field("line", first);
    if (last != first) json.count_field("last_line", last);
    json.field("status", std::int64_t{problem.row->status});
    json.field("code", problem.row->code);
    json.field("detail", problem.detail);
    if (!problem.errors.empty()) {
        json.name("errors");
        append_errors(json, problem.errors);
    }
    json.end_object();
    out += '\n';
}

void append_done_line(std::string& out, std::uint64_t number, const service::Done& done) {
    JsonWriter json(out);
    json.begin_object();
    json.count_field("line", number);
    json.field("status", std::int64_t{200});
    json.id_field("member", done.member.value);
    if (done.sequence != 0) json.id_field("sequence", done.sequence);
    if (done.created_member) json.field("created_member", true);
    if (done.duplicate) json.field("duplicate", true);
    if (done.parked) json.field("parked", true);
    json.end_object();
    out += '\n';
}

/// The stored form of a chunk's answer: its counts as a line of numbers, then the results.
std::string chunk_answer(const std::vector<Line>& lines, const std::vector<service::Reply>& replies,
                         bool failures_only) {
    BulkCounts counts;
    std::string results;
    std::size_t next_reply = 0;
    for (const Line& line : lines) {
        ++counts.lines;
        if (line.problem) {
            ++counts.refused;
            append_problem_line(results, line.number, line.number, *line.problem);
            continue;
        }
        const service::Reply& reply = replies[next_reply++];
        if (!reply) {
            ++counts.refused;
            append_problem_line(results, line.number, line.number, problem_of(reply.error()));
            continue;
        }
        ++(reply->duplicate ? counts.duplicates : reply->parked ? counts.parked : counts.applied);
        if (!failures_only) append_done_line(results, line.number, *reply);
    }
    return fmt::format("{} {} {} {} {}\n", counts.lines, counts.applied, counts.duplicates, counts.parked,
                       counts.refused) +
           results;
}

bool is_blank(std::string_view line) {
    return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

}  // namespace

BulkCounts& BulkCounts::operator+=(const BulkCounts& other) {
    lines += other.lines;
    applied += other.applied;
    duplicates += other.duplicates;
    parked += other.parked;
    refused += other.refused;
    return *this;
}

BulkReader::BulkReader(service::Service& service, BulkOptions options)
    : service_(service), options_(std::move(options)) {}

BulkReader::~BulkReader() = default;

bool BulkReader::feed(std::string_view bytes) {
    text_.erase(0, start_);
    open_line_ -= start_;
    start_ = 0;
    std::size_t scanned = text_.size();
    text_ += bytes;
    for (auto end = text_.find('\n', scanned); end != std::string::npos; end = text_.find('\n', scanned)) {
        if (end - open_line_ > limits::bulk_line_size_max) return false;
        ++lines_waiting_;
        open_line_ = end + 1;
        scanned = end + 1;
    }
    return text_.size() - open_line_ <= limits::bulk_line_size_max;
}

bool BulkReader::has_whole_chunk() const {
    return lines_waiting_ >= limits::bulk_chunk_lines || open_line_ >= start_ + limits::bulk_chunk_size_max;
}

std::optional<BulkChunk> BulkReader::next(bool at_end) {
    if (!has_whole_chunk() && !(at_end && start_ < text_.size())) return std::nullopt;
    const auto programmes = service_.programmes();
    service::Given given;
    given.at = service_.now();
    given.identities = &programmes->current().identity;
    BulkChunk chunk;
    std::vector<Line> lines;
    const std::size_t chunk_start = start_;
    chunk.first_line = line_ + 1;
    const auto is_full = [&](std::size_t taken) {
        return taken == limits::bulk_chunk_lines || start_ - chunk_start >= limits::bulk_chunk_size_max;
    };
    for (std::size_t taken = 0; !is_full(taken) && start_ < text_.size(); ++taken) {
        const auto end = std::min(text_.find('\n', start_), text_.size());
        const auto text = std::string_view(text_).substr(start_, end - start_);
        start_ = std::min(end + 1, text_.size());
        if (end < text_.size()) --lines_waiting_;
        ++line_;
        if (is_blank(text)) continue;
        auto command = service::parse_command(text, programmes->current().zone, given);
        Line& line = lines.emplace_back(Line{line_, std::nullopt});
        if (command) {
            chunk.request.commands.push_back(std::move(*command));
        } else {
            line.problem = problem_of(command.error());
        }
    }
    ++chunk_;
    chunk.last_line = line_;
    chunk.commands = chunk.request.commands.size();
    chunk.needs_writer = !chunk.request.commands.empty();
    if (!chunk.needs_writer) {
        chunk.finished = chunk_answer(lines, {}, options_.failures_only);
        return chunk;
    }
    if (!options_.key.empty()) {
        chunk.request.key = fmt::format("{}#{}", options_.key, chunk_);
        chunk.request.input_hash = input_hash_of({std::string_view(text_).substr(chunk_start, start_ - chunk_start),
                                                  options_.failures_only ? "failures" : "all"});
    }
    chunk.request.render = [lines = std::move(lines), failures_only = options_.failures_only](
                               const std::vector<service::Reply>& replies) {
        return std::pair<std::int32_t, std::string>(200, chunk_answer(lines, replies, failures_only));
    };
    return chunk;
}

std::optional<BulkAnswer> read_bulk_answer(std::string_view answer) {
    BulkAnswer read;
    const std::array<std::uint64_t*, 5> counts{&read.counts.lines, &read.counts.applied, &read.counts.duplicates,
                                               &read.counts.parked, &read.counts.refused};
    const char* at = answer.data();
    const char* const end = at + answer.size();
    for (std::uint64_t* count : counts) {
        const auto [next, error] = std::from_chars(at, end, *count);
        if (error != std::errc() || next == end) return std::nullopt;
        at = next + 1;
    }
    read.lines = answer.substr(static_cast<std::size_t>(at - answer.data()));
    return read;
}

std::string refused_chunk(const BulkChunk& chunk, const Problem& problem, BulkCounts& counts) {
    std::string line;
    append_problem_line(line, chunk.first_line, chunk.last_line, problem);
    counts.lines += chunk.commands;
    counts.refused += chunk.commands;
    return line;
}

std::string bulk_summary(const BulkCounts& counts, bool complete, const Problem* problem) {
    std::string line;
    JsonWriter json(line);
    json.begin_object();
    json.name("summary");
    json.begin_object();
    json.count_field("lines", counts.lines);
    json.count_field("applied", counts.applied);
    json.count_field("duplicates", counts.duplicates);
    json.count_field("parked", counts.parked);
    json.count_field("refused", counts.refused);
    json.field("complete", complete);
    if (problem != nullptr) {
        json.name("problem");
        json.raw(text_of(*problem));
    }
    json.end_object();
    json.end_object();
    line += '\n';
    return line;
}

}  // namespace regulars::api

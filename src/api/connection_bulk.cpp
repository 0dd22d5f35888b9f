// Many lines in one request: results are written while lines are still being read.
#include <array>

#include <boost/asio/write.hpp>
#include <fmt/format.h>

#include "api/bulk.hpp"
#include "api/connection_parts.hpp"
#include "api/limits.hpp"
#include "api/wire.hpp"

namespace regulars::api {

/// A bulk request on its way.
struct Connection::Bulk {
    BulkReader reader;
    struct Waiting {
        std::shared_ptr<AnswerSlot> slot;
        BulkChunk chunk;  ///< without its request, once the writer has it
    };
    std::list<Waiting> waiting;  ///< chunks with the writer, in order
    BulkCounts counts;
    std::optional<Problem> problem;                  ///< why it ended before its end
    bool at_end = false;
    bool complete = false;

    /// The lines of the first chunk that waits, and its counts; `response` is null when its answer did not come.
    std::string take_result(const Response* response) {
        const BulkChunk chunk = std::move(waiting.front().chunk);
        waiting.pop_front();
        if (response == nullptr)
            return refused_chunk(chunk, problem_of(Fault::answer_late, "There was no answer in 30 seconds."), counts);
        const auto answer = read_bulk_answer(response->body);
        if (!answer) return refused_chunk(chunk, writer_problem(response->status), counts);
        counts += answer->counts;
        return std::string(answer->lines);
    }

    /// What a chunk's own status means: the writer took it or not.
    static Problem writer_problem(int status) {
        switch (status) {
            case 429: return problem_of(service::Refused{service::Refusal::queue_full, {}});
            default: return problem_of(Fault::stopping, "The lines were not taken; send them again.");
        }
    }
};

/// Results are written while lines are still being read. The connection goes on when all lines were read.
Task<bool> Connection::answer_lines(HeaderParser&& header) {
    StreamParser parser(std::move(header));
    parser.body_limit(limits::bulk_size_max);
    const auto results = request_->parameter("results").value_or("all");
    if (results != "all" && results != "failures") {
        refuse(parameter_problem("results", "this is not one of the choices", "all or failures", results));
        send_refusal();
        co_return false;
    }
    if (parser.content_length().value_or(0) > limits::bulk_size_max) {
        refuse(problem_of(Fault::body_too_large, "The body is over 64 MiB."));
        send_refusal();
        co_return false;
    }
    if (!co_await continue_if_expected(expects_continue(parser.get()))) co_return false;
    Bulk bulk{BulkReader(group_.dispatcher.service(), {results == "failures", request_->idempotency_key}), {}, {}, {},
              false, false};
    Response head;
    head.content_type = "application/x-ndjson";
    out_.clear();
    append_head(out_, head, {std::nullopt, keep_alive_}, request_->id, present_date());
    bool healthy = co_await write_text(out_);
    while (healthy && !bulk.at_end) {
        bulk.at_end = !co_await read_some(parser, bulk);
        if (group_.stopping && !bulk.at_end) {
            bulk.problem = problem_of(Fault::stopping, "The server is stopping; send the lines after these again.");
            break;
        }
        while (auto chunk = healthy ? bulk.reader.next(bulk.complete) : std::nullopt)
            healthy = co_await send_chunk(bulk, *chunk);
    }
    healthy = healthy && co_await write_results(bulk, 0);
    group_.dispatcher.metrics().count_bulk_lines(bulk.counts.applied, bulk.counts.refused);
    if (!healthy) co_return false;
    out_.clear();
    append_chunk(out_, bulk_summary(bulk.counts, bulk.complete, bulk.problem ? &*bulk.problem : nullptr));
    out_ += last_chunk;
    if (!co_await write_text(out_)) co_return false;
    tell(200);
    if (!bulk.complete) co_await linger();
    co_return keep_alive_ && bulk.complete && !group_.stopping;
}

/// Reads the next part of the body into the reader; false at its end, whatever kind of end.
Task<bool> Connection::read_some(StreamParser& parser, Bulk& bulk) {
    std::array<char, 64 << 10> part{};
    error_code error;
    parser.get().body() = {part.data(), part.size(), true};
    stream_.expires_after(limits::body_wait);
    if (!parser.is_done()) co_await http::async_read_some(stream_, buffer_, parser, into(error));
    if (error == http::error::need_buffer) error = {};
    if (error) {
        bulk.problem = error == beast::error::timeout
                           ? problem_of(Fault::request_timeout, "The next lines did not come in time.")
                           : parse_problem(error, true);
        co_return false;
    }
    if (!bulk.reader.feed({part.data(), part.size() - parser.get().body().size})) {
        bulk.problem = problem_of(Fault::body_too_large,
                                  fmt::format("A line after line {} is over 1 MiB.", bulk.reader.lines_taken()));
        co_return false;
    }
    bulk.complete = parser.is_done();
    co_return !bulk.complete;
}

/// Hands a chunk to the writer, waiting while its queue is full. False when the client is gone.
Task<bool> Connection::send_chunk(Bulk& bulk, BulkChunk& chunk) {
    const auto slot = std::make_shared<AnswerSlot>();
    Bulk::Waiting& waiting = bulk.waiting.emplace_back(Bulk::Waiting{slot, std::move(chunk)});
    if (!waiting.chunk.needs_writer) {
        slot->response = Response{200, {}, std::move(waiting.chunk.finished), {}};
        co_return co_await write_results(bulk, limits::bulk_chunks_ahead);
    }
    service::Request& request = waiting.chunk.request;
    request.answer = [answer = later(slot)](std::int32_t status, std::string body, bool) {
        answer(Response{status, {}, std::move(body), {}});
    };
    const auto deadline = SteadyClock::now() + limits::answer_wait;
    while (!group_.dispatcher.service().submit(request)) {
        if (SteadyClock::now() > deadline || group_.stopping) {
            slot->response = response_of(problem_of(service::Refused{service::Refusal::queue_full, {}}));
            break;
        }
        error_code ignored;
        timer_.expires_after(std::chrono::milliseconds(2));
        co_await timer_.async_wait(into(ignored));
    }
    co_return co_await write_results(bulk, limits::bulk_chunks_ahead);
}

/// Writes what is answered, in order, and waits until at most `leave` chunks are with the writer.
Task<bool> Connection::write_results(Bulk& bulk, std::size_t leave) {
    while (!bulk.waiting.empty()) {
        const auto slot = bulk.waiting.front().slot;
        if (!slot->response && bulk.waiting.size() <= leave) break;
        const auto response = co_await await(slot);
        out_.clear();
        append_chunk(out_, bulk.take_result(response ? &*response : nullptr));
        if (!out_.empty() && !co_await write_text(out_)) co_return false;
    }
    co_return true;
}

}  // namespace regulars::api

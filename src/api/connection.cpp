// How a request travels:
//
//   wait for the first byte (idle_wait) -> header (header_wait) -> gate -> body (body_wait) -> handler (answer_wait)
//   -> write (write_wait) -> again, unless either side wants to end
//
// Header and body are parsed from the bytes at hand before anything more is read, so that a small request costs one
// read and one write. A refusal whose body has not been read ends the connection after a short linger, so that the client
// can still read why.
#include "api/connection.hpp"

#include <algorithm>
#include <array>
#include <array>
#include <chrono>
#include <memory>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <fmt/format.h>

#include "api/bulk.hpp"
#include "api/limits.hpp"
#include "api/log.hpp"
#include "api/wire.hpp"
#include "base/check.hpp"

// GCC 12 takes the coroutine frames' own operators new and delete for a mismatch when it inlines only one of them.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace regulars::api {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;
using Executor = asio::io_context::executor_type;
template <class Value>
using Task = asio::awaitable<Value, Executor>;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
using Stream = beast::basic_stream<asio::ip::tcp, Executor>;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>,
                                         Executor>;
using SteadyClock = std::chrono::steady_clock;
using HeaderParser = http::request_parser<http::empty_body>;
using TextParser = http::request_parser<http::string_body>;
using StreamParser = http::request_parser<http::buffer_body>;

namespace {

/// Room beside a body, so that it can be parsed in place without a copy.
constexpr std::size_t parser_padding = 64;

auto into(error_code& error) {
    return asio::redirect_error(asio::use_awaitable_t<Executor>{}, error);
}

std::string_view view(beast::string_view text) {
    return {text.data(), text.size()};
}

Method method_of(http::verb verb) {
    switch (verb) {
        case http::verb::get: return Method::get;
        case http::verb::head: return Method::head;
        case http::verb::post: return Method::post;
        case http::verb::options: return Method::options;
        default: return Method::other;
    }
}

bool is_request_id(std::string_view id) {
    if (id.empty() || id.size() > limits::request_id_size_max) return false;
    return id.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") ==
           std::string_view::npos;
}

std::string next_request_id() {
    static std::atomic<std::uint64_t> last{
        static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch().count())};
    return fmt::format("{:x}", ++last);
}

/// The Date header's text, made once a second.
const std::string& present_date() {
    thread_local std::int64_t made_for = 0;
    thread_local std::string date;
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const std::int64_t seconds = std::chrono::duration_cast<std::chrono::seconds>(now).count();
    if (seconds != made_for) {
        made_for = seconds;
        date = http_date(seconds);
    }
    return date;
}

template <class Fields>
bool expects_continue(const Fields& fields) {
    return beast::iequals(fields[http::field::expect], "100-continue");
}

/// What a parse error means to the client.
Problem parse_problem(error_code error, bool request_line_complete) {
    if (error == http::error::header_limit)
        return request_line_complete ? problem_of(Fault::header_too_large, "The header is over 16 KiB.")
                                     : problem_of(Fault::target_too_long, "The address is over 4 KiB.");
    if (error == http::error::body_limit) return problem_of(Fault::body_too_large, "The body is over the limit.");
    if (error == http::error::bad_version) return problem_of(Fault::version_not_supported, "This is not HTTP/1.x.");
    return problem_of(Fault::malformed_http, "The request cannot be read: " + error.message() + ".");
}

}  // namespace

class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(asio::io_context& io, Socket&& socket, ConnectionGroup& group)
        : group_(group), stream_(std::move(socket)), timer_(io.get_executor()), buffer_(buffer_size_max) {
        place_ = group_.connections.insert(group_.connections.end(), this);
        group_.dispatcher.metrics().connection_opened();
    }
    ~Connection() {
        group_.connections.erase(place_);
        group_.dispatcher.metrics().connection_closed();
        --*group_.count;
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    Task<void> serve();
    /// Ends the connection if nothing is being asked on it.
    void close_if_idle() {
        if (idle_) close();
    }
    void close() {
        error_code ignored;
        stream_.socket().close(ignored);
        timer_.cancel();
    }

private:
    static constexpr std::size_t buffer_size_max = 64 << 10;

    Task<bool> wait_for_bytes();
    Task<bool> serve_request();
    Task<bool> read_header(HeaderParser& parser);
    void fill_request(const HeaderParser::value_type& message);
    Task<bool> read_body(TextParser& parser);
    Task<bool> answer_body(HeaderParser&& parser, const Endpoint& endpoint);
    Task<void> answer_lines(HeaderParser&& parser);
    Task<bool> continue_if_expected(bool expected);
    Task<std::optional<Response>> await(const std::shared_ptr<AnswerSlot>& slot);
    Task<bool> write_response(const Response& response, bool keep_alive);
    Task<bool> write_text(std::string_view text);
    void refuse(const Problem& problem);
    void send_refusal();
    Task<void> linger();
    void tell(int status);
    Dispatcher::Later later(const std::shared_ptr<AnswerSlot>& slot);

    // Bulk.
    struct Bulk;
    Task<bool> read_some(StreamParser& parser, Bulk& bulk);
    Task<bool> send_chunk(Bulk& bulk, BulkChunk& chunk);
    Task<bool> write_results(Bulk& bulk, std::size_t leave);

    ConnectionGroup& group_;
    Stream stream_;
    Timer timer_;
    beast::flat_buffer buffer_;
    std::list<Connection*>::iterator place_;
    std::shared_ptr<Request> request_;
    const Endpoint* endpoint_ = nullptr;
    SteadyClock::time_point started_;
    std::string out_;
    Response refusal_;  ///< of a request that was not read to its end
    bool keep_alive_ = true;
    bool idle_ = false;
};

Task<void> Connection::serve() {
    const auto self = shared_from_this();
    error_code ignored;
    stream_.socket().set_option(asio::ip::tcp::no_delay(true), ignored);
    while (!group_.stopping && co_await wait_for_bytes())
        if (!co_await serve_request()) break;
    stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
}

/// Between two requests.
Task<bool> Connection::wait_for_bytes() {
    if (buffer_.size() > 0) co_return true;
    error_code error;
    idle_ = true;
    stream_.expires_after(limits::idle_wait);
    const std::size_t size = co_await stream_.async_read_some(buffer_.prepare(8 << 10), into(error));
    idle_ = false;
    buffer_.commit(size);
    co_return !error;
}

/// One request and its answer; false when the connection is to end.
Task<bool> Connection::serve_request() {
    HeaderParser parser;
    parser.header_limit(limits::header_size_max);
    parser.body_limit(UINT64_MAX);  // each kind of body has its own limit, set when the endpoint is known
    request_ = std::make_shared<Request>();
    endpoint_ = nullptr;
    started_ = SteadyClock::now();
    keep_alive_ = false;
    if (!co_await read_header(parser)) co_return false;
    const auto& message = parser.get();
    fill_request(message);
    if (message.target().size() > limits::target_size_max) {
        refuse(problem_of(Fault::target_too_long, "The address is over 4 KiB."));
        send_refusal();
        co_return false;
    }
    if (request_->idempotency_key.size() > limits::key_size_max) {
        refuse(parameter_problem("Idempotency-Key", "the key is too long", "at most 255 characters",
                                                    std::to_string(request_->idempotency_key.size()) + " characters"));
        send_refusal();
        co_return false;
    }
    if (message.version() == 11 && message.count(http::field::host) != 1) {
        refuse(problem_of(Fault::malformed_http, "HTTP/1.1 needs one Host field."));
        send_refusal();
        co_return false;
    }
    const Dispatcher::Credentials credentials{view(message[http::field::authorization]),
                                              view(message[http::field::host]),
                                              !message[http::field::content_encoding].empty()};
    const Dispatcher::Gate gate = group_.dispatcher.open(*request_, credentials);
    endpoint_ = gate.endpoint;
    keep_alive_ = message.keep_alive() && !group_.stopping;
    if (gate.endpoint == nullptr) {
        const bool has_body = parser.chunked() || parser.content_length().value_or(0) > 0;
        const bool written = co_await write_response(gate.refusal, keep_alive_ && !has_body);
        if (written && has_body) co_await linger();
        co_return written && keep_alive_ && !has_body;
    }
    if (std::holds_alternative<Lines>(gate.endpoint->handler)) {
        co_await answer_lines(std::move(parser));
        co_return false;
    }
    co_return co_await answer_body(std::move(parser), *gate.endpoint);
}

/// Reads up to the end of the header. Answers and gives false when there is none.
Task<bool> Connection::read_header(HeaderParser& parser) {
    error_code error;
    buffer_.consume(parser.put(buffer_.data(), error));
    if (error == http::error::need_more) {
        error = {};
        stream_.expires_after(limits::header_wait);
        co_await http::async_read_header(stream_, buffer_, parser, into(error));
    }
    if (!error) co_return true;
    if (error == http::error::end_of_stream || error == http::error::partial_message) co_return false;
    const std::string_view seen(static_cast<const char*>(buffer_.data().data()), buffer_.size());
    if (error == beast::error::timeout) {
        refuse(problem_of(Fault::request_timeout, "The header did not come in time."));
        send_refusal();
    } else if (error.category() == http::make_error_code(http::error::bad_method).category()) {
        refuse(parse_problem(error, seen.find("\r\n") != std::string_view::npos));
        send_refusal();
    }
    co_return false;
}

void Connection::fill_request(const HeaderParser::value_type& message) {
    Request& request = *request_;
    const std::string_view given_id = view(message["X-Request-Id"]);
    request.id = is_request_id(given_id) ? std::string(given_id) : next_request_id();
    request.method = method_of(message.method());
    const std::string_view target = view(message.target());
    const auto query = target.find('?');
    request.path = target.substr(0, query);
    if (query != std::string_view::npos) request.query = target.substr(query + 1);
    request.content_type = media_type_of(view(message[http::field::content_type]));
    request.accept = view(message[http::field::accept]);
    request.idempotency_key = view(message["Idempotency-Key"]);
}

/// Says why a request is not read to its end; `send_refusal` sends it. In this file no temporary is handed to a
/// coroutine and no co_await is cast: GCC 12 ends the life of such temporaries too early.
void Connection::refuse(const Problem& problem) {
    refusal_ = response_of(problem);
}

/// Answers with the refusal; the connection ends with it. It does not wait: the answer is small, and what the client has
/// sent already is read away so that the answer is not lost in a reset.
void Connection::send_refusal() {
    if (request_->id.empty()) request_->id = next_request_id();
    out_.clear();
    append_head(out_, refusal_, {refusal_.body.size(), false}, request_->id, present_date());
    if (request_->method != Method::head) out_ += refusal_.body;
    error_code error;
    stream_.socket().non_blocking(true, error);
    asio::write(stream_.socket(), asio::const_buffer(out_.data(), out_.size()), error);
    tell(refusal_.status);
    stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, error);
    std::array<char, 16 << 10> unread;
    std::size_t left = limits::body_size_max;
    while (!error && left > 0) left -= std::min(left, stream_.socket().read_some(asio::buffer(unread), error));
}

/// Lets the client read the answer before the connection is reset by what it still sends.
Task<void> Connection::linger() {
    error_code error;
    stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, error);
    std::size_t left = limits::body_size_max;
    stream_.expires_after(std::chrono::seconds(2));
    while (!error && left > 0) {
        buffer_.consume(buffer_.size());
        const std::size_t size = co_await stream_.async_read_some(buffer_.prepare(16 << 10), into(error));
        left -= std::min(left, size);
    }
}

Task<bool> Connection::continue_if_expected(bool expected) {
    if (!expected || buffer_.size() > 0) co_return true;
    co_return co_await write_text("HTTP/1.1 100 Continue\r\n\r\n");
}

Task<bool> Connection::answer_body(HeaderParser&& header, const Endpoint& endpoint) {
    TextParser parser(std::move(header));
    parser.eager(true);
    parser.body_limit(endpoint.body_size_max);
    if (parser.content_length().value_or(0) > endpoint.body_size_max) {
        refuse(problem_of(
            Fault::body_too_large, fmt::format("The body is over {} bytes.", endpoint.body_size_max)));
        send_refusal();
        co_return false;
    }
    if (!parser.is_done() && !co_await read_body(parser)) co_return false;
    request_->body = std::move(parser.get().body());
    request_->body.reserve(request_->body.size() + parser_padding);
    const auto slot = std::make_shared<AnswerSlot>();
    std::optional<Response> response = group_.dispatcher.handle(endpoint, request_, later(slot));
    if (!response) response = co_await await(slot);
    if (!response) response = response_of(problem_of(Fault::answer_late, "There was no answer in 30 seconds."));
    keep_alive_ = keep_alive_ && !group_.stopping;
    co_return co_await write_response(*response, keep_alive_) && keep_alive_;
}

Task<bool> Connection::read_body(TextParser& parser) {
    error_code error;
    if (buffer_.size() > 0) buffer_.consume(parser.put(buffer_.data(), error));
    if (error == http::error::need_more || (!error && !parser.is_done())) {
        error = {};
        if (!co_await continue_if_expected(expects_continue(parser.get()))) co_return false;
        stream_.expires_after(limits::body_wait);
        co_await http::async_read(stream_, buffer_, parser, into(error));
    }
    if (!error) co_return true;
    if (error == beast::error::timeout) {
        refuse(problem_of(Fault::request_timeout, "The body did not come in time."));
        send_refusal();
        co_return false;
    }
    if (error.category() != http::make_error_code(http::error::bad_method).category() ||
        error == http::error::partial_message || error == http::error::end_of_stream)
        co_return false;
    refuse(parse_problem(error, true));
    send_refusal();
    co_return false;
}

Dispatcher::Later Connection::later(const std::shared_ptr<AnswerSlot>& slot) {
    return [slot, mailbox = group_.mailbox](Response response) { mailbox->deliver(slot, std::move(response)); };
}

/// Waits for an answer from another thread; nothing when it does not come in time.
Task<std::optional<Response>> Connection::await(const std::shared_ptr<AnswerSlot>& slot) {
    error_code error;
    if (!slot->response) {
        slot->wake = [this] { timer_.cancel(); };
        timer_.expires_after(limits::answer_wait);
        co_await timer_.async_wait(into(error));
        slot->wake = nullptr;
    }
    co_return std::move(slot->response);
}

Task<bool> Connection::write_text(std::string_view text) {
    error_code error;
    stream_.expires_after(limits::write_wait);
    co_await asio::async_write(stream_, asio::const_buffer(text.data(), text.size()), into(error));
    co_return !error;
}

Task<bool> Connection::write_response(const Response& response, bool keep_alive) {
    if (request_->id.empty()) request_->id = next_request_id();
    out_.clear();
    append_head(out_, response, {response.body.size(), keep_alive}, request_->id, present_date());
    if (request_->method != Method::head) out_ += response.body;
    const bool written = co_await write_text(out_);
    tell(response.status);
    co_return written;
}

/// Counts the request, and logs it when it failed, was slow, or everything is to be logged.
void Connection::tell(int status) {
    constexpr double slow_seconds = 1.0;
    const double seconds = std::chrono::duration<double>(SteadyClock::now() - started_).count();
    group_.dispatcher.metrics().count_request(endpoint_, status, seconds);
    if (!group_.log_requests && status < 500 && seconds < slow_seconds) return;
    const LogLevel level = status >= 500 ? LogLevel::error : LogLevel::info;
    log_event(level, "request",
              {{"request_id", request_->id},
               {"method", name_of(request_->method)},
               {"path", endpoint_ == nullptr ? std::string_view("unknown") : endpoint_->path},
               {"status", std::to_string(status)},
               {"ms", fmt::format("{:.1f}", seconds * 1000)}});
}

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

/// Results are written while lines are still being read; the connection ends with the last of them.
Task<void> Connection::answer_lines(HeaderParser&& header) {
    StreamParser parser(std::move(header));
    parser.body_limit(limits::bulk_size_max);
    const auto results = request_->parameter("results").value_or("all");
    keep_alive_ = false;
    if (results != "all" && results != "failures") {
        refuse(
            parameter_problem("results", "this is not one of the choices", "all or failures", results));
        send_refusal();
        co_return;
    }
    if (parser.content_length().value_or(0) > limits::bulk_size_max) {
        refuse(problem_of(Fault::body_too_large, "The body is over 64 MiB."));
        send_refusal();
        co_return;
    }
    if (!co_await continue_if_expected(expects_continue(parser.get()))) co_return;
    Bulk bulk{BulkReader(group_.dispatcher.service(), {results == "failures", request_->idempotency_key}), {}, {}, {},
              false, false};
    Response head;
    head.content_type = "application/x-ndjson";
    out_.clear();
    append_head(out_, head, {std::nullopt, false}, request_->id, present_date());
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
    if (!healthy) co_return;
    out_.clear();
    append_chunk(out_, bulk_summary(bulk.counts, bulk.complete, bulk.problem ? &*bulk.problem : nullptr));
    out_ += last_chunk;
    if (!co_await write_text(out_)) co_return;
    tell(200);
    if (!bulk.complete) co_await linger();
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

void serve_connection(asio::io_context& io, int socket, ConnectionGroup& group) {
    Socket adopted(io.get_executor());
    error_code error;
    adopted.assign(asio::ip::tcp::v4(), socket, error);
    check(!error, "an accepted socket can be adopted");
    const auto connection = std::make_shared<Connection>(io, std::move(adopted), group);
    asio::co_spawn(io.get_executor(), [connection] { return connection->serve(); }, asio::detached);
}

void stop_connections(ConnectionGroup& group) {
    group.stopping = true;
    for (Connection* connection : group.connections) connection->close_if_idle();
}

void abort_connections(ConnectionGroup& group) {
    for (Connection* connection : group.connections) connection->close();
}

}  // namespace regulars::api

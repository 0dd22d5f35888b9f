// How a request travels:
//
//   wait for the first byte (idle_wait) -> header (header_wait) -> gate -> body (body_wait) -> handler (answer_wait)
//   -> write (write_wait) -> again, unless either side wants to end
//
// Header and body are parsed from the bytes at hand before anything more is read, so that a small request costs one
// read and one write. A refusal whose body has not been read ends the connection after a short linger, so that the
// client can still read why.
#include "api/connection.hpp"

#include <algorithm>
#include <array>
#include <atomic>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>

#include "api/connection_parts.hpp"
#include "api/limits.hpp"
#include "api/log.hpp"
#include "api/wire.hpp"
#include "base/check.hpp"

namespace regulars::api {

namespace {

/// Room beside a body, so that it can be parsed in place without a copy.
constexpr std::size_t parser_padding = 64;

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

/// A proxy may add a field of its own below what the client has sent: the last one counts.
std::string_view last_of(const HeaderParser::value_type& message, beast::string_view name) {
    std::string_view last;
    const auto [first, end] = message.equal_range(name);
    for (auto field = first; field != end; ++field) last = view(field->value());
    return last;
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

}  // namespace

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

Problem parse_problem(error_code error, bool request_line_complete) {
    if (error == http::error::header_limit)
        return request_line_complete ? problem_of(Fault::header_too_large, "The header is over 16 KiB.")
                                     : problem_of(Fault::target_too_long, "The address is over 4 KiB.");
    if (error == http::error::body_limit) return problem_of(Fault::body_too_large, "The body is over the limit.");
    if (error == http::error::bad_version) return problem_of(Fault::version_not_supported, "This is not HTTP/1.x.");
    return problem_of(Fault::malformed_http, "The request cannot be read: " + error.message() + ".");
}

Task<void> Connection::serve() {
    const auto self = shared_from_this();
    error_code ignored;
    stream_.socket().set_option(asio::ip::tcp::no_delay(true), ignored);
    const auto peer = stream_.socket().remote_endpoint(ignored);
    if (!ignored) peer_ = peer.address().to_string();
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
                                              !message[http::field::content_encoding].empty(),
                                              last_of(message, "X-Forwarded-For"), peer_};
    const Dispatcher::Gate gate = group_.dispatcher.open(*request_, credentials);
    endpoint_ = gate.endpoint;
    keep_alive_ = message.keep_alive() && !group_.stopping;
    if (gate.endpoint == nullptr) {
        const bool has_body = parser.chunked() || parser.content_length().value_or(0) > 0;
        const bool written = co_await write_response(gate.refusal, keep_alive_ && !has_body);
        if (written && has_body) co_await linger();
        co_return written && keep_alive_ && !has_body;
    }
    if (std::holds_alternative<Lines>(gate.endpoint->handler)) co_return co_await answer_lines(std::move(parser));
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
    if (error == beast::error::timeout) {
        refuse(problem_of(Fault::request_timeout, "The header did not come in time."));
        send_refusal();
    } else if (error.category() == http::make_error_code(http::error::bad_method).category()) {
        refuse(parse_problem(error, !parser.get().target().empty()));
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

/// Says why a request is not read to its end; `send_refusal` sends it.
void Connection::refuse(const Problem& problem) {
    refusal_ = response_of(problem);
}

/// Answers with the refusal; the connection ends with it. It does not wait: the answer is small, and what the client
/// has sent already is read away so that the answer is not lost in a reset.
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
        refuse(problem_of(Fault::body_too_large, fmt::format("The body is over {} bytes.", endpoint.body_size_max)));
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

// The coroutine of one connection; connection.cpp has its requests, connection_bulk.cpp those of many lines. Only these
// two files include this, for it brings Beast with it.
//
// In these files no temporary is handed to a coroutine and no co_await is cast: GCC 12 ends the life of such
// temporaries too early.
#pragma once

#include <chrono>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include "api/connection.hpp"

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

/// Resumes the coroutine with the error in `error`.
inline auto into(error_code& error) {
    return asio::redirect_error(asio::use_awaitable_t<Executor>{}, error);
}

struct BulkChunk;

/// What a parse error means to the client.
[[nodiscard]] Problem parse_problem(error_code error, bool request_line_complete);
/// The Date header's text, made once a second.
[[nodiscard]] const std::string& present_date();

template <class Fields>
bool expects_continue(const Fields& fields) {
    return beast::iequals(fields[http::field::expect], "100-continue");
}

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
    Task<bool> answer_lines(HeaderParser&& parser);
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
    std::string peer_;  ///< the address of the other end
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

}  // namespace regulars::api

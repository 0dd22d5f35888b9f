#include "api/http_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <fmt/format.h>

#include "api/connection.hpp"
#include "api/limits.hpp"
#include "api/log.hpp"
#include "base/check.hpp"

namespace regulars::api {

namespace asio = boost::asio;

namespace {

/// A file descriptor that closes itself.
class Descriptor {
public:
    explicit Descriptor(int value = -1) : value_(value) {}
    ~Descriptor() { reset(); }
    Descriptor(Descriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        if (this != &other) reset(std::exchange(other.value_, -1));
        return *this;
    }
    [[nodiscard]] int get() const { return value_; }
    void reset(int value = -1) {
        if (value_ >= 0) ::close(value_);
        value_ = value;
    }

private:
    int value_;
};

/// One I/O thread with its connections.
struct IoThread {
    std::shared_ptr<Mailbox> mailbox;
    ConnectionGroup group;
    asio::io_context io{1};  ///< after the group: what it destroys leaves the group
    asio::executor_work_guard<asio::io_context::executor_type> guard{io.get_executor()};
    std::thread thread;

    IoThread(Dispatcher& dispatcher, bool log_requests, std::atomic<std::size_t>& count)
        : mailbox(std::make_shared<Mailbox>([this] { asio::post(io, [this] { mailbox->hand_out(); }); })),
          group{dispatcher, mailbox, log_requests, false, {}, &count} {
        thread = std::thread([this] { io.run(); });
    }
    /// Answers that come later than this are for nobody.
    ~IoThread() { mailbox->close(); }
};

struct Address {
    sockaddr_storage storage{};
    socklen_t size = 0;
    bool loopback = false;
};

std::optional<Address> parse_address(const std::string& host, std::uint16_t port) {
    Address address;
    in_addr v4{};
    in6_addr v6{};
    if (inet_pton(AF_INET, host == "localhost" ? "127.0.0.1" : host.c_str(), &v4) == 1) {
        sockaddr_in socket_address{};
        socket_address.sin_family = AF_INET;
        socket_address.sin_port = htons(port);
        socket_address.sin_addr = v4;
        address.size = sizeof(socket_address);
        std::memcpy(&address.storage, &socket_address, sizeof(socket_address));
        address.loopback = (ntohl(v4.s_addr) >> 24) == 127;
        return address;
    }
    if (inet_pton(AF_INET6, host.c_str(), &v6) == 1) {
        sockaddr_in6 socket_address{};
        socket_address.sin6_family = AF_INET6;
        socket_address.sin6_port = htons(port);
        socket_address.sin6_addr = v6;
        address.size = sizeof(socket_address);
        std::memcpy(&address.storage, &socket_address, sizeof(socket_address));
        address.loopback = IN6_IS_ADDR_LOOPBACK(&v6);
        return address;
    }
    return std::nullopt;
}

/// A listening socket, or the sentence that says why there is none.
expected<Descriptor, std::string> listen_on(const Address& address, const ServerOptions& options) {
    const std::string place = fmt::format("{}:{}", options.host, options.port);
    Descriptor socket(::socket(address.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const int on = 1;
    ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (socket.get() >= 0 &&
        ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address.storage), address.size) == 0 &&
        ::listen(socket.get(), SOMAXCONN) == 0)
        return socket;
    switch (errno) {
        case EADDRINUSE:
            return unexpected(fmt::format("Port {} of {} is in use by another program. Stop that program, or choose "
                                          "another port with --listen {}:PORT.",
                                          options.port, options.host, options.host));
        case EACCES:
            return unexpected(fmt::format("Listening on {} is not permitted: ports below 1024 need special rights. "
                                          "Choose a higher port with --listen.", place));
        case EADDRNOTAVAIL:
            return unexpected(fmt::format("This machine has no address {}. Choose one of its own with --listen.",
                                          options.host));
        default: return unexpected(fmt::format("Cannot listen on {}: {}.", place, std::strerror(errno)));
    }
}

std::uint16_t port_of(int socket) {
    sockaddr_storage storage{};
    socklen_t size = sizeof(storage);
    check(::getsockname(socket, reinterpret_cast<sockaddr*>(&storage), &size) == 0, "a bound socket has a name");
    if (storage.ss_family == AF_INET6) {
        sockaddr_in6 address{};
        std::memcpy(&address, &storage, sizeof(address));
        return ntohs(address.sin6_port);
    }
    sockaddr_in address{};
    std::memcpy(&address, &storage, sizeof(address));
    return ntohs(address.sin_port);
}

/// The keys as they are stored now; nothing, with a line in the log, when they cannot be read.
std::optional<KeyRing> read_keys(const ServerOptions& options) {
    if (!options.load_keys) return KeyRing();
    const auto stored = options.load_keys();
    if (!stored) {
        log_event(LogLevel::warning, "keys_not_read", {{"detail", stored.error().detail}});
        return std::nullopt;
    }
    if (!*stored) return KeyRing();
    auto ring = KeyRing::parse(**stored);
    if (!ring) log_event(LogLevel::error, "keys_not_read", {{"detail", "the stored keys cannot be read"}});
    return ring;
}

/// Told to a client for whom there is no room, before anything is read.
constexpr std::string_view too_many_text =
    "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

}  // namespace

struct HttpServer::Parts {
    ServerOptions options;
    Dispatcher dispatcher;
    Descriptor listener;
    Descriptor stop_event{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    std::uint16_t port = 0;
    std::atomic<std::size_t> connections{0};
    std::vector<std::unique_ptr<IoThread>> threads;
    std::thread acceptor;
    bool stopped = false;

    Parts(ServerOptions chosen, service::Service& service, KeyRing keys, Descriptor socket)
        : options(std::move(chosen)),
          dispatcher(service, std::move(keys), {options.open, 2, options.send_code, options.trust_forwarded_for}),
          listener(std::move(socket)),
          port(port_of(listener.get())) {
        for (std::size_t index = 0; index < options.threads; ++index)
            threads.push_back(std::make_unique<IoThread>(dispatcher, options.log_requests, connections));
        acceptor = std::thread([this] { accept_connections(); });
    }

    void accept_connections();
    void accept_one(std::size_t& next_thread);
    void stop();
};

/// Waits for connections and, between them, looks for changed keys.
void HttpServer::Parts::accept_connections() {
    std::size_t next_thread = 0;
    auto keys_due = std::chrono::steady_clock::now() + limits::keys_refresh;
    for (;;) {
        std::array<pollfd, 2> waits{{{listener.get(), POLLIN, 0}, {stop_event.get(), POLLIN, 0}}};
        const auto until_keys = std::chrono::duration_cast<std::chrono::milliseconds>(
            keys_due - std::chrono::steady_clock::now());
        ::poll(waits.data(), waits.size(), static_cast<int>(std::max<std::int64_t>(until_keys.count(), 0)));
        if (waits[1].revents != 0) return;
        if (waits[0].revents != 0) accept_one(next_thread);
        if (std::chrono::steady_clock::now() < keys_due) continue;
        keys_due = std::chrono::steady_clock::now() + limits::keys_refresh;
        if (auto keys = read_keys(options)) dispatcher.set_keys(std::move(*keys));
    }
}

void HttpServer::Parts::accept_one(std::size_t& next_thread) {
    const int socket = ::accept4(listener.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (socket < 0) {
        // Out of descriptors: the connection stays in the backlog until some are free again.
        if (errno == EMFILE || errno == ENFILE) std::this_thread::sleep_for(std::chrono::milliseconds(20));
        return;
    }
    if (connections.load() >= limits::connections_max) {
        static_cast<void>(::send(socket, too_many_text.data(), too_many_text.size(), MSG_NOSIGNAL));
        ::close(socket);
        return;
    }
    ++connections;
    IoThread& thread = *threads[next_thread++ % threads.size()];
    asio::post(thread.io, [&thread, socket] { serve_connection(thread.io, socket, thread.group); });
}

void HttpServer::Parts::stop() {
    if (std::exchange(stopped, true)) return;
    dispatcher.set_stopping();
    const std::uint64_t one = 1;
    check(::write(stop_event.get(), &one, sizeof(one)) == sizeof(one), "an eventfd takes a count");
    acceptor.join();
    listener.reset();
    for (const auto& thread : threads) asio::post(thread->io, [&group = thread->group] { stop_connections(group); });
    const auto deadline = std::chrono::steady_clock::now() + limits::stop_wait;
    while (connections.load() > 0 && std::chrono::steady_clock::now() < deadline)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    for (const auto& thread : threads) asio::post(thread->io, [&group = thread->group] { abort_connections(group); });
    const auto aborted = std::chrono::steady_clock::now() + std::chrono::seconds(1);
    while (connections.load() > 0 && std::chrono::steady_clock::now() < aborted)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    for (const auto& thread : threads) {
        thread->guard.reset();
        thread->io.stop();
        thread->thread.join();
    }
}

expected<std::unique_ptr<HttpServer>, std::string> HttpServer::start(ServerOptions options,
                                                                     service::Service& service) {
    const auto address = parse_address(options.host, options.port);
    if (!address)
        return unexpected(fmt::format("'{}' is not an address to listen on: give one like 127.0.0.1 or 0.0.0.0.",
                                      options.host));
    auto keys = read_keys(options);
    if (!keys) return unexpected(std::string("The API keys cannot be read from the database; see the log."));
    if (options.open && !address->loopback)
        return unexpected(fmt::format("--open lets everybody in and is for loopback only, but {} is not. "
                                      "Leave --open out and make a key with 'regulars key create'.", options.host));
    if (!options.open && keys->keys().empty())
        return unexpected(std::string("There is no API key, so nobody could ask anything. Make one with 'regulars key "
                                      "create --db URL --name NAME --scope admin', or, to try things on this machine "
                                      "only, add --open."));
    auto socket = listen_on(*address, options);
    if (!socket) return unexpected(socket.error());
    auto parts = std::make_unique<Parts>(std::move(options), service, std::move(*keys), std::move(*socket));
    return std::unique_ptr<HttpServer>(new HttpServer(std::move(parts)));
}

HttpServer::HttpServer(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

HttpServer::~HttpServer() {
    stop();
}

std::uint16_t HttpServer::port() const {
    return parts_->port;
}

void HttpServer::stop() {
    parts_->stop();
}

std::optional<HostPort> parse_host_port(std::string_view text) {
    HostPort result{"127.0.0.1", 0};
    const auto colon = text.rfind(':');
    std::string_view port = text;
    if (colon != std::string_view::npos) {
        std::string_view host = text.substr(0, colon);
        port = text.substr(colon + 1);
        if (host.starts_with('[')) {
            if (!host.ends_with(']')) return std::nullopt;
            host = host.substr(1, host.size() - 2);
        } else if (host.find(':') != std::string_view::npos) {
            return std::nullopt;
        }
        if (!host.empty()) result.host = host;
    }
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), result.port);
    if (error != std::errc() || end != port.data() + port.size() || port.empty()) return std::nullopt;
    return result;
}

}  // namespace regulars::api

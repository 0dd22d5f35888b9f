// A load generator for the HTTP targets: one thread, epoll, keep-alive connections, one request in flight on each. It
// prints throughput and latency of one kind of work and fails if any answer is not the expected status.
//
//   load --port 8080 --work fill|orders|quotes|bulk|register|claims|rush|redemptions|turns|echo --connections 64
//        --seconds 10 --members 1000000 [--batch 500] [--coupon plenty]
//
// fill: NDJSON of the first order of every member, once, however long it takes. orders: one new order per request, of a
// random member. quotes: a one-line basket for a random member. bulk: NDJSON of `batch` new orders of random members.
// register: NDJSON of every member, once; the first in an empty database, so their ids are 1 to `members`. claims: each
// request takes `coupon` for the next of these members, far from the one before or, with --neighbours, by their ids,
// until time or members are over, and each is given one. rush: every member tries twice at about the same time, and is
// refused where there is none. redemptions: as claims, of the item --coupon for points. turns: as claims, of the draw
// --coupon. echo: GET / of the bare server that is the floor.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "measured.hpp"

namespace {

using Clock = std::chrono::steady_clock;

struct Options {
    std::uint16_t port = 8080;
    std::string work = "orders";
    std::size_t connections = 64;
    double seconds = 10;
    std::uint64_t members = 1'000'000;
    std::size_t batch = 500;
    std::string identity_kind = "customer:shop";
    std::string identity_prefix = "m";
    std::string token;
    std::string day = "2026-01-15";
    std::string coupon = "plenty";
    bool neighbours = false;
    std::uint64_t seed = 1;
};

struct Connection {
    int socket = -1;
    std::string out;
    std::size_t sent = 0;
    std::string in;
    std::size_t work_items = 0;
    Clock::time_point started;
};

[[noreturn]] void fail(const std::string& what) {
    std::fprintf(stderr, "load: %s\n", what.c_str());
    std::exit(1);
}

// splitmix64: the same seed gives the same requests.
std::uint64_t next_random(std::uint64_t& state) {
    std::uint64_t z = (state += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31U);
}

class Requests {
public:
    explicit Requests(const Options& options)
        : options_(options), state_(options.seed), member_order_(options.members, options.neighbours) {
        run_ = std::to_string(Clock::now().time_since_epoch().count() % 1'000'000'000);
    }

    // Whether everything that is to be sent has been sent.
    [[nodiscard]] bool done() const {
        return filled_ >= options_.members || claimed_ >= options_.members * (options_.work == "rush" ? 2 : 1);
    }

    // Fills the connection's next request; returns how many pieces of work it holds.
    std::size_t fill(Connection& connection) {
        if (options_.work == "echo") return write(connection, "GET", "/", "", ""), 1;
        if (options_.work == "quotes")
            return write(connection, "POST", "/v1/quotes",
                         "{" + identity() + ",\"lines\":[{\"sku\":\"A1\",\"quantity\":1,\"amount_minor\":" + amount() +
                             "}]}",
                         "application/json"),
                   1;
        if (options_.work == "orders")
            return write(connection, "POST", "/v1/orders", "{" + identity() + "," + order() + "}", "application/json"),
                   1;
        if (options_.work == "claims" || options_.work == "rush") return claim(connection), 1;
        if (options_.work == "redemptions") return redeem(connection), 1;
        if (options_.work == "turns") return turn(connection), 1;
        std::string body;
        std::size_t lines = 0;
        for (; lines < options_.batch && !done(); ++lines)
            body += options_.work == "register" ? registration()
                                                : "{\"type\":\"order_created\"," + identity() + "," + order() + "}\n";
        write(connection, "POST", "/v1/bulk", body, "application/x-ndjson");
        return lines;
    }

private:
    std::string identity() {
        const bool each_once = options_.work == "fill" || options_.work == "register";
        const std::uint64_t member = each_once ? ++filled_ : next_random(state_) % options_.members + 1;
        return "\"identity\":{\"kind\":\"" + options_.identity_kind + "\",\"value\":\"" + options_.identity_prefix +
               std::to_string(member) + "\"}";
    }
    std::string registration() {
        return "{\"type\":\"registered\"," + identity() + ",\"create\":true,\"at\":\"" + options_.day +
               "T10:00:00Z\"}\n";
    }
    void claim(Connection& connection) {
        const std::uint64_t place = claimed_++;
        const std::uint64_t member = member_order_.at(options_.work == "rush" ? place / 2 : place);
        write(connection, "POST", "/v1/members/" + std::to_string(member) + "/coupons/claims",
              "{\"coupon\":\"" + options_.coupon + "\",\"reference\":\"load-" + run_ + "-" + std::to_string(place) +
                  "\"}",
              "application/json");
    }
    void redeem(Connection& connection) {
        const std::uint64_t place = claimed_++;
        write(connection, "POST", "/v1/members/" + std::to_string(member_order_.at(place)) + "/redemptions",
              "{\"item\":\"" + options_.coupon + "\",\"redemption_id\":\"load-" + run_ + "-" + std::to_string(place) +
                  "\"}",
              "application/json");
    }
    void turn(Connection& connection) {
        const std::uint64_t place = claimed_++;
        write(connection, "POST",
              "/v1/members/" + std::to_string(member_order_.at(place)) + "/activities/" + options_.coupon + "/turns",
              "{\"reference\":\"load-" + run_ + "-" + std::to_string(place) + "\"}", "application/json");
    }
    std::string amount() { return std::to_string(1000 + next_random(state_) % 50'000); }
    std::string order() {
        ++orders_;
        const std::string at = options_.day + "T10:00:00Z";
        return "\"create\":true,\"at\":\"" + at + "\",\"order_id\":\"load-" + run_ + "-" + std::to_string(orders_) +
               "\",\"paid_at\":\"" + at + "\",\"shipped_at\":\"" + at +
               "\",\"lines\":[{\"sku\":\"A1\",\"product\":\"P1\",\"quantity\":1,\"amount_minor\":" + amount() + "}]";
    }
    void write(Connection& connection, const char* method, const std::string& path, const std::string& body,
               const char* type) {
        connection.out = std::string(method) + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
        if (!options_.token.empty()) connection.out += "Authorization: Bearer " + options_.token + "\r\n";
        if (*type != '\0') connection.out += std::string("Content-Type: ") + type + "\r\n";
        connection.out += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    }

    const Options& options_;
    std::uint64_t state_;
    std::uint64_t orders_ = 0;
    std::uint64_t filled_ = 0;
    std::uint64_t claimed_ = 0;
    regulars::bench::MemberOrder member_order_;
    std::string run_;
};

int connect_to(std::uint16_t port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        fail("cannot connect to 127.0.0.1:" + std::to_string(port) + ": " + std::strerror(errno));
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::fcntl(socket, F_SETFL, O_NONBLOCK);
    return socket;
}

// The size of the whole answer once it is there, else 0. Chunked answers end with the empty chunk.
std::size_t answer_size(const std::string& in) {
    const std::size_t head = in.find("\r\n\r\n");
    if (head == std::string::npos) return 0;
    std::string headers = in.substr(0, head + 2);
    std::transform(headers.begin(), headers.end(), headers.begin(), [](unsigned char c) { return std::tolower(c); });
    const std::size_t length = headers.find("\r\ncontent-length:");
    if (length != std::string::npos) {
        const std::size_t size = head + 4 + std::strtoull(headers.c_str() + length + 17, nullptr, 10);
        return in.size() >= size ? size : 0;
    }
    return in.ends_with("\r\n0\r\n\r\n") ? in.size() : 0;
}

struct Totals {
    std::uint64_t requests = 0;
    std::uint64_t work_items = 0;
    std::uint64_t given = 0;
    std::uint64_t refused = 0;   // 429: the queue was full
    std::uint64_t sold_out = 0;  // by a claim that found none
    std::uint64_t had_one = 0;   // by a member's second claim
    regulars::bench::Latencies latencies;
};

void send_more(Connection& connection) {
    while (connection.sent < connection.out.size()) {
        const ssize_t size = ::send(connection.socket, connection.out.data() + connection.sent,
                                    connection.out.size() - connection.sent, MSG_NOSIGNAL);
        if (size < 0 && errno == EAGAIN) return;
        if (size <= 0) fail(std::string("send: ") + std::strerror(errno));
        connection.sent += static_cast<std::size_t>(size);
    }
}

void start(Connection& connection, Requests& requests) {
    connection.in.clear();
    connection.sent = 0;
    connection.work_items = requests.fill(connection);
    connection.started = Clock::now();
    send_more(connection);
}

// Reads what is there; true when the whole answer has come.
bool receive(Connection& connection) {
    char buffer[65536];
    for (;;) {
        const ssize_t size = ::recv(connection.socket, buffer, sizeof buffer, 0);
        if (size < 0 && errno == EAGAIN) return answer_size(connection.in) != 0;
        if (size <= 0) fail("the server closed the connection");
        connection.in.append(buffer, static_cast<std::size_t>(size));
    }
}

// Work of which every member gets something once.
bool counts_given(const std::string& work) {
    return work == "claims" || work == "rush" || work == "redemptions" || work == "turns";
}

void finish(const Options& options, const Connection& connection, Totals& totals) {
    const int status = std::atoi(connection.in.c_str() + 9);
    const auto says = [&](const char* code) { return connection.in.find(code) != std::string::npos; };
    ++totals.requests;
    if (status == 429) {
        ++totals.refused;
        return;
    }
    bool expected = status >= 200 && status < 300;
    if (counts_given(options.work)) {
        const bool given = status == 201;  // 200 would be a claim that was made before
        const bool refused = options.work == "rush" && status == 409;
        const bool sold_out = refused && says("\"coupon_sold_out\"");
        const bool had_one = refused && says("\"coupon_limit_reached\"");
        totals.given += given ? 1U : 0U;
        totals.sold_out += sold_out ? 1U : 0U;
        totals.had_one += had_one ? 1U : 0U;
        expected = given || sold_out || had_one;
    }
    if (!expected) fail("unexpected answer: " + connection.in.substr(0, 600));
    totals.work_items += connection.work_items;
    const std::chrono::duration<float, std::milli> latency = Clock::now() - connection.started;
    totals.latencies.add(latency.count());
}

void print(const Options& options, Totals& totals, double seconds) {
    std::string more =
        ",\"requests\":" + std::to_string(totals.requests) + ",\"refused\":" + std::to_string(totals.refused);
    if (counts_given(options.work))
        more += ",\"given\":" + std::to_string(totals.given) + ",\"sold_out\":" + std::to_string(totals.sold_out) +
                ",\"had_one\":" + std::to_string(totals.had_one);
    totals.latencies.print(options.work, options.connections, seconds, totals.work_items, more);
}

void run(const Options& options) {
    Requests requests(options);
    std::vector<Connection> connections(options.connections);
    const int poll = ::epoll_create1(0);
    for (std::size_t i = 0; i < connections.size(); ++i) {
        connections[i].socket = connect_to(options.port);
        epoll_event event{};
        event.events = EPOLLIN | EPOLLOUT | EPOLLET;
        event.data.u64 = i;
        ::epoll_ctl(poll, EPOLL_CTL_ADD, connections[i].socket, &event);
    }
    Totals totals;
    const auto begin = Clock::now();
    const bool to_the_end = options.work == "fill" || options.work == "register" || options.work == "rush";
    const double seconds = to_the_end ? 1e6 : options.seconds;
    const auto stop = begin + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
    for (Connection& connection : connections) start(connection, requests);
    std::size_t running = connections.size();
    std::vector<epoll_event> events(connections.size());
    while (running > 0) {
        const int count = ::epoll_wait(poll, events.data(), static_cast<int>(events.size()), 30'000);
        if (count <= 0) fail("no answer for 30 seconds");
        for (int i = 0; i < count; ++i) {
            Connection& connection = connections[events[static_cast<std::size_t>(i)].data.u64];
            send_more(connection);
            if (!receive(connection)) continue;
            finish(options, connection, totals);
            connection.in.clear();  // an event may still come for a connection that is done
            if (Clock::now() < stop && !requests.done())
                start(connection, requests);
            else
                --running;
        }
    }
    print(options, totals, std::chrono::duration<double>(Clock::now() - begin).count());
    for (const Connection& connection : connections) ::close(connection.socket);
    ::close(poll);
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app{"Load generator for a local Regulars service"};
    app.add_option("--port", options.port);
    app.add_option("--work", options.work)
        ->check(CLI::IsMember(
            {"fill", "orders", "quotes", "bulk", "register", "claims", "rush", "redemptions", "turns", "echo"}));
    app.add_option("--connections", options.connections)->check(CLI::Range(1, 1024));
    app.add_option("--seconds", options.seconds)->check(CLI::Range(0.1, 600.0));
    app.add_option("--members", options.members)->check(CLI::Range(1, 100'000'000));
    app.add_option("--batch", options.batch)->check(CLI::Range(1, 10'000));
    app.add_option("--identity-kind", options.identity_kind);
    app.add_option("--identity-prefix", options.identity_prefix);
    app.add_option("--token", options.token);
    app.add_option("--day", options.day);
    app.add_option("--coupon", options.coupon);
    app.add_flag("--neighbours", options.neighbours);
    app.add_option("--seed", options.seed);
    CLI11_PARSE(app, argc, argv);
    run(options);
}

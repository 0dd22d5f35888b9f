// How the peers of the claims benchmark are asked: one thread, one claim in flight on each connection, every claim for
// another member. Programs differ in their Client only:
//
//   int socket()                     a connection, ready for the first claim
//   void claim(member, reference)    sends the first part of a claim
//   std::optional<bool> answer()     what there is to read has come; the claim's answer once it is complete: given?
#pragma once

#include <sys/epoll.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "measured.hpp"

namespace regulars::bench {

struct PeerOptions {
    std::size_t connections = 64;
    double seconds = 10;
    std::uint64_t members = 200'000;
    std::uint64_t stock = 10'000'000;
};

inline void add_options(CLI::App& app, PeerOptions& options) {
    app.add_option("--connections", options.connections)->check(CLI::Range(1, 150));
    app.add_option("--seconds", options.seconds)->check(CLI::Range(0.1, 600.0));
    app.add_option("--members", options.members)->check(CLI::Range(1, 100'000'000));
    app.add_option("--stock", options.stock)->check(CLI::Range(1, 1'000'000'000));
}

[[noreturn]] inline void fail(const std::string& what) {
    std::fprintf(stderr, "%s\n", what.c_str());
    std::exit(1);
}

/// Returns how many claims were given.
template <typename Client>
std::uint64_t measure_claims(const std::string& name, std::vector<Client>& clients, const PeerOptions& options) {
    using Clock = std::chrono::steady_clock;
    const MemberOrder order(options.members);
    const int poll = ::epoll_create1(0);
    std::vector<Clock::time_point> started(clients.size());
    std::uint64_t asked = 0;
    std::uint64_t given = 0;
    Latencies latencies;
    const auto ask = [&](std::size_t index) {
        started[index] = Clock::now();
        clients[index].claim(order.at(asked), "claim-" + std::to_string(asked));
        ++asked;
    };
    const auto begin = Clock::now();
    const auto stop =
        begin + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(options.seconds));
    std::size_t running = 0;
    for (; running < clients.size() && asked < options.members; ++running) {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u64 = running;
        ::epoll_ctl(poll, EPOLL_CTL_ADD, clients[running].socket(), &event);
        ask(running);
    }
    std::vector<epoll_event> events(clients.size());
    while (running > 0) {
        const int count = ::epoll_wait(poll, events.data(), static_cast<int>(events.size()), 30'000);
        if (count <= 0) fail("no answer for 30 seconds");
        for (int i = 0; i < count; ++i) {
            const auto index = static_cast<std::size_t>(events[static_cast<std::size_t>(i)].data.u64);
            const std::optional<bool> answer = clients[index].answer();
            if (!answer) continue;
            given += *answer ? 1U : 0U;
            latencies.add(std::chrono::duration<float, std::milli>(Clock::now() - started[index]).count());
            if (Clock::now() < stop && asked < options.members)
                ask(index);
            else
                --running;
        }
    }
    const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    latencies.print(name, options.connections, seconds, given, ",\"given\":" + std::to_string(given));
    ::close(poll);
    return given;
}

/// What the peer has stored must be what it answered.
inline void check_given(const char* what, std::uint64_t expected, std::uint64_t found) {
    if (expected != found)
        fail(std::string(what) + ": " + std::to_string(expected) + " expected, " + std::to_string(found) + " found");
}

}  // namespace regulars::bench

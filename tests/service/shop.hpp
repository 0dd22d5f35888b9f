// A shop for tests: a fresh database with a programme, a clock that only the test moves, and services on it.
#pragma once

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "database.hpp"
#include "service/replay.hpp"
#include "service/service.hpp"

namespace regulars::service {

/// What a request came to.
struct Answered {
    std::vector<Reply> replies;  ///< empty when the stored answer was given
    std::int32_t status = 0;
    std::string body;            ///< told() of each reply, a line each
    bool replayed = false;
};

/// "member 1 event 2 vip 0+20", "member 1 duplicate", "refund_over_order".
[[nodiscard]] std::string told(const Reply& reply);

/// The value; an exception, which fails the test, where storage failed.
template <class Value>
[[nodiscard]] Value must(Stored<Value> stored) {
    if (!stored) throw std::runtime_error(stored.error().detail);
    return std::move(*stored);
}

class Shop {
public:
    static constexpr std::string_view vancl = "programmes/vancl.yaml";
    static constexpr std::string_view checkout = "tests/service/checkout.yaml";
    /// Has coupons that are taken with unique codes, and partners' coupons.
    static constexpr std::string_view codes = "tests/engine/programmes/codes.yaml";

    explicit Shop(contract::Backend backend, std::string_view programme = vancl);
    /// The same database seen through stores that are opened by `open_store`.
    [[nodiscard]] std::unique_ptr<Service> start(ServiceOptions options) const;
    /// Without a scheduler.
    [[nodiscard]] std::unique_ptr<Service> start() const;
    [[nodiscard]] ServiceOptions options() const;

    [[nodiscard]] std::unique_ptr<Store> open() const { return database_.open(); }
    [[nodiscard]] const std::string& url() const { return database_.url(); }
    void set_clock(std::string_view local_time);
    [[nodiscard]] Instant now() const { return {clock_->load()}; }

    /// Replays everything and gives the differences, a line each; empty when there is none.
    [[nodiscard]] std::string replay_differences() const;
    /// All members' bytes and all their rows as one text, to compare databases by.
    [[nodiscard]] std::string contents() const;

private:
    contract::Database database_;
    std::unique_ptr<Store> keeper_;  ///< a database in memory lives as long as somebody holds it
    std::shared_ptr<std::atomic<std::int64_t>> clock_;
};

/// A programme's text with another version, as an operator would edit it.
[[nodiscard]] std::string edited_programme(std::uint32_t version, std::string_view path = Shop::vancl);

/// Submits; the answer comes later.
[[nodiscard]] std::future<Answered> submit(Service& service, std::vector<Command> commands, std::string key = {},
                                           std::string input_hash = {});
/// Waits for an answer; the test fails when it does not come.
[[nodiscard]] Answered wait_for(std::future<Answered> answer);
/// Submits and waits for the answer.
[[nodiscard]] Answered ask(Service& service, std::vector<Command> commands, std::string key = {},
                           std::string input_hash = {});
/// The same for commands about different members that happen at one instant, all or none.
[[nodiscard]] Answered ask_together(Service& service, std::vector<Command> commands, std::string key = {});
/// told() of the only command's reply.
[[nodiscard]] std::string tell(Service& service, Command command);
/// Waits for something that other threads bring about; false when it does not come in a minute.
[[nodiscard]] bool eventually(const std::function<bool()>& holds);

// Commands; times are local ("2026-03-01T10:00"), `who` a customer number.
[[nodiscard]] Instant local(std::string_view text);
[[nodiscard]] Target customer(std::string_view who);
[[nodiscard]] Command command(std::string_view who, std::string_view at, engine::Fact fact);
/// Paid and shipped at once.
[[nodiscard]] Command order(std::string_view who, std::string_view at, std::string_view order_id,
                            std::int64_t amount_minor);

}  // namespace regulars::service

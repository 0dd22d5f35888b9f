// A few stores for reading, lent to whoever asks: readers on any thread share them and never wait for the writer.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <type_traits>
#include <vector>

#include "service/connection.hpp"

namespace regulars::service {

class ReaderPool {
public:
    ReaderPool(const OpenStore& open_store, const std::string& url, std::size_t connections);

    /// Runs `read(Store&)`, which gives a Stored<...>, on a connection that is free. `locked` when none becomes free in
    /// time.
    template <class Read>
    std::invoke_result_t<Read, Store&> run(Read read) {
        std::unique_ptr<Connection> connection = take();
        if (connection == nullptr) return unexpected(none_free());
        const Return give_back{*this, connection};
        const Stored<Store*> store = connection->get();
        if (!store) return unexpected(store.error());
        auto result = read(**store);
        if (!result) connection->note(result.error());
        return result;
    }

private:
    struct Return {
        ReaderPool& pool;
        std::unique_ptr<Connection>& connection;
        ~Return() { pool.give_back(std::move(connection)); }
    };
    std::unique_ptr<Connection> take();
    void give_back(std::unique_ptr<Connection> connection);
    [[nodiscard]] static StoreFailure none_free();

    static constexpr std::chrono::seconds wait_max{5};

    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<Connection>> free_;
};

}  // namespace regulars::service

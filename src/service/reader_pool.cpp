#include "service/reader_pool.hpp"

#include <utility>

namespace regulars::service {

ReaderPool::ReaderPool(const OpenStore& open_store, const std::string& url, std::size_t connections) {
    for (std::size_t i = 0; i < connections; ++i) free_.push_back(std::make_unique<Connection>(open_store, url));
}

std::unique_ptr<Connection> ReaderPool::take() {
    std::unique_lock lock(mutex_);
    if (!returned_.wait_for(lock, wait_max, [&] { return !free_.empty(); })) return nullptr;
    auto connection = std::move(free_.back());
    free_.pop_back();
    return connection;
}

void ReaderPool::give_back(std::unique_ptr<Connection> connection) {
    {
        const std::lock_guard lock(mutex_);
        free_.push_back(std::move(connection));
    }
    returned_.notify_one();
}

StoreFailure ReaderPool::none_free() {
    return {StoreError::locked, "all connections for reading are busy"};
}

}  // namespace regulars::service

// Holds a service's writer, so that a test can see what happens while everything waits for it.
#pragma once

#include <future>
#include <memory>

#include "service/service.hpp"

namespace regulars::api {

class WriterHold {
public:
    /// Returns when the writer is held.
    explicit WriterHold(service::Service& service);
    ~WriterHold() { release(); }
    WriterHold(const WriterHold&) = delete;
    WriterHold& operator=(const WriterHold&) = delete;

    void release();

private:
    std::promise<void> released_;
    std::shared_future<void> answered_;
    bool is_released_ = false;
};

}  // namespace regulars::api

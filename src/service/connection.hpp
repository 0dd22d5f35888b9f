// One store, opened when it is needed and again after it has broken.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "service/store.hpp"

namespace regulars::service {

/// Belongs to one thread at a time, as the store does.
class Connection {
public:
    Connection(OpenStore open_store, std::string url) : open_store_(std::move(open_store)), url_(std::move(url)) {}

    /// The store; opens it where there is none.
    Stored<Store*> get() {
        if (store_ == nullptr) {
            auto opened = open_store_(url_);
            if (!opened) return unexpected(std::move(opened.error()));
            store_ = std::move(*opened);
        }
        return store_.get();
    }

    /// Looks at why the store failed: one that is gone is opened anew by the next `get`.
    void note(const StoreFailure& failure) {
        if (failure.error == StoreError::unavailable || failure.error == StoreError::outcome_unknown) store_.reset();
    }

private:
    OpenStore open_store_;
    std::string url_;
    std::unique_ptr<Store> store_;
};

}  // namespace regulars::service

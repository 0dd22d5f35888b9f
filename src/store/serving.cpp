#include "store/failure.hpp"
#include "store/open.hpp"
#include "store/place.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

namespace regulars::store {

namespace {

class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() { ::close(number_); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    [[nodiscard]] int number() const { return number_; }

private:
    int number_;
};

}  // namespace

// The lock of a whole file, which SQLite does not use, on a descriptor of its own. Closing it takes SQLite's own locks
// on the file with it, as closing any descriptor of a process does: hence "after every store".
service::Stored<std::shared_ptr<void>> serve_alone(const std::string& url) {
    return guarded([&]() -> std::shared_ptr<void> {
        const Place place = place_of(url);
        if (place.dialect != Dialect::sqlite) return nullptr;
        const int number = ::open(place.target.c_str(), O_RDONLY | O_CLOEXEC);
        if (number < 0) fail(service::StoreError::unavailable, "the file cannot be opened");
        auto file = std::make_shared<Descriptor>(number);
        if (::flock(file->number(), LOCK_EX | LOCK_NB) == 0) return file;
        if (errno != EWOULDBLOCK) fail(service::StoreError::unavailable, "the file cannot be locked");
        fail(service::StoreError::locked, "another 'regulars serve' has it, and would not see what this one writes");
    });
}

}  // namespace regulars::store

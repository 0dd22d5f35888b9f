#include "server/seal_key_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <optional>
#include <string_view>
#include <system_error>

#include <fmt/format.h>
#include <sodium.h>

#include "base/check.hpp"

namespace regulars::server {

namespace {

constexpr std::size_t hex_size = 2 * store::seal_key_bytes;
constexpr std::size_t file_size_max = 200;

/// An open file, closed in every case.
class File {
public:
    File(const std::string& path, int flags, mode_t mode = 0)
        : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
    ~File() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    [[nodiscard]] int descriptor() const { return descriptor_; }
    [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }

private:
    int descriptor_;
};

std::string reason_of(int error) {
    return std::generic_category().message(error);
}

std::optional<store::SealKey> key_of(std::string_view text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
    store::SealKey key{};
    std::size_t size = 0;
    const int parsed =
        text.size() == hex_size
            ? sodium_hex2bin(key.data(), key.size(), text.data(), text.size(), nullptr, &size, nullptr)
            : sodium_base642bin(key.data(), key.size(), text.data(), text.size(), nullptr, &size, nullptr,
                                sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return parsed == 0 && size == key.size() ? std::optional(key) : std::nullopt;
}

std::shared_ptr<const store::Seal> seal_of(store::SealKey& key) {
    auto seal = std::make_shared<const store::Seal>(key);
    sodium_memzero(key.data(), key.size());
    return seal;
}

bool write_whole(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const auto written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return ::fsync(descriptor) == 0;
}

}  // namespace

expected<std::shared_ptr<const store::Seal>, std::string> read_seal(const std::string& path) {
    const File file(path, O_RDONLY);
    if (!file.is_open())
        return unexpected(fmt::format("the key file {} cannot be read: {}. 'regulars seal make-key FILE' makes one.",
                                      path, reason_of(errno)));
    struct stat about{};
    if (::fstat(file.descriptor(), &about) != 0 || !S_ISREG(about.st_mode))
        return unexpected(fmt::format("{} is no file: name the key file itself.", path));
    if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return unexpected(fmt::format("others than its owner may use the key file {}: take that away with "
                                      "'chmod 600 {}'.", path, path));
    std::array<char, file_size_max> text{};
    const auto size = ::read(file.descriptor(), text.data(), text.size());
    auto key = size > 0 ? key_of({text.data(), static_cast<std::size_t>(size)}) : std::nullopt;
    sodium_memzero(text.data(), text.size());
    if (!key)
        return unexpected(fmt::format("{} holds no key: it should be one line of 64 hex digits, or of 43 letters in "
                                      "base64url. 'regulars seal make-key FILE' makes one.", path));
    return seal_of(*key);
}

expected<std::shared_ptr<const store::Seal>, std::string> make_seal(const std::string& path) {
    check(sodium_init() >= 0, "libsodium starts");
    const File file(path, O_WRONLY | O_CREAT | O_EXCL, S_IRUSR | S_IWUSR);
    if (!file.is_open())
        return unexpected(fmt::format("the key file {} cannot be made: {}. A key is never written over another; name "
                                      "a new file.", path, reason_of(errno)));
    store::SealKey key{};
    randombytes_buf(key.data(), key.size());
    std::string text(hex_size + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), key.data(), key.size());
    text.back() = '\n';
    const bool kept = write_whole(file.descriptor(), text);
    sodium_memzero(text.data(), text.size());
    if (!kept) {
        ::unlink(path.c_str());
        return unexpected(fmt::format("the key file {} cannot be written: {}.", path, reason_of(errno)));
    }
    return seal_of(key);
}

}  // namespace regulars::server

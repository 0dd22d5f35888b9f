// The file with the key of a seal: 32 random bytes in one line, as 64 hex digits or in base64url. Nobody but its owner
// may read it.
#pragma once

#include <memory>
#include <string>

#include "base/expected.hpp"
#include "store/seal.hpp"

namespace regulars::server {

/// The seal of the key in the file, or a sentence that says what is wrong with the file and what to do.
[[nodiscard]] expected<std::shared_ptr<const store::Seal>, std::string> read_seal(const std::string& path);

/// Makes a new file with a new key, on the disk when this returns; a sentence when it cannot, or when there is one.
[[nodiscard]] expected<std::shared_ptr<const store::Seal>, std::string> make_seal(const std::string& path);

}  // namespace regulars::server

// What nearly every file includes, compiled once for each target. Only what others maintain: a header of ours in here
// would rebuild everything. Every file still names what it uses; the build with REGULARS_PRECOMPILED=OFF proves it.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <variant>
#include <vector>

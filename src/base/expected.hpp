// A value or the reason why there is none: how every expected failure travels. The reason is a closed enum or a
// small value; exceptions are left to adapters at the edge.
#pragma once

#include <tl/expected.hpp>

namespace regulars {

template <class Value, class Error>
using expected = tl::expected<Value, Error>;

using tl::unexpected;

}  // namespace regulars

// Codes to print and scan, as SVG drawings: QR (ISO/IEC 18004) for phones, Code 128 (ISO/IEC 15417) for tills.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace regulars::api {

enum class BarcodeForm : unsigned char { qr, code_128 };

inline constexpr std::size_t barcode_text_size_max = 300;

/// Black on white, with the margin that scanners need; Code 128 with the text below it. Nothing when the text is empty,
/// too long, or holds what the form cannot.
[[nodiscard]] std::optional<std::string> barcode_svg(std::string_view text, BarcodeForm form);

}  // namespace regulars::api

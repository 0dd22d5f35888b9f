#include "api/barcodes.hpp"

#include <algorithm>
#include <iterator>
#include <memory>

#include <fmt/format.h>
#include <zint.h>

#include "base/check.hpp"

namespace regulars::api {

namespace {

struct Delete {
    void operator()(zint_symbol* symbol) const { ZBarcode_Delete(symbol); }
};

bool is_printable(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

std::string drawing_of(const zint_vector& vector, std::string_view text) {
    std::string svg = fmt::format(
        R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0:g} {1:g}" width="{0:g}" height="{1:g}">)"
        R"(<rect width="100%" height="100%" fill="#fff"/><path d=")",
        vector.width, vector.height);
    auto out = std::back_inserter(svg);
    for (const auto* bar = vector.rectangles; bar != nullptr; bar = bar->next)
        fmt::format_to(out, "M{:g} {:g}h{:g}v{:g}h-{:g}z", bar->x, bar->y, bar->width, bar->height, bar->width);
    svg += R"(" fill="#000"/>)";
    // Letters and digits alone stand below a Code 128 here; nothing that would need escaping.
    for (const auto* line = vector.strings; line != nullptr; line = line->next)
        if (text.find_first_of("<>&\"") == std::string_view::npos)
            fmt::format_to(out, R"(<text x="{:g}" y="{:g}" font-family="monospace" font-size="{:g}")"
                                R"( text-anchor="middle">{}</text>)",
                           line->x, line->y, line->fsize, text);
    return svg + "</svg>\n";
}

}  // namespace

std::optional<std::string> barcode_svg(std::string_view text, BarcodeForm form) {
    if (text.empty() || text.size() > barcode_text_size_max || !is_printable(text)) return std::nullopt;
    const std::unique_ptr<zint_symbol, Delete> symbol(ZBarcode_Create());
    check(symbol != nullptr, "there is memory for a barcode");
    symbol->symbology = form == BarcodeForm::qr ? BARCODE_QRCODE : BARCODE_CODE128;
    symbol->output_options |= BARCODE_QUIET_ZONES;
    constexpr int medium_correction = 2;
    if (form == BarcodeForm::qr) symbol->option_1 = medium_correction;
    const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
    const int made = ZBarcode_Encode_and_Buffer_Vector(symbol.get(), bytes, static_cast<int>(text.size()), 0);
    if (made >= ZINT_ERROR || symbol->vector == nullptr) return std::nullopt;
    return drawing_of(*symbol->vector, text);
}

}  // namespace regulars::api

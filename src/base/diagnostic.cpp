#include "base/diagnostic.hpp"

namespace regulars {

std::string text_of(const Diagnostic& diagnostic) {
    std::string text;
    if (!diagnostic.file.empty()) text += diagnostic.file + ":";
    if (diagnostic.line != 0)
        text += std::to_string(diagnostic.line) + ":" + std::to_string(diagnostic.column) + ": ";
    else if (!text.empty())
        text += " ";
    if (!diagnostic.path.empty()) text += diagnostic.path + ": ";
    text += diagnostic.message;
    if (!diagnostic.found.empty()) text += ": found " + diagnostic.found;
    if (!diagnostic.allowed.empty())
        text += (diagnostic.found.empty() ? ": allowed " : ", allowed ") + diagnostic.allowed;
    if (!diagnostic.suggestion.empty()) text += "; did you mean " + diagnostic.suggestion + "?";
    return text;
}

}  // namespace regulars

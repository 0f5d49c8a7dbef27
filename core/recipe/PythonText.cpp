// Values as Python literals.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/PythonText.h"

#include "core/Error.h"
#include "core/recipe/Node.h"

#include <QString>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string_view>

namespace tintype {

namespace {

constexpr std::array<std::string_view, 35> KEYWORDS = {
    "False",  "None",     "True", "and",    "as",   "assert", "async",   "await",  "break", "class",  "continue", "def",
    "del",    "elif",     "else", "except", "for",  "from",   "finally", "global", "if",    "import", "in",       "is",
    "lambda", "nonlocal", "not",  "or",     "pass", "raise",  "return",  "try",    "while", "with",   "yield"};

std::string hexEscape(const char* format, unsigned code) {
    char buffer[12];
    std::snprintf(buffer, sizeof buffer, format, code);
    return buffer;
}

/// The length of the valid UTF-8 sequence that begins here; 0 for none.
std::size_t sequenceLength(std::string_view text) {
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t length = first < 0x80   ? 1
                               : first < 0xC2 ? 0
                               : first < 0xE0 ? 2
                               : first < 0xF0 ? 3
                               : first < 0xF5 ? 4
                                              : 0;
    if (length < 2)
        return length;
    if (text.size() < length)
        return 0;
    const QByteArrayView bytes(text.data(), qsizetype(length));
    return QString::fromUtf8(bytes).toUtf8() == bytes ? length : 0;
}

std::string escaped(char character) {
    switch (character) {
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    default:
        break;
    }
    const auto code = static_cast<unsigned char>(character);
    return code < 0x20 || code == 0x7F ? hexEscape("\\x%02x", code) : std::string(1, character);
}

std::string bytesLiteral(const Bytes& bytes) {
    std::string text = "b\"";
    for (const std::uint8_t byte : bytes)
        text += byte < 0x80 ? escaped(char(byte)) : hexEscape("\\x%02x", byte);
    return text + "\"";
}

std::string listLiteral(const List& list, const std::function<std::string(const NodeOutput&)>& outputText) {
    std::string text = "[";
    for (const Value& item : list)
        text += (text.size() > 1 ? ", " : "") + pythonLiteral(item, outputText);
    return text + "]";
}

bool isIdentifierPart(char32_t code) {
    return code == '_' || QChar::isLetter(code) || QChar::isDigit(code) || QChar::isMark(code);
}

} // namespace

std::string pythonString(const std::string& text) {
    std::string quoted = "\"";
    for (std::string_view rest = text; !rest.empty();) {
        const std::size_t length = sequenceLength(rest);
        if (length == 0)
            quoted += hexEscape("\\udc%02x", static_cast<unsigned char>(rest.front()));
        else if (length == 1)
            quoted += escaped(rest.front());
        else
            quoted += rest.substr(0, length);
        rest.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return quoted + "\"";
}

std::string pythonLiteral(const Value& value, const std::function<std::string(const NodeOutput&)>& outputText) {
    if (auto* text = value.as<std::string>())
        return pythonString(*text);
    if (auto* list = value.as<List>())
        return listLiteral(*list, outputText);
    if (auto* output = value.as<NodeOutput>())
        return outputText(*output);
    if (auto* bytes = value.as<BytesPtr>())
        return bytesLiteral(*bytes ? **bytes : Bytes());
    if (auto* number = value.as<double>(); number && !std::isfinite(*number))
        return "float(\"" + value.toText() + "\")";
    return value.toText();
}

std::string pythonLiteral(const Value& value) {
    return pythonLiteral(value, [](const NodeOutput& output) -> std::string {
        throw Error(ErrorCode::Recipe,
                    "the result of the step \"" + output.node->operation() + "\" is not a plain value");
    });
}

bool isPythonKeyword(const std::string& name) {
    return std::find(KEYWORDS.begin(), KEYWORDS.end(), name) != KEYWORDS.end();
}

std::string pythonKeyword(const std::string& name, const std::string& value) {
    return isPythonKeyword(name) ? "**{" + pythonString(name) + ": " + value + "}" : name + "=" + value;
}

std::string pythonName(const std::string& text, const std::string& fallback) {
    // Python compares names in this form.
    const QString normal = QString::fromStdString(text).normalized(QString::NormalizationForm_KC);
    std::u32string name;
    for (const char32_t code : normal.toStdU32String()) {
        if (isIdentifierPart(code))
            name += code;
        else if (!name.empty() && name.back() != U'_')
            name += U'_';
    }
    while (!name.empty() && name.back() == U'_')
        name.pop_back();
    if (name.empty())
        return fallback;
    std::string result = QString::fromStdU32String(name).toStdString();
    if (!QChar::isLetter(name.front()) && name.front() != U'_')
        result.insert(0, fallback + "_");
    return isPythonKeyword(result) ? result + "_" : result;
}

} // namespace tintype

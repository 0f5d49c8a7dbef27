// Reads the Python stack of a thread without the GIL.
// SPDX-License-Identifier: GPL-3.0-or-later
#define Py_BUILD_CORE 1
#include <Python.h>

#include <internal/pycore_frame.h>

#include "scripting/StackReader.h"

#include <vector>

static_assert(PY_MAJOR_VERSION == 3 && PY_MINOR_VERSION == 11, "the structures read here are those of CPython 3.11");

namespace tintype {

namespace {

constexpr int MOST_LINES = 60;
constexpr int MOST_CHARACTERS = 400;
constexpr Py_ssize_t MOST_TABLE_BYTES = 1 << 20;

/// Goes through a code object's table of source lines: entries of one byte that says kind and length, and what belongs to
/// the kind (CPython's Objects/locations.md).
class LineTable {
public:
    LineTable(std::vector<unsigned char> bytes, int firstLine) : m_bytes(std::move(bytes)), m_line(unsigned(firstLine)) {}

    /// The line of the code unit; 0 for none.
    int lineOf(long unit) {
        long end = 0;
        while (m_next < m_bytes.size()) {
            const unsigned char head = take();
            const int kind = (head >> 3) & 15;
            const int change = lineChange(kind);
            m_line += unsigned(change);
            skipRest();
            end += (head & 7) + 1;
            if (unit < end)
                return kind == 15 ? 0 : int(m_line);
        }
        return 0;
    }

private:
    unsigned char take() { return m_next < m_bytes.size() ? m_bytes[m_next++] : 0; }
    int lineChange(int kind) {
        if (kind == 13 || kind == 14)
            return takeSigned();
        return kind >= 10 && kind <= 12 ? kind - 10 : 0;
    }
    int takeSigned() {
        unsigned value = 0;
        unsigned char byte = 0;
        int shift = 0;
        do {
            byte = take();
            value |= unsigned(byte & 63) << shift;
            shift += 6;
        } while (byte & 64 && shift < 30);
        return value & 1 ? -int(value >> 1) : int(value >> 1);
    }
    void skipRest() {
        while (m_next < m_bytes.size() && !(m_bytes[m_next] & 128))
            ++m_next;
    }

    const std::vector<unsigned char> m_bytes;
    std::size_t m_next = 0;
    unsigned m_line; ///< in a torn table the sum may be anything
};

} // namespace

QString PythonStack::text() const {
    QString text;
    for (auto line = lines.crbegin(); line != lines.crend(); ++line)
        text += QStringLiteral("  File \"%1\", line %2, in %3\n").arg(line->file).arg(line->number).arg(line->function);
    return text;
}

const void* StackReader::gilHolder() {
    return _PyThreadState_UncheckedGet();
}

std::optional<PythonStack> StackReader::read(const void* threadState) const {
    const std::optional<PythonStack> first = readOnce(threadState);
    return first && gilHolder() == threadState && first == readOnce(threadState) ? first : std::nullopt;
}

std::optional<PythonStack> StackReader::readOnce(const void* threadState) const {
    const auto thread = m_memory.read<PyThreadState>(threadState);
    if (!thread)
        return std::nullopt;
    const auto entry = m_memory.read<_PyCFrame>(thread->cframe);
    if (!entry)
        return std::nullopt;
    PythonStack stack;
    stack.threadId = thread->thread_id;
    const _PyInterpreterFrame* next = entry->current_frame;
    while (next && stack.lines.size() < MOST_LINES) {
        const auto frame = m_memory.read<_PyInterpreterFrame>(next);
        if (!frame)
            return std::nullopt;
        if (const auto line = readLine(frame->f_code, frame->prev_instr))
            stack.lines.push_back(*line);
        next = frame->previous;
    }
    return stack;
}

std::optional<PythonStack::Line> StackReader::readLine(const void* address, const void* instruction) const {
    const auto code = m_memory.read<PyCodeObject>(address);
    if (!code)
        return std::nullopt;
    const auto* const begin = static_cast<const char*>(address) + offsetof(PyCodeObject, co_code_adaptive);
    const long unit = (static_cast<const char*>(instruction) - begin) / long(sizeof(_Py_CODEUNIT));
    // A function that has not begun yet.
    if (unit < 0 || unit >= Py_SIZE(&*code))
        return std::nullopt;
    const auto file = readText(code->co_filename);
    const auto function = readText(code->co_qualname);
    if (!file || !function)
        return std::nullopt;
    return PythonStack::Line{*file, lineNumber(code->co_linetable, code->co_firstlineno, unit), *function};
}

int StackReader::lineNumber(const void* table, int firstLine, long unit) const {
    const auto head = m_memory.read<PyVarObject>(table);
    if (!head || head->ob_size <= 0 || head->ob_size > MOST_TABLE_BYTES)
        return 0;
    std::vector<unsigned char> bytes(std::size_t(head->ob_size));
    if (!m_memory.copy(static_cast<const char*>(table) + offsetof(PyBytesObject, ob_sval), bytes.data(), bytes.size()))
        return 0;
    return LineTable(std::move(bytes), firstLine).lineOf(unit);
}

std::optional<QString> StackReader::readText(const void* text) const {
    const auto head = m_memory.read<PyASCIIObject>(text);
    if (!head || head->length < 0 || !head->state.compact)
        return std::nullopt;
    // The field has room for sizes that no character has.
    const unsigned kind = head->state.kind;
    if (kind != PyUnicode_1BYTE_KIND && kind != PyUnicode_2BYTE_KIND && kind != PyUnicode_4BYTE_KIND)
        return std::nullopt;
    const qsizetype length = std::min<Py_ssize_t>(head->length, MOST_CHARACTERS);
    const std::size_t offset = head->state.ascii ? sizeof(PyASCIIObject) : sizeof(PyCompactUnicodeObject);
    std::vector<char32_t> characters(std::size_t(length) + 1);
    if (!m_memory.copy(static_cast<const char*>(text) + offset, characters.data(), std::size_t(length) * kind))
        return std::nullopt;
    if (kind == PyUnicode_1BYTE_KIND)
        return QString::fromLatin1(reinterpret_cast<const char*>(characters.data()), length);
    if (kind == PyUnicode_2BYTE_KIND)
        return QString::fromUtf16(reinterpret_cast<const char16_t*>(characters.data()), length);
    return QString::fromUcs4(characters.data(), length);
}

} // namespace tintype

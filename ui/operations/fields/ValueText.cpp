// Values as people write them in a line: "1, 2.5, 3", rows parted by semicolons.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/fields/ValueText.h"

#include <QLocale>
#include <QRegularExpression>

#include <cmath>

using namespace Qt::StringLiterals;

namespace tintype {

QStringList listWords(const QString& text) {
    static const QRegularExpression separator(u"[,\\s]+"_s);
    return text.split(separator, Qt::SkipEmptyParts);
}

std::optional<double> numberFrom(const QString& word) {
    bool ok = false;
    const double number = QLocale::c().toDouble(word, &ok);
    return ok && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

std::optional<Value> numbersFrom(const QString& text) {
    List rows;
    for (const QString& line : text.split(u';', Qt::SkipEmptyParts)) {
        List row;
        for (const QString& word : listWords(line)) {
            const std::optional<double> number = numberFrom(word);
            if (!number)
                return std::nullopt;
            row.emplace_back(*number);
        }
        if (row.empty())
            return std::nullopt;
        rows.emplace_back(std::move(row));
    }
    if (rows.empty())
        return std::nullopt;
    if (rows.size() > 1)
        return Value(std::move(rows));
    const List& only = *rows.front().as<List>();
    return only.size() == 1 ? only.front() : rows.front();
}

QString lineFrom(const Value& value) {
    if (const auto* text = value.as<std::string>())
        return QString::fromStdString(*text);
    if (const auto* list = value.as<List>()) {
        QStringList words;
        bool rows = false;
        for (const Value& item : *list) {
            words << lineFrom(item);
            rows = rows || item.as<List>();
        }
        return words.join(rows ? u"; "_s : u", "_s);
    }
    double number = 0;
    if (value.toNumber(number))
        return QString::number(number, 'g', QLocale::FloatingPointShortest);
    return {};
}

} // namespace tintype

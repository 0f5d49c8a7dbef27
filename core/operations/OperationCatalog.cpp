// Builds the catalogue, finds operations in it, and makes nodes of them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/OperationCatalog.h"

#include "core/Error.h"
#include "core/operations/Introspection.h"
#include "core/operations/Overrides.h"
#include "core/operations/ParameterCheck.h"
#include "core/operations/Spelling.h"
#include "core/pixels/Engine.h"

#include <QString>
#include <QStringList>

#include <algorithm>
#include <set>
#include <tuple>

namespace tintype {

namespace {

QString lower(const std::string& text) {
    return QString::fromStdString(text).toCaseFolded();
}

/// How well one word fits a text: a word that begins with it is better than one that contains it.
int wordScore(const QString& text, const QString& word) {
    const qsizetype at = text.indexOf(word);
    if (at < 0)
        return 0;
    const bool begins = at == 0 || !text.at(at - 1).isLetterOrNumber();
    const bool whole = begins && (at + word.size() == text.size() || !text.at(at + word.size()).isLetterOrNumber());
    return whole ? 3 : begins ? 2 : 1;
}

/// Title before id, id before keywords, keywords before help; 0 when the word is nowhere.
int wordScore(const Operation& operation, const QString& word) {
    if (const int score = wordScore(lower(operation.title), word))
        return 30 + score;
    if (const int score = wordScore(lower(operation.id), word))
        return 20 + score;
    int best = 0;
    for (const std::string& keyword : operation.keywords)
        best = std::max(best, wordScore(lower(keyword), word));
    if (best)
        return 10 + best;
    return wordScore(lower(operation.help), word);
}

/// Every word must be found; among equals the described operations come first.
int searchScore(const Operation& operation, const QStringList& words) {
    int total = 0;
    for (const QString& word : words) {
        const int score = wordScore(operation, word);
        if (score == 0)
            return 0;
        total += 2 * score;
    }
    return total + operation.described;
}

} // namespace

OperationCatalog::OperationCatalog() {
    startEngine();
    m_operations = introspectOperations();
    const Overrides overrides;
    std::set<std::string> used;
    for (Operation& operation : m_operations) {
        overrides.apply(operation);
        m_byId.emplace(operation.id, &operation);
        if (!operation.hidden)
            used.insert(operation.category);
    }
    for (const std::string& category : overrides.categories()) {
        if (used.contains(category))
            m_categories.push_back(category);
    }
}

const Operation* OperationCatalog::find(const std::string& id) const {
    const auto found = m_byId.find(id);
    return found == m_byId.end() ? nullptr : found->second;
}

const Operation& OperationCatalog::get(const std::string& id) const {
    if (const Operation* operation = find(id))
        return *operation;
    std::vector<std::string> ids;
    for (const auto& [name, operation] : m_byId)
        ids.push_back(name);
    throw Error(ErrorCode::NotFound, "there is no operation '" + id + "'" + didYouMean(id, ids));
}

std::vector<const Operation*> OperationCatalog::all() const {
    std::vector<const Operation*> operations;
    for (const auto& [id, operation] : m_byId)
        operations.push_back(operation);
    return operations;
}

std::vector<std::string> OperationCatalog::categories() const {
    return m_categories;
}

std::vector<const Operation*> OperationCatalog::inCategory(const std::string& category) const {
    std::vector<const Operation*> operations;
    for (const Operation& operation : m_operations) {
        if (operation.category == category && !operation.hidden)
            operations.push_back(&operation);
    }
    std::ranges::sort(operations, [](const Operation* a, const Operation* b) {
        return QString::localeAwareCompare(QString::fromStdString(a->title), QString::fromStdString(b->title)) < 0;
    });
    return operations;
}

std::vector<const Operation*> OperationCatalog::search(const std::string& text) const {
    const QStringList words = lower(text).split(QChar::Space, Qt::SkipEmptyParts);
    std::vector<std::pair<int, const Operation*>> found;
    for (const Operation& operation : m_operations) {
        const int score = operation.hidden ? 0 : searchScore(operation, words);
        if (score > 0)
            found.emplace_back(score, &operation);
    }
    // Of titles that fit alike the shorter one is more of what was typed.
    std::ranges::stable_sort(found, {}, [](const auto& entry) {
        const std::string& title = entry.second->title;
        return std::tuple(-entry.first, title.size(), title);
    });
    std::vector<const Operation*> operations;
    for (const auto& [score, operation] : found)
        operations.push_back(operation);
    return operations;
}

NodePtr OperationCatalog::makeNode(const Operation& operation, Parameters given) const {
    return Node::create(operation.id, ParameterCheck(*this, operation).complete(given));
}

} // namespace tintype

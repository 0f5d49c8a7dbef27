// Builds the catalogue, finds operations in it, and makes nodes of them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/OperationCatalog.h"

#include "core/Error.h"
#include "core/operations/ColourMaps.h"
#include "core/operations/Introspection.h"
#include "core/operations/Overrides.h"
#include "core/operations/ParameterCheck.h"
#include "core/operations/Spelling.h"
#include "core/pixels/Engine.h"
#include "core/recipe/PythonText.h"

#include <QRegularExpression>
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

/// Two names or more, as Python has them, of small letters.
bool isDottedName(const std::string& id) {
    static const QRegularExpression pattern(QStringLiteral("^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)+$"));
    const QString text = QString::fromStdString(id);
    const QStringList parts = text.split(QChar::fromLatin1('.'));
    return pattern.match(text).hasMatch() &&
           std::ranges::none_of(parts, [](const QString& part) { return isPythonKeyword(part.toStdString()); });
}

[[noreturn]] void refuse(const Operation& operation, const std::string& reason) {
    throw Error(ErrorCode::Parameter, "operation '" + operation.id + "': " + reason);
}

std::string broughtBy(const Operation& operation) {
    return operation.origin.empty() ? "Tintype's own" : "of " + operation.origin;
}

} // namespace

OperationCatalog::~OperationCatalog() = default;

OperationCatalog::OperationCatalog() : m_colourMaps(std::make_unique<ColourMaps>([this] { notify(); })) {
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

void OperationCatalog::checkId(const std::string& id) const {
    for (std::size_t dot = id.find('.'); dot != std::string::npos; dot = id.find('.', dot + 1)) {
        const auto shorter = m_byId.find(id.substr(0, dot));
        if (shorter != m_byId.end())
            throw Error(ErrorCode::Parameter, "operation '" + id + "': '" + shorter->first + "' is an operation, " +
                                                  broughtBy(*shorter->second) + "; begin the id with another name");
    }
    const auto longer = m_byId.lower_bound(id + ".");
    if (longer != m_byId.end() && longer->first.starts_with(id + "."))
        throw Error(ErrorCode::Parameter, "operation '" + id + "': the id of '" + longer->first + "' begins with it");
}

void OperationCatalog::checkAddition(const Operation& operation, const OperationFunction& function) const {
    if (!isDottedName(operation.id))
        refuse(operation, "its id must be names with dots between them, such as scan.despeckle, of small letters, digits and _");
    checkId(operation.id);
    if (const auto known = m_byId.find(operation.id); known != m_byId.end()) {
        const OperationFunctionPtr before = known->second->function ? known->second->function->get() : nullptr;
        if (!before || !before->owner() || before->owner() != function.owner())
            refuse(operation, operation.origin + " brings it, but there is one of that id already, " + broughtBy(*known->second));
    }
    if (operation.title.empty() || operation.category.empty())
        refuse(operation, operation.title.empty() ? "it has no title" : "it has no category");
    std::set<std::string> names;
    for (const std::vector<ParameterInfo>* infos : {&operation.inputs, &operation.outputs})
        for (const ParameterInfo& info : *infos)
            if (!names.insert(info.name).second)
                refuse(operation, "two of its parameters and outputs are called " + info.name);
    if (operation.outputs.empty())
        refuse(operation, "it gives nothing");
}

const Operation& OperationCatalog::add(Operation operation, OperationFunctionPtr function) {
    OperationFunctionPtr replaced;
    const Operation* added = nullptr;
    {
        const std::unique_lock lock(m_mutex);
        checkAddition(operation, *function);
        const auto known = m_byId.find(operation.id);
        const Operation* const before = known == m_byId.end() ? nullptr : known->second;
        if (before)
            takeAway(*before);
        const auto isSame = [&operation](const Operation& other) {
            operation.function = other.function;
            return other.function && other == operation;
        };
        auto place = std::ranges::find_if(m_operations, isSame);
        if (place == m_operations.end()) {
            operation.function = std::make_shared<FunctionSlot>();
            place = m_operations.insert(m_operations.end(), std::move(operation));
        }
        replaced = place->function->set(std::move(function));
        if (before && before != &*place)
            replaced = before->function->set(nullptr);
        m_byId.emplace(place->id, &*place);
        if (!place->hidden && std::ranges::find(m_categories, place->category) == m_categories.end())
            m_categories.push_back(place->category);
        added = &*place;
    }
    notify();
    return *added;
}

void OperationCatalog::takeAway(const Operation& operation) {
    m_byId.erase(operation.id);
    const auto isOfCategory = [&](const auto& entry) {
        return !entry.second->hidden && entry.second->category == operation.category;
    };
    if (std::ranges::none_of(m_byId, isOfCategory))
        std::erase(m_categories, operation.category);
}

bool OperationCatalog::remove(const Operation& operation, const OperationFunction& function) {
    OperationFunctionPtr removed;
    {
        const std::unique_lock lock(m_mutex);
        const auto found = m_byId.find(operation.id);
        if (found == m_byId.end() || found->second != &operation || !operation.function ||
            operation.function->get().get() != &function)
            return false;
        removed = operation.function->set(nullptr);
        takeAway(operation);
    }
    notify();
    return true;
}

std::shared_ptr<const void> OperationCatalog::subscribe(Observer observer) const {
    auto shared = std::make_shared<const Observer>(std::move(observer));
    const std::unique_lock lock(m_mutex);
    std::erase_if(m_observers, [](const auto& entry) { return entry.expired(); });
    m_observers.push_back(shared);
    return shared;
}

void OperationCatalog::notify() {
    ++m_revision;
    std::vector<std::weak_ptr<const Observer>> observers;
    {
        const std::shared_lock lock(m_mutex);
        observers = m_observers;
    }
    for (const auto& entry : observers)
        if (const auto observer = entry.lock())
            (*observer)();
}

const Operation* OperationCatalog::find(const std::string& id) const {
    const std::shared_lock lock(m_mutex);
    const auto found = m_byId.find(id);
    return found == m_byId.end() ? nullptr : found->second;
}

const Operation& OperationCatalog::get(const std::string& id) const {
    if (const Operation* operation = find(id))
        return *operation;
    std::vector<std::string> ids;
    for (const Operation* operation : all())
        ids.push_back(operation->id);
    throw Error(ErrorCode::NotFound, "there is no operation '" + id + "'" + didYouMean(id, ids));
}

std::vector<const Operation*> OperationCatalog::all() const {
    const std::shared_lock lock(m_mutex);
    std::vector<const Operation*> operations;
    for (const auto& [id, operation] : m_byId)
        operations.push_back(operation);
    return operations;
}

std::vector<std::string> OperationCatalog::categories() const {
    const std::shared_lock lock(m_mutex);
    return m_categories;
}

std::vector<const Operation*> OperationCatalog::inCategory(const std::string& category) const {
    std::vector<const Operation*> operations = all();
    std::erase_if(operations, [&](const Operation* one) { return one->category != category || one->hidden; });
    std::ranges::sort(operations, [](const Operation* a, const Operation* b) {
        return QString::localeAwareCompare(QString::fromStdString(a->title), QString::fromStdString(b->title)) < 0;
    });
    return operations;
}

std::vector<const Operation*> OperationCatalog::search(const std::string& text) const {
    const QStringList words = lower(text).split(QChar::Space, Qt::SkipEmptyParts);
    std::vector<std::pair<int, const Operation*>> found;
    for (const Operation* operation : all()) {
        const int score = operation->hidden ? 0 : searchScore(*operation, words);
        if (score > 0)
            found.emplace_back(score, operation);
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

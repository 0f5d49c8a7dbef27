// Compares names by the edits that lead from one to the other.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/Spelling.h"

#include <algorithm>
#include <cctype>
#include <numeric>
#include <utility>

namespace tintype {

namespace {

constexpr std::size_t MOST_PROPOSALS = 3;

/// Case and separators are what people mix up first.
std::string folded(const std::string& name) {
    std::string text;
    for (unsigned char c : name) {
        if (c != '_' && c != '-' && c != ' ')
            text += char(std::tolower(c));
    }
    return text;
}

/// Levenshtein's distance: insertions, deletions and replacements.
std::size_t distance(const std::string& a, const std::string& b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), 0);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
        }
    }
    return row[b.size()];
}

/// Smaller is nearer; a name that contains what was typed, or the other way round, counts as a near miss.
std::size_t farness(const std::string& wanted, const std::string& name) {
    const std::size_t edits = distance(wanted, name);
    const bool contained = wanted.size() >= 3 && name.size() >= 3 &&
                           (name.find(wanted) != std::string::npos || wanted.find(name) != std::string::npos);
    return contained ? std::min<std::size_t>(edits, 2) : edits;
}

} // namespace

std::vector<std::string> nearestNames(const std::string& name, const std::vector<std::string>& names) {
    const std::string wanted = folded(name);
    const std::size_t farthest = std::max<std::size_t>(1, std::min<std::size_t>(3, wanted.size() / 2));
    std::vector<std::pair<std::size_t, std::string>> found;
    for (const std::string& candidate : names) {
        if (const std::size_t far = farness(wanted, folded(candidate)); far <= farthest)
            found.emplace_back(far, candidate);
    }
    std::ranges::sort(found);
    std::vector<std::string> nearest;
    for (std::size_t i = 0; i < std::min(found.size(), MOST_PROPOSALS); ++i)
        nearest.push_back(found[i].second);
    return nearest;
}

std::string didYouMean(const std::string& name, const std::vector<std::string>& names) {
    std::string text;
    const std::vector<std::string> nearest = nearestNames(name, names);
    for (std::size_t i = 0; i < nearest.size(); ++i) {
        if (i > 0)
            text += i + 1 == nearest.size() ? " or " : ", ";
        text += "'" + nearest[i] + "'";
    }
    return text.empty() ? text : "; did you mean " + text + "?";
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

} // namespace tintype

// Gives out names, each once.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <set>
#include <string>

namespace tintype {

/// Not for several threads at once.
class PythonNames {
public:
    explicit PythonNames(std::set<std::string> taken = {}) : m_taken(std::move(taken)) {}

    /// `name`, or `name_2`, `name_3`, … where that is taken.
    std::string take(const std::string& name) {
        std::string candidate = name;
        // Where it stopped counting: a recipe of 100,000 steps asks for as many names of one kind.
        int& number = m_numbers[name];
        while (!m_taken.insert(candidate).second) {
            number = number ? number + 1 : 2;
            candidate = name + "_" + std::to_string(number);
        }
        return candidate;
    }

private:
    std::set<std::string> m_taken;
    std::map<std::string, int> m_numbers;
};

} // namespace tintype

// Counts how often a second threads that Python does not know call a Python function, in both ways; prints JSON.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pybind11/pybind11.h>

#include "core/Workbench.h"
#include "scripting/Interpreter.h"
#include "scripting/PyCallable.h"
#include "scripting/PythonRuntime.h"
#include "scripting/WindowBridge.h"

#include <algorithm>
#include <barrier>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <thread>
#include <vector>

namespace py = pybind11;
using namespace tintype;

namespace {

constexpr int CALLS = 10'000;
constexpr int ROUNDS = 7;

class NoWindow : public WindowBridge {
public:
    void showMessage(const std::string&) override {}
    void showImage(const std::string&) override {}
    std::optional<std::string> ask(const std::string&, const std::string&, const CancelToken&) override { return {}; }
};

InterpreterSettings settings() {
    const char* const program = std::getenv("TINTYPE_PROGRAM");
    const std::filesystem::path folder = std::filesystem::path(program ? program : "bin/tintype").parent_path();
    return {(folder / "tintype-python").string(), (folder / "../python").string()};
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

/// The threads stay the same for both ways, and take turns with them, so that a busy machine slows both.
class Measurement {
public:
    Measurement(const PyCallable& callable, PyObject* function, int threads) : m_turn(threads + 1, Stamp{&m_passed}) {
        for (int i = 0; i < threads; ++i)
            m_threads.emplace_back([this, callable, function] { work(callable, function); });
        for (int round = 0; round < ROUNDS; ++round) {
            m_direct.push_back(rate(threads));
            m_guarded.push_back(rate(threads));
        }
    }
    void print(const char* name) const {
        const double direct = median(m_direct);
        const double guarded = median(m_guarded);
        std::printf("{\"threads\": \"%s\", \"pycallable_per_second\": %.0f, \"gil_scoped_acquire_per_second\": %.0f, "
                    "\"ratio\": %.1f}",
                    name, direct, guarded, direct / guarded);
    }

private:
    using Clock = std::chrono::steady_clock;
    /// Taken by whoever arrives last: this thread may itself wait long for its turn on a busy machine.
    struct Stamp {
        Clock::time_point* passed;
        void operator()() noexcept { *passed = Clock::now(); }
    };

    double rate(int threads) {
        m_turn.arrive_and_wait();
        const Clock::time_point begin = m_passed;
        m_turn.arrive_and_wait();
        return threads * CALLS / std::chrono::duration<double>(m_passed - begin).count();
    }
    void inTurn(const std::function<void()>& call) {
        m_turn.arrive_and_wait();
        for (int i = 0; i < CALLS; ++i)
            call();
        m_turn.arrive_and_wait();
    }
    void work(const PyCallable& callable, PyObject* function) {
        const std::function<void(PyObject*)> body = [](PyObject* called) {
            Py_DECREF(PyObject_CallNoArgs(called));
        };
        for (int round = 0; round < ROUNDS; ++round) {
            inTurn([&] { callable.call(body); });
            // A thread that PyCallable has called from is known to Python already, and the other way would profit from it.
            std::jthread fresh([&] {
                inTurn([&] {
                    const py::gil_scoped_acquire acquire;
                    Py_DECREF(PyObject_CallNoArgs(function));
                });
            });
        }
    }

    Clock::time_point m_passed;
    std::barrier<Stamp> m_turn;
    std::vector<double> m_direct;
    std::vector<double> m_guarded;
    std::vector<std::jthread> m_threads; // last: joined first
};

} // namespace

int main() {
    Workbench workbench;
    NoWindow window;
    Interpreter interpreter(settings(), workbench, window);
    PyCallable callable;
    PyObject* function = nullptr;
    std::promise<void> made;
    PythonThreadPtr maker = interpreter.runtime().makeThread(QStringLiteral("maker"));
    maker->post([&] {
        const py::object answer = py::module_::import("builtins").attr("eval")("lambda: 42", py::dict());
        function = answer.ptr();
        callable = PyCallable(function);
        made.set_value();
    });
    made.get_future().wait();
    std::printf("[");
    Measurement(callable, function, 1).print("1");
    std::printf(", ");
    Measurement(callable, function, 8).print("8");
    std::printf("]\n");
    return 0;
}

// Blurs a picture again and again without Python; four of these run beside the Python thread of tests/bench/overlap.py.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/Evaluation.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>

using namespace tintype;

/// blur_loop SECONDS: prints "ready", waits for a line, works, and prints how many blurs were done in time.
int main(int argc, char** argv) {
    const double seconds = argc > 1 ? std::atof(argv[1]) : 1;
    const OperationCatalog catalog;
    const Evaluation evaluation(catalog);
    const NodePtr made = evaluation.apply(catalog.get("micrograph"), {{"width", 400}, {"height", 400}, {"seed", 1}});
    const auto picture = Node::createArray(evaluation.pixels(Image(made)));
    std::puts("ready");
    std::fflush(stdout);
    std::getchar();

    const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
    int blurs = 0;
    while (std::chrono::steady_clock::now() < end) {
        const NodePtr blurred = evaluation.apply(catalog.get("gaussblur"), {{"in", Image(picture).output()}, {"sigma", 10.0}});
        evaluation.apply(catalog.get("avg"), {{"in", Image(blurred).output()}});
        if (std::chrono::steady_clock::now() < end)
            ++blurs;
    }
    std::printf("%d\n", blurs);
}

// Lets a function use the widest registers that the processor has.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Before a function that is called only where hasWideRegisters(); what it calls must be inlined to profit as well. The joined
/// ones, for hasWideJoinedSums(), round a product and the sum that it is added to once, not twice: quicker, but the last digits are
/// the processor's.
#if defined(__x86_64__)
#define TINTYPE_WIDE __attribute__((target("avx2")))
#define TINTYPE_WIDE_JOINED __attribute__((target("avx2,fma")))
#else
#define TINTYPE_WIDE
#define TINTYPE_WIDE_JOINED
#endif
#define TINTYPE_INLINED __attribute__((always_inline)) inline

namespace tintype {

inline bool hasWideRegisters() {
#if defined(__x86_64__)
    static const bool has = __builtin_cpu_supports("avx2");
    return has;
#else
    return false;
#endif
}

inline bool hasWideJoinedSums() {
#if defined(__x86_64__)
    static const bool has = hasWideRegisters() && __builtin_cpu_supports("fma");
    return has;
#else
    return false;
#endif
}

template <typename F>
TINTYPE_WIDE void runWide(const F& loop) {
    loop();
}

/// Calls `loop`, a lambda marked with __attribute__((always_inline)), compiled for the widest registers that there are. The
/// results are the same: products are not joined with sums.
template <typename F>
void withWideRegisters(const F& loop) {
    if (hasWideRegisters())
        runWide(loop);
    else
        loop();
}

} // namespace tintype

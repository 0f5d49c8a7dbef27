// Lets the system refuse calls of one thread, as a container or a system that is full does.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cerrno>
#include <cstddef>
#include <iterator>
#include <thread>

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

namespace tintype {

/// For the calling thread and those that it starts, until they end, the two system calls fail. False when the system does
/// not let itself be told so.
inline bool forbidCalls(unsigned first, unsigned second, int error) {
    sock_filter rules[] = {BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
                           BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, first, 1, 0),
                           BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, second, 0, 1),
                           BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | unsigned(error)),
                           BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
    const sock_fprog program{std::size(rules), rules};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

/// Runs the function on a thread of its own for which the two system calls fail; false as above.
template <typename Function>
bool withoutCalls(unsigned first, unsigned second, int error, Function function) {
    bool isSet = false;
    std::thread([&] {
        isSet = forbidCalls(first, second, error);
        if (isSet)
            function();
    }).join();
    return isSet;
}

} // namespace tintype

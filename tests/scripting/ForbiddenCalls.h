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

/// Runs the function on a thread for which the two system calls fail; it ends with the thread. False when the system does
/// not let itself be told so.
template <typename Function>
bool withoutCalls(unsigned first, unsigned second, int error, Function function) {
    bool isSet = false;
    std::thread([&] {
        sock_filter rules[] = {BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
                               BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, first, 1, 0),
                               BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, second, 0, 1),
                               BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | unsigned(error)),
                               BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
        const sock_fprog program{std::size(rules), rules};
        isSet = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
        if (isSet)
            function();
    }).join();
    return isSet;
}

} // namespace tintype

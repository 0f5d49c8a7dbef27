// A process with a line to it and what it prints; it and its children can always be ended.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/process/ChildProcess.h"

#include "core/Error.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <array>
#include <cctype>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>

namespace tintype {

namespace {

/// A process that the system cannot end is left to it.
constexpr int LONGEST_DEATH_MS = 400;
constexpr std::size_t MOST_READ = 64 << 10;

[[noreturn]] void refuse(int reason, const std::string& program = {}) {
    const std::string what = program.empty() ? program : program + ": ";
    throw Error(ErrorCode::Internal, "the script's process cannot be started: " + what + std::strerror(reason));
}

/// Above the numbers that the process's own streams get.
FileHandle raised(FileHandle handle) {
    constexpr int FIRST = 10;
    FileHandle moved(fcntl(handle.number(), F_DUPFD_CLOEXEC, FIRST));
    if (!moved)
        refuse(errno);
    return moved;
}

struct Pipe {
    FileHandle reads;
    FileHandle writes;

    Pipe() {
        std::array<int, 2> ends{};
        if (pipe2(ends.data(), O_CLOEXEC) != 0)
            refuse(errno);
        reads = FileHandle(ends[0]);
        writes = raised(FileHandle(ends[1]));
        fcntl(reads.number(), F_SETFL, O_NONBLOCK);
    }
};

/// What the new process does before it becomes the program.
class SpawnSettings {
public:
    SpawnSettings(int link, int output, int errors) {
        posix_spawn_file_actions_init(&m_actions);
        posix_spawn_file_actions_addopen(&m_actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&m_actions, output, STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&m_actions, errors, STDERR_FILENO);
        posix_spawn_file_actions_adddup2(&m_actions, link, ChildProcess::LINK);
        posix_spawn_file_actions_addclosefrom_np(&m_actions, ChildProcess::LINK + 1);
        posix_spawnattr_init(&m_attributes);
        posix_spawnattr_setpgroup(&m_attributes, 0);
        sigset_t signals;
        sigfillset(&signals);
        posix_spawnattr_setsigdefault(&m_attributes, &signals);
        sigemptyset(&signals);
        posix_spawnattr_setsigmask(&m_attributes, &signals);
        posix_spawnattr_setflags(&m_attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    }
    ~SpawnSettings() {
        posix_spawn_file_actions_destroy(&m_actions);
        posix_spawnattr_destroy(&m_attributes);
    }
    SpawnSettings(const SpawnSettings&) = delete;

    int start(const std::vector<std::string>& words) const {
        std::vector<char*> arguments;
        for (const std::string& word : words)
            arguments.push_back(const_cast<char*>(word.c_str()));
        arguments.push_back(nullptr);
        pid_t pid = 0;
        if (const int reason = posix_spawn(&pid, words[0].c_str(), &m_actions, &m_attributes, arguments.data(), environ))
            refuse(reason, words[0]);
        return pid;
    }

private:
    posix_spawn_file_actions_t m_actions;
    posix_spawnattr_t m_attributes;
};

std::string readAll(const FileHandle& pipe) {
    std::string text(MOST_READ, '\0');
    const ssize_t size = read(pipe.number(), text.data(), text.size());
    text.resize(size > 0 ? std::size_t(size) : 0);
    return text;
}

} // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& words) : m_link(FileHandle()) {
    auto [mine, theirs] = ProcessLink::makePair();
    m_link = std::move(mine);
    theirs = raised(std::move(theirs));
    Pipe output;
    Pipe errors;
    m_pid = SpawnSettings(theirs.number(), output.writes.number(), errors.writes.number()).start(words);
    m_output = std::move(output.reads);
    m_errors = std::move(errors.reads);
    m_end = FileHandle(int(syscall(SYS_pidfd_open, m_pid, 0)));
    if (!m_end) {
        const int reason = errno;
        kill();
        siginfo_t unused{};
        waitid(P_PID, id_t(m_pid), &unused, WEXITED);
        refuse(reason);
    }
}

ChildProcess::~ChildProcess() {
    if (!m_end)
        return;
    pollfd end{m_end.number(), POLLIN, 0};
    if (poll(&end, 1, 0) == 0)
        kill();
    if (poll(&end, 1, LONGEST_DEATH_MS) == 0)
        return;
    // Not before: the number of a group is nobody else's while its leader has not been waited for.
    if (m_isKilled)
        ::kill(-m_pid, SIGKILL);
    siginfo_t unused{};
    waitid(P_PIDFD, id_t(m_end.number()), &unused, WEXITED);
}

std::string ChildProcess::readOutput() {
    return readAll(m_output);
}

std::string ChildProcess::readErrors() {
    return readAll(m_errors);
}

std::chrono::nanoseconds ChildProcess::processorTime() const {
    clockid_t clock{};
    timespec time{};
    // Nothing is known of a process that is gone, and nothing has to be.
    if (clock_getcpuclockid(m_pid, &clock) != 0 || clock_gettime(clock, &time) != 0)
        return {};
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

void ChildProcess::kill() {
    m_isKilled = true;
    ::kill(m_pid, SIGKILL);
    // Not by force yet: Python's tracker of shared memory clears up after the process, and takes a moment for it.
    ::kill(-m_pid, SIGTERM);
}

ChildProcess::Ended ChildProcess::ended() const {
    siginfo_t about{};
    // Nothing is known when some code of this program has waited for every child there is.
    if (waitid(P_PIDFD, id_t(m_end.number()), &about, WEXITED | WNOWAIT) != 0)
        return {};
    return {about.si_code != CLD_EXITED, about.si_status};
}

std::string describe(const ChildProcess::Ended& ended) {
    if (!ended.bySignal)
        return "with exit code " + std::to_string(ended.number);
    const char* const known = sigdescr_np(ended.number);
    std::string name = known ? known : "unknown";
    name[0] = char(std::tolower(static_cast<unsigned char>(name[0])));
    if (ended.number == SIGKILL)
        name += "; the system does that when memory runs out";
    return "by signal " + std::to_string(ended.number) + " (" + name + ")";
}

} // namespace tintype

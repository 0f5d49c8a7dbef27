// Runs jobs on its own threads and lists every job of the program, scripts included.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/JobQueue.h"

#include "core/Error.h"

#include <exception>
#include <utility>

namespace tintype {

namespace {

void runJob(Job& job, const JobQueue::Work& work) {
    if (!job.start())
        return;
    try {
        work(job);
        job.finish();
    } catch (const Error& error) {
        if (error.code() == ErrorCode::Cancelled)
            job.endCancelled();
        else
            job.fail(error.what());
    } catch (const std::exception& error) {
        job.fail(error.what());
    } catch (...) {
        job.fail("an unknown error");
    }
}

} // namespace

JobQueue::JobQueue(int threads) {
    for (int i = 0; i < threads; ++i)
        m_threads.emplace_back([this] { runTasks(); });
}

JobQueue::~JobQueue() {
    m_tasks.close();
    cancelAll();
    for (std::thread& thread : m_threads)
        thread.join();
    for (const JobPtr& job : listed())
        job->setObserver(nullptr);
}

JobPtr JobQueue::submit(std::string title, Work work, JobKind kind) {
    auto job = std::make_shared<Job>(std::move(title), kind);
    add(job);
    m_tasks.post([job, work = std::move(work)] { runJob(*job, work); });
    return job;
}

void JobQueue::add(const JobPtr& job) {
    {
        std::lock_guard lock(m_mutex);
        m_listed[job->id()] = job;
    }
    job->setObserver([this](const Job& changed) { observe(changed); });
    // Also forgets a job that ended before it was observed.
    observe(*job);
}

void JobQueue::observe(const Job& job) {
    const JobInfo info = job.info();
    {
        std::lock_guard lock(m_observerMutex);
        // A copy, because the observer may be replaced by its own call.
        if (const auto observer = m_observer)
            observer(info);
    }
    // Last of all: the destructor waits only for calls about jobs that are listed.
    if (info.ended()) {
        std::lock_guard lock(m_mutex);
        m_listed.erase(info.id);
    }
}

std::vector<JobPtr> JobQueue::listed() const {
    std::lock_guard lock(m_mutex);
    std::vector<JobPtr> jobs;
    for (const auto& [id, job] : m_listed)
        jobs.push_back(job);
    return jobs;
}

std::vector<JobPtr> JobQueue::running() const {
    std::vector<JobPtr> jobs = listed();
    std::erase_if(jobs, [](const JobPtr& job) { return job->info().ended(); });
    return jobs;
}

void JobQueue::cancelAll() {
    std::vector<JobPtr> jobs = running();
    // Those that wait first, or they would run when the others make room.
    for (auto job = jobs.rbegin(); job != jobs.rend(); ++job)
        (*job)->cancel();
}

void JobQueue::setObserver(std::function<void(const JobInfo&)> observer) {
    std::lock_guard lock(m_observerMutex);
    m_observer = std::move(observer);
}

void JobQueue::runTasks() {
    while (const TaskQueue::Task task = m_tasks.take())
        task();
}

} // namespace tintype

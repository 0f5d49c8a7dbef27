// What is done with add-ons in their window: lines of Python, each a job of its own.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/addons/AddonJobs.h"

#include "scripting/ScriptRunner.h"

using namespace Qt::StringLiterals;

namespace tintype {

AddonJobs::AddonJobs(ScriptRunner& scripts, QObject* parent) : QObject(parent), m_scripts(scripts) {
    connect(&m_scripts, &ScriptRunner::output, this, [this](quint64 id, const QString& text, bool) {
        if (const auto found = m_running.find(id); found != m_running.end())
            found->printed += text;
    });
    connect(&m_scripts, &ScriptRunner::finished, this, &AddonJobs::end);
}

void AddonJobs::run(const AddonJob& job) {
    const QString line = u"tt.addons."_s + job.call;
    Q_EMIT lineRun(line);
    ScriptRequest request;
    request.name = job.title;
    request.text = u"import tintype as tt\n"_s + line + u'\n';
    m_running.insert(m_scripts.run(request)->id(), {job, {}});
}

void AddonJobs::end(quint64 id, int exitCode) {
    const auto found = m_running.find(id);
    if (found == m_running.end())
        return;
    Running over = *found;
    m_running.erase(found);
    // The last line says what was wrong, those before where.
    const QStringList lines = over.printed.split(u'\n', Qt::SkipEmptyParts);
    if (exitCode != 0 && !lines.isEmpty())
        over.job.error = lines.last();
    Q_EMIT ended(over.job);
}

} // namespace tintype

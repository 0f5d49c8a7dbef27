// The one pass over a large image that fills its base level, on the third thread of a TileSource.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/display/TileWorkers.h"

#include "core/Error.h"

#include <algorithm>
#include <chrono>

namespace tintype {

void TileSource::Workers::runPasses() {
    while (SessionPtr session = takePass())
        runPass(session);
}

TileSource::Workers::SessionPtr TileSource::Workers::takePass() {
    while (true) {
        const int seen = m_changed.count();
        {
            std::lock_guard lock(m_mutex);
            if (m_stopping)
                return nullptr;
            if (needsPass())
                return m_session;
        }
        m_changed.waitSince(seen);
    }
}

bool TileSource::Workers::needsPass() const {
    if (!m_session || !m_session->infoSent)
        return false;
    const DisplayedImage& shown = *m_session->shown;
    if (shown.failed || shown.base)
        return false;
    return std::ranges::any_of(m_wanted, [&](const TileKey& key) {
        return shown.grid.contains(key) && shown.isCutFromBase(key) && !m_cache.has(shown.identity(key));
    });
}

void TileSource::Workers::runPass(const SessionPtr& session) {
    DisplayedImage& shown = *session->shown;
    std::shared_ptr<BaseLevel> base;
    EvaluationOptions options;
    {
        std::lock_guard lock(m_mutex);
        options = shown.options(true);
        base = std::make_shared<BaseLevel>(shown.grid, shown.baseLevel);
        shown.base = base;
    }
    try {
        std::chrono::steady_clock::time_point reported;
        const auto onStrip = [&](const PixelRect& rect, const void* pixels, std::size_t stride) {
            base->append(rect, pixels, stride);
            onSuccess(session, options.tolerant);
            m_changed.wake();
            const double progress = double(rect.top + rect.height) / shown.grid.height(base->level());
            const auto now = std::chrono::steady_clock::now();
            if (now - reported > std::chrono::milliseconds(100)) {
                reported = now;
                reportProgress(session, progress);
                sendParts(session, *base);
            }
        };
        m_evaluation.displayPass(shown.image, base->level(), onStrip, options, {session->token, {}});
        if (!base->isComplete())
            throw Error(ErrorCode::Internal, "The overview of the image came out too small");
    } catch (const std::exception& error) {
        onFailure(session, options.tolerant, error.what());
    }
    {
        std::lock_guard lock(m_mutex);
        if (!base->isComplete() && shown.base == base)
            shown.base = nullptr; // stopped: begun again when it is wanted again
    }
    reportProgress(session, -1);
}

void TileSource::Workers::sendParts(const SessionPtr& session, const BaseLevel& base) {
    std::vector<TileKey> wanted;
    {
        std::lock_guard lock(m_mutex);
        if (session == m_session)
            wanted.assign(m_wanted.begin(), m_wanted.end());
    }
    for (const TileKey& key : wanted) {
        if (!session->shown->grid.contains(key) || !session->shown->isCutFromBase(key) || base.has(key))
            continue;
        const std::shared_ptr<const Tile> part = base.cut(key);
        if (part && !session->token.isCancelled())
            m_tileReady(session->generation, part);
    }
}

void TileSource::Workers::reportProgress(const SessionPtr& session, double progress) {
    {
        std::lock_guard lock(m_mutex);
        session->progress = progress;
    }
    sendInfo(session);
}

} // namespace tintype

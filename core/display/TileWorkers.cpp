// The threads of a TileSource and what they share.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/display/TileWorkers.h"

#include "core/Error.h"
#include "core/jobs/ThreadPriority.h"
#include "core/pixels/vips/VipsErrors.h"

#include <algorithm>

namespace tintype {

namespace {
constexpr int TILE_THREADS = 2;
constexpr std::size_t CACHE_BYTES = 256 << 20;
constexpr std::size_t RECENT_IMAGES = 3;
// Large enough that a view that shows all of a large image is cut out of the base level also on a large screen.
constexpr std::int64_t BASE_PIXELS = 8 << 20;
} // namespace

TileSource::Workers::Workers(const Evaluation& evaluation, InfoReady infoReady, TileReady tileReady)
    : m_evaluation(evaluation), m_infoReady(std::move(infoReady)), m_tileReady(std::move(tileReady)),
      m_cache(CACHE_BYTES) {
    for (int i = 0; i < TILE_THREADS; ++i)
        m_threads.emplace_back([this] {
            lowerThreadPriority();
            makeTiles();
        });
    m_threads.emplace_back([this] {
        lowerThreadPriority();
        runPasses();
    });
}

TileSource::Workers::~Workers() {
    SessionPtr session;
    {
        std::lock_guard lock(m_mutex);
        m_stopping = true;
        session = m_session;
    }
    if (session)
        session->token.cancel();
    m_changed.wake();
    for (std::thread& thread : m_threads)
        thread.join();
}

std::uint64_t TileSource::Workers::setImage(const Image& image, int plane, int look) {
    SessionPtr earlier;
    std::uint64_t generation = 0;
    {
        std::lock_guard lock(m_mutex);
        generation = ++m_generation;
        earlier = std::move(m_session);
        m_wanted.clear();
        if (image) {
            m_session = std::make_shared<Session>();
            m_session->generation = generation;
            m_session->shown = displayed(image, plane, look);
        } else {
            m_session = nullptr;
            m_recent.clear();
        }
    }
    if (earlier)
        earlier->token.cancel();
    m_changed.wake();
    return generation;
}

std::shared_ptr<DisplayedImage> TileSource::Workers::displayed(const Image& image, int plane, int look) {
    const auto found = std::ranges::find_if(m_recent, [&](const auto& recent) {
        return recent->image == image && recent->plane == plane && recent->look == look;
    });
    if (found != m_recent.end())
        m_recent.splice(m_recent.begin(), m_recent, found);
    else
        m_recent.push_front(std::make_shared<DisplayedImage>(image, plane, look));
    if (m_recent.size() > RECENT_IMAGES)
        m_recent.pop_back();
    return m_recent.front();
}

void TileSource::Workers::request(const std::vector<TileKey>& tiles) {
    {
        std::lock_guard lock(m_mutex);
        m_wanted.assign(tiles.begin(), tiles.end());
    }
    m_changed.wake();
}

void TileSource::Workers::makeTiles() {
    Readers readers;
    while (std::optional<Task> task = takeTask()) {
        if (!task->key) {
            findInfo(task->session);
            continue;
        }
        makeTile(task->session, *task->key, readers);
        std::lock_guard lock(m_mutex);
        task->session->inWork.erase(*task->key);
    }
}

std::optional<TileSource::Workers::Task> TileSource::Workers::takeTask() {
    while (true) {
        const int seen = m_changed.count();
        {
            std::lock_guard lock(m_mutex);
            Task task;
            if (m_stopping)
                return std::nullopt;
            if (findTask(task))
                return task;
        }
        m_changed.waitSince(seen);
    }
}

bool TileSource::Workers::findTask(Task& task) {
    if (!m_session)
        return false;
    if (!m_session->infoTaken) {
        m_session->infoTaken = true;
        task = {m_session, std::nullopt};
        return true;
    }
    const DisplayedImage& shown = *m_session->shown;
    if (!m_session->infoSent || shown.failed)
        return false;
    for (auto key = m_wanted.begin(); key != m_wanted.end(); ++key)
        if (isDoable(shown, *key) && m_session->inWork.insert(*key).second) {
            task = {m_session, *key};
            m_wanted.erase(key);
            return true;
        }
    return false;
}

bool TileSource::Workers::isDoable(const DisplayedImage& shown, const TileKey& key) const {
    if (!shown.grid.contains(key))
        return false;
    return !shown.isCutFromBase(key) || (shown.base && shown.base->has(key)) || m_cache.has(shown.identity(key));
}

void TileSource::Workers::findInfo(const SessionPtr& session) {
    DisplayedImage& shown = *session->shown;
    for (bool tolerant : {false, true}) {
        {
            std::lock_guard lock(m_mutex);
            if (shown.known || shown.failed)
                break;
        }
        try {
            const ImageInfo info = m_evaluation.info(shown.image, {shown.plane, tolerant}, {session->token, {}});
            std::lock_guard lock(m_mutex);
            shown.info = info;
            shown.grid = TileGrid(info.shape);
            shown.baseLevel = shown.grid.firstLevelWithin(BASE_PIXELS);
            shown.known = true;
        } catch (const std::exception& error) {
            onFailure(session, tolerant, error.what());
        }
    }
    {
        std::lock_guard lock(m_mutex);
        session->infoSent = true;
    }
    sendInfo(session);
    m_changed.wake();
}

void TileSource::Workers::makeTile(const SessionPtr& session, const TileKey& key, Readers& readers) {
    DisplayedImage& shown = *session->shown;
    std::shared_ptr<const Tile> tile;
    std::shared_ptr<BaseLevel> base;
    EvaluationOptions options;
    TileIdentity identity;
    {
        std::lock_guard lock(m_mutex);
        options = shown.options();
        identity = shown.identity(key);
        tile = m_cache.find(identity);
        base = shown.base;
    }
    try {
        if (!tile && base && key.level >= base->level() && base->has(key))
            tile = base->cut(key);
        if (!tile && !shown.isCutFromBase(key)) {
            tile = computeTile(*session, options, key, readers);
            onSuccess(session, options.tolerant);
        }
    } catch (const std::exception& error) {
        onFailure(session, options.tolerant, error.what());
    }
    if (session->token.isCancelled())
        return;
    {
        std::lock_guard lock(m_mutex);
        if (tile)
            m_cache.insert(identity, tile);
        else if (!shown.failed && session == m_session)
            m_wanted.push_front(key); // evaluated in another way from now on
    }
    if (tile)
        m_tileReady(session->generation, tile);
}

std::shared_ptr<const Tile> TileSource::Workers::computeTile(const Session& session, const EvaluationOptions& options,
                                                             const TileKey& key, Readers& readers) {
    if (readers.generation != session.generation || readers.tolerant != options.tolerant)
        readers = Readers{session.generation, options.tolerant, {}};
    const TileGrid& grid = session.shown->grid;
    std::unique_ptr<RegionReader>& reader = readers.byLevel[key.level];
    if (!reader)
        reader = m_evaluation.displayReader(session.shown->image, key.level, options, {session.token, {}});
    if (reader->shape().width != grid.width(key.level) || reader->shape().height != grid.height(key.level))
        throw Error(ErrorCode::Internal, "A level of the image has another size than expected");

    const PixelRect rect = grid.rect(key);
    auto tile = std::make_shared<Tile>();
    tile->key = key;
    tile->width = rect.width;
    tile->height = rect.height;
    tile->pixels.resize(std::size_t(rect.width) * rect.height);
    reader->read(rect, tile->pixels.data(), std::size_t(rect.width) * sizeof(std::uint32_t));
    return tile;
}

void TileSource::Workers::onSuccess(const SessionPtr& session, bool tolerant) {
    {
        std::lock_guard lock(m_mutex);
        DisplayedImage& shown = *session->shown;
        if (!tolerant || shown.damaged)
            return;
        shown.damaged = true;
    }
    sendInfo(session);
}

void TileSource::Workers::onFailure(const SessionPtr& session, bool tolerant, const std::string& reason) {
    if (session->token.isCancelled())
        return;
    bool told = false;
    {
        std::lock_guard lock(m_mutex);
        DisplayedImage& shown = *session->shown;
        if (shown.failed || shown.tolerant != tolerant) {
            // Another thread met it first, but only one of them is told the reason.
            told = shown.reason == NO_REASON && reason != NO_REASON && (shown.damaged || shown.failed);
            if (shown.reason == NO_REASON)
                shown.reason = reason;
        } else {
            shown.reason = reason;
            shown.base = nullptr;
            shown.damaged = false;
            shown.failed = tolerant;
            shown.tolerant = true;
            if (shown.failed && session == m_session)
                m_wanted.clear();
            told = shown.failed && session->infoSent;
        }
    }
    m_changed.wake();
    if (told)
        sendInfo(session);
}

void TileSource::Workers::sendInfo(const SessionPtr& session) {
    std::lock_guard sendLock(m_sendMutex);
    TileSourceInfo info;
    {
        std::lock_guard lock(m_mutex);
        if (session != m_session)
            return;
        const DisplayedImage& shown = *session->shown;
        info.generation = session->generation;
        info.image = shown.info;
        info.damaged = shown.damaged;
        if (shown.damaged || shown.failed)
            info.error = shown.reason;
        info.progress = session->progress;
    }
    m_infoReady(info);
}

} // namespace tintype

// The threads of a TileSource and what they share.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/display/DisplayedImage.h"
#include "core/display/TileSource.h"
#include "core/jobs/WakeUp.h"

#include <deque>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

namespace tintype {

/// Two threads make tiles, one runs the pass that fills the base level. They take what is most wanted at that moment,
/// so that a new request needs no clearing up. The mutex is held for looking things up, never while pixels are
/// computed.
class TileSource::Workers {
public:
    Workers(const Evaluation& evaluation, InfoReady infoReady, TileReady tileReady);
    ~Workers();

    std::uint64_t setImage(const Image& image, int plane, int look);
    void request(const std::vector<TileKey>& tiles);

private:
    /// One setImage(): ends when the next one comes.
    struct Session {
        std::uint64_t generation = 0;
        CancelToken token;
        std::shared_ptr<DisplayedImage> shown;
        bool infoTaken = false; ///< a thread sees to it
        bool infoSent = false;
        double progress = -1;
        std::set<TileKey> inWork;
    };
    using SessionPtr = std::shared_ptr<Session>;

    /// What a thread does next; without a key: find the info.
    struct Task {
        SessionPtr session;
        std::optional<TileKey> key;
    };
    /// The readers of one thread, for one session and one way to evaluate.
    struct Readers {
        std::uint64_t generation = 0;
        bool tolerant = false;
        std::map<int, std::unique_ptr<RegionReader>> byLevel;
    };

    void makeTiles();
    std::optional<Task> takeTask();
    bool findTask(Task& task);
    bool isDoable(const DisplayedImage& shown, const TileKey& key) const;
    std::shared_ptr<DisplayedImage> displayed(const Image& image, int plane, int look);

    void findInfo(const SessionPtr& session);
    void makeTile(const SessionPtr& session, const TileKey& key, Readers& readers);
    std::shared_ptr<const Tile> computeTile(const Session& session, const EvaluationOptions& options,
                                            const TileKey& key, Readers& readers);
    void onSuccess(const SessionPtr& session, bool tolerant);
    void onFailure(const SessionPtr& session, bool tolerant, const std::string& reason);
    void sendInfo(const SessionPtr& session);

    void runPasses();
    SessionPtr takePass();
    bool needsPass() const;
    void runPass(const SessionPtr& session);
    void sendParts(const SessionPtr& session, const BaseLevel& base);
    void reportProgress(const SessionPtr& session, double progress);

    const Evaluation& m_evaluation;
    const InfoReady m_infoReady;
    const TileReady m_tileReady;

    std::mutex m_sendMutex; ///< taken before m_mutex: infos go out in the order in which they became true
    std::mutex m_mutex;
    WakeUp m_changed;
    bool m_stopping = false;
    std::uint64_t m_generation = 0;
    SessionPtr m_session;
    std::deque<TileKey> m_wanted;
    std::list<std::shared_ptr<DisplayedImage>> m_recent; ///< the most recent one first
    TileCache m_cache;
    std::vector<std::thread> m_threads;
};

} // namespace tintype

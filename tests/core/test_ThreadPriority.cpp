// Work in the background gives way to the window: its threads, and those of the engine when there is a window.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Workbench.h"
#include "core/display/TileSource.h"
#include "core/jobs/ThreadPriority.h"
#include "core/pixels/Engine.h"
#include "core/recipe/TileFunction.h"

#include <QTest>

#include <mutex>
#include <set>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

using namespace tintype;

namespace {

/// The larger, the more it gives way; 0 is usual.
int niceness() {
    return getpriority(PRIO_PROCESS, id_t(gettid()));
}

/// Notes how much the threads give way that compute pixels.
class Listener : public TileFunction {
public:
    std::string name() const override { return "listen"; }
    void compute(const std::vector<TilePixels>&, const TilePixels&, int, const CancelToken&) const override {
        std::lock_guard lock(m_mutex);
        m_found.insert(niceness());
    }
    std::set<int> found() const {
        std::lock_guard lock(m_mutex);
        return m_found;
    }

private:
    mutable std::mutex m_mutex;
    mutable std::set<int> m_found;
};

} // namespace

class test_ThreadPriority : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aThreadGivesWayAndSoDoThoseThatItStarts();
    void theEngineKeepsItsPriorityWithoutAWindow();
    void theEngineGivesWayToAWindow();
    void tilesForTheScreenGiveWay();

private:
    Image mapped(const std::shared_ptr<Listener>& listener) {
        const Image black(m_bench.evaluation.apply(m_bench.catalog.get("black"), {{"width", 2000}, {"height", 2000}}));
        return Image(mapTilesNode({black.output()}, listener, {0}));
    }
    std::set<int> nicenessOfAnEvaluation() {
        const auto listener = std::make_shared<Listener>();
        m_bench.evaluation.pixels(mapped(listener));
        return listener->found();
    }
    Workbench m_bench;
};

void test_ThreadPriority::aThreadGivesWayAndSoDoThoseThatItStarts() {
    const int before = niceness();
    int lowered = 0;
    int started = 0;
    std::thread([&] {
        lowerThreadPriority();
        lowered = niceness();
        std::thread([&] { started = niceness(); }).join();
    }).join();
    QVERIFY2(lowered > before, qPrintable(QString::number(lowered)));
    QCOMPARE(started, lowered);
    QCOMPARE(niceness(), before);
}

void test_ThreadPriority::theEngineKeepsItsPriorityWithoutAWindow() {
    QVERIFY(!areEngineThreadsLowered());
    QCOMPARE(nicenessOfAnEvaluation(), std::set<int>{niceness()});
}

void test_ThreadPriority::theEngineGivesWayToAWindow() {
    const int before = niceness();
    lowerEngineThreads();
    const std::set<int> found = nicenessOfAnEvaluation();
    QVERIFY(!found.empty());
    // Threads that were there before are lowered as well.
    QVERIFY2(*found.begin() > before, qPrintable(QString::number(*found.begin())));
    QCOMPARE(niceness(), before);
}

void test_ThreadPriority::tilesForTheScreenGiveWay() {
    const auto listener = std::make_shared<Listener>();
    std::atomic<bool> came = false;
    TileSource source(
        m_bench.evaluation, [](const TileSourceInfo&) {}, [&](std::uint64_t, const std::shared_ptr<const Tile>&) { came = true; });
    source.setImage(mapped(listener));
    source.request({{0, 0, 0}});
    QTRY_VERIFY(came);
    const std::set<int> found = listener->found();
    QVERIFY(!found.empty());
    QVERIFY(*found.begin() > niceness());
}

QTEST_GUILESS_MAIN(test_ThreadPriority)
#include "test_ThreadPriority.moc"

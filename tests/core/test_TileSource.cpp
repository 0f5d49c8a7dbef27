// Tests that screen tiles show the pixels, that stale ones never come, and that failing images say so without a crash.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/display/TileSource.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <map>
#include <mutex>

using namespace tintype;

namespace {

const std::string SAMPLES = "/usr/lib/python3/dist-packages/skimage/data/";

/// Keeps what a TileSource hands over.
class Collector {
public:
    explicit Collector(const Evaluation& evaluation)
        : m_source(
              evaluation,
              [this](const TileSourceInfo& info) {
                  std::lock_guard lock(m_mutex);
                  m_infos.push_back(info);
              },
              [this](std::uint64_t generation, std::shared_ptr<const Tile> tile) {
                  std::lock_guard lock(m_mutex);
                  (m_grid.width(0) == 0 || m_grid.isWhole(*tile) ? m_tiles : m_parts)[{generation, tile->key}] = tile;
              }) {}

    TileSource& source() { return m_source; }
    std::vector<TileSourceInfo> infos() const {
        std::lock_guard lock(m_mutex);
        return m_infos;
    }
    bool knows(std::uint64_t generation) const {
        return std::ranges::any_of(infos(), [&](const auto& info) { return info.generation == generation; });
    }
    TileSourceInfo last() const {
        std::lock_guard lock(m_mutex);
        return m_infos.empty() ? TileSourceInfo() : m_infos.back();
    }
    std::shared_ptr<const Tile> tile(std::uint64_t generation, const TileKey& key) const {
        std::lock_guard lock(m_mutex);
        const auto found = m_tiles.find({generation, key});
        return found == m_tiles.end() ? nullptr : found->second;
    }
    std::size_t count(std::uint64_t generation) const {
        std::lock_guard lock(m_mutex);
        return std::ranges::count_if(m_tiles, [&](const auto& entry) { return entry.first.first == generation; });
    }

    /// From now on parts are told from whole tiles of this grid.
    void expect(const TileGrid& grid) {
        std::lock_guard lock(m_mutex);
        m_grid = grid;
    }
    std::size_t partCount() const {
        std::lock_guard lock(m_mutex);
        return m_parts.size();
    }

private:
    using TilesByKey = std::map<std::pair<std::uint64_t, TileKey>, std::shared_ptr<const Tile>>;

    mutable std::mutex m_mutex;
    std::vector<TileSourceInfo> m_infos;
    TileGrid m_grid;
    TilesByKey m_tiles;
    TilesByKey m_parts;  ///< of tiles that were not whole yet
    TileSource m_source; ///< the last member: its threads end before what they fill goes
};

std::vector<TileKey> allTiles(const TileGrid& grid, int level) {
    std::vector<TileKey> keys;
    for (int row = 0; row < grid.rows(level); ++row)
        for (int column = 0; column < grid.columns(level); ++column)
            keys.push_back({level, column, row});
    return keys;
}

std::uint8_t rampValue(int x, int y) {
    return std::uint8_t((x * 3 + y * 7 + (x / 100) * (y / 50)) % 256);
}

std::uint32_t grey(int value) {
    return 0xff000000u | std::uint32_t(value) * 0x010101u;
}

} // namespace

class TestTileSource : public QObject {
    Q_OBJECT

    OperationCatalog m_catalog;
    Evaluation m_evaluation{m_catalog};
    QTemporaryDir m_folder;

    Image apply(const char* id, Parameters given) { return Image(m_evaluation.apply(m_catalog.get(id), given)); }
    Image ramp(int width, int height) {
        auto buffer = std::make_shared<PixelBuffer>(ImageShape{width, height, 1, PixelFormat::UChar, "b-w"});
        auto* pixels = static_cast<std::uint8_t*>(buffer->mutableData());
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x)
                *pixels++ = rampValue(x, y);
        return Image(Node::createArray(buffer));
    }
    /// The first half of a picture.
    std::string truncated() {
        QFile whole(QString::fromStdString(SAMPLES + "rocket.jpg"));
        QFile half(m_folder.filePath(QStringLiteral("half.jpg")));
        if (!whole.open(QIODevice::ReadOnly) || !half.open(QIODevice::WriteOnly))
            return {};
        half.write(whole.read(whole.size() / 2));
        return half.fileName().toStdString();
    }

private Q_SLOTS:
    void tilesHoldThePixels() {
        Collector collector(m_evaluation);
        const auto generation = collector.source().setImage(ramp(700, 300));
        const TileGrid grid(700, 300);
        collector.source().request(allTiles(grid, 0));
        QTRY_COMPARE(collector.count(generation), std::size_t(6));
        for (const TileKey& key : allTiles(grid, 0)) {
            const PixelRect rect = grid.rect(key);
            const auto tile = collector.tile(generation, key);
            QCOMPARE(tile->width, rect.width);
            QCOMPARE(tile->height, rect.height);
            for (int y = 0; y < rect.height; ++y)
                for (int x = 0; x < rect.width; ++x)
                    QCOMPARE(tile->pixels[y * rect.width + x], grey(rampValue(rect.left + x, rect.top + y)));
        }
        const TileSourceInfo info = collector.last();
        QCOMPARE(info.image.shape.width, 700);
        QVERIFY(!info.damaged && info.error.empty());
    }

    void smallerLevelsAverageThePixelsAndRoundTheSizeUp() {
        Collector collector(m_evaluation);
        collector.expect(TileGrid(701, 301));
        const auto generation = collector.source().setImage(ramp(701, 301));
        collector.source().request({{1, 1, 0}, {2, 0, 0}});
        QTRY_COMPARE(collector.count(generation), std::size_t(2));
        const auto half = collector.tile(generation, {1, 1, 0});
        QCOMPARE(half->width, 351 - 256);
        QCOMPARE(half->height, 151);
        int sum = 0;
        for (int y : {20, 21})
            for (int x : {520, 521})
                sum += rampValue(x, y);
        const int shown = half->pixels[10 * half->width + 4] & 0xff;
        QVERIFY2(std::abs(shown - sum / 4) <= 1, qPrintable(QStringLiteral("%1 for %2").arg(shown).arg(sum / 4)));
        QCOMPARE(collector.tile(generation, {2, 0, 0})->width, 176);
    }

    void aLargeImageIsPassedOnceForItsZoomedOutLevels() {
        Collector collector(m_evaluation);
        const Image large = apply("black", {{"width", 20000}, {"height", 9000}});
        const TileGrid grid(20000, 9000);
        collector.expect(grid);
        const auto generation = collector.source().setImage(large);
        const int top = grid.levelCount() - 1;
        std::vector<TileKey> keys = allTiles(grid, 4);
        keys.push_back({top, 0, 0});
        collector.source().request(keys);
        QTRY_COMPARE_WITH_TIMEOUT(collector.count(generation), keys.size(), 60'000);
        QCOMPARE(collector.tile(generation, {top, 0, 0})->pixels.front(), grey(0));
        QTRY_COMPARE(collector.last().progress, -1.0);
        QVERIFY2(collector.partCount() > 0, "tiles fill in while the pass runs");
    }

    void tilesOfAnEarlierImageDoNotCome() {
        Collector collector(m_evaluation);
        const TileGrid grid(6000, 6000);
        const Image first = ramp(6000, 6000);
        const Image second = ramp(600, 600);
        const auto early = collector.source().setImage(first);
        QTRY_VERIFY(collector.knows(early));
        collector.source().request(allTiles(grid, 0));
        const auto late = collector.source().setImage(second);
        // Two threads may each be handing one over.
        const std::size_t most = collector.count(early) + 2;
        collector.source().request({{0, 0, 0}, {0, 2, 2}});
        QTRY_COMPARE(collector.count(late), std::size_t(2));
        collector.source().request({{0, 1, 1}, {0, 1, 2}});
        QTRY_COMPARE(collector.count(late), std::size_t(4));
        QVERIFY(collector.count(early) <= most);
        QVERIFY(most < allTiles(grid, 0).size());
    }

    void aNewRequestTakesThePlaceOfTheOneBefore() {
        Collector collector(m_evaluation);
        const TileGrid grid(6000, 6000);
        const auto generation = collector.source().setImage(ramp(6000, 6000));
        collector.source().request(allTiles(grid, 0));
        QTRY_VERIFY(collector.count(generation) > 0);
        collector.source().request({{0, 20, 20}});
        // Two threads may each be at work on one of before.
        const std::size_t most = collector.count(generation) + 3;
        QTRY_VERIFY(collector.tile(generation, {0, 20, 20}));
        collector.source().request({{0, 21, 21}, {0, 21, 22}});
        QTRY_VERIFY(collector.tile(generation, {0, 21, 22}));
        QVERIFY(collector.count(generation) <= most + 2);
    }

    void tilesOfAnImageThatComesBackAreRemembered() {
        Collector collector(m_evaluation);
        const Image original = ramp(600, 600);
        const auto first = collector.source().setImage(original);
        collector.source().request({{0, 0, 0}});
        QTRY_VERIFY(collector.tile(first, {0, 0, 0}));
        const auto preview = collector.source().setImage(apply("invert", {{"in", NodeOutput{original.node()}}}));
        collector.source().request({{0, 0, 0}});
        QTRY_VERIFY(collector.tile(preview, {0, 0, 0}));
        const auto back = collector.source().setImage(original);
        collector.source().request({{0, 0, 0}});
        QTRY_VERIFY(collector.tile(back, {0, 0, 0}));
        QCOMPARE(collector.tile(back, {0, 0, 0}).get(), collector.tile(first, {0, 0, 0}).get());
        QVERIFY(collector.tile(preview, {0, 0, 0})->pixels != collector.tile(back, {0, 0, 0})->pixels);
    }

    void aTruncatedFileIsShownAndCalledDamaged() {
        Collector collector(m_evaluation);
        const Image image(m_evaluation.openFile(truncated()));
        const auto generation = collector.source().setImage(image);
        collector.source().request({{0, 0, 0}, {0, 1, 0}, {0, 0, 1}, {0, 1, 1}});
        QTRY_VERIFY(collector.tile(generation, {0, 0, 0}));
        QTRY_VERIFY(collector.last().damaged);
        QTRY_VERIFY2(collector.last().error.find("Premature end") != std::string::npos, collector.last().error.c_str());
        QVERIFY(!collector.last().failed());
        // And again when it comes back.
        const auto again = collector.source().setImage(image);
        collector.source().request({{0, 0, 0}});
        QTRY_VERIFY(collector.knows(again));
        QVERIFY(collector.last().damaged);
    }

    void anImageThatCannotBeShownSaysWhyOnce() {
        Collector collector(m_evaluation);
        const Image missing(Node::create(Node::FILE, {{"filename", Value("/nowhere/missing.png")}}));
        const auto generation = collector.source().setImage(missing);
        collector.source().request({{0, 0, 0}});
        QTRY_VERIFY(collector.knows(generation));
        const TileSourceInfo info = collector.last();
        QVERIFY(info.failed());
        QVERIFY2(info.error.find("missing.png") != std::string::npos, info.error.c_str());
        // The source goes on to work, and nothing more is said about the image that failed.
        const auto next = collector.source().setImage(ramp(10, 10));
        collector.source().request({{0, 0, 0}});
        QTRY_VERIFY(collector.tile(next, {0, 0, 0}));
        QCOMPARE(std::ranges::count_if(collector.infos(), [](const auto& i) { return i.failed(); }), 1);
        QCOMPARE(collector.count(generation), std::size_t(0));
    }

    void onePlaneOfSeveralIsShown() {
        Collector collector(m_evaluation);
        const Image pages(m_evaluation.openFile(SAMPLES + "multipage.tif", {}, true));
        const auto first = collector.source().setImage(pages, 0);
        collector.source().request({{0, 0, 0}});
        QTRY_VERIFY(collector.tile(first, {0, 0, 0}));
        QVERIFY(collector.last().image.planeCount() > 1);
        const auto second = collector.source().setImage(pages, 1);
        collector.source().request({{0, 0, 0}});
        QTRY_VERIFY(collector.tile(second, {0, 0, 0}));
        QVERIFY(collector.tile(first, {0, 0, 0})->pixels != collector.tile(second, {0, 0, 0})->pixels);
    }

    void aSourceEndsWhileItsImageIsBeingComputed() {
        const Image slow = apply("gaussblur", {{"in", NodeOutput{ramp(6000, 6000).node()}}, {"sigma", 40.0}});
        Collector collector(m_evaluation);
        const auto generation = collector.source().setImage(slow);
        QTRY_VERIFY(collector.knows(generation));
        collector.source().request(allTiles(TileGrid(6000, 6000), 3));
    }
};

QTEST_GUILESS_MAIN(TestTileSource)
#include "test_TileSource.moc"

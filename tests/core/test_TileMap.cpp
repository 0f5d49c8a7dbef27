// A function on tiles is a lazy step of a recipe, with the evaluation's stop and error.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Error.h"
#include "core/Workbench.h"
#include "core/recipe/Recipe.h"
#include "core/recipe/TileFunction.h"

#include <QTest>

#include <atomic>
#include <cstring>
#include <thread>

using namespace tintype;

namespace {

constexpr int LIMIT_MS = 60000;

/// Calls what the test gives it, then copies.
class Function : public TileFunction {
public:
    explicit Function(std::function<void(const CancelToken&)> work = {}) : m_work(std::move(work)) {}
    std::string name() const override { return "check"; }
    void compute(const std::vector<TilePixels>& all, const TilePixels& out, int overlap,
                 const CancelToken& token) const override {
        const TilePixels& in = all.front();
        if (m_work)
            m_work(token);
        const auto* from = static_cast<const char*>(in.data) + overlap * in.stride + overlap;
        for (int y = 0; y < out.shape.height; ++y)
            std::memcpy(static_cast<char*>(out.data) + y * out.stride, from + y * in.stride, out.shape.rowBytes());
    }

private:
    std::function<void(const CancelToken&)> m_work;
};

void waitForStop(const CancelToken& token) {
    if (!token.waitFor(LIMIT_MS))
        throw Error(ErrorCode::Internal, "nobody stopped it");
    token.check();
}

} // namespace

class test_TileMap : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsThePixelsOfTheInside();
    void theStopOfEachWayToEvaluateReachesTheFunction();
    void whatTheFunctionThrowsComesOutAsItIs();
    void theFunctionLivesAsLongAsItsStep();
    void theStepIsRepeatedOnAnotherPicture();
    void cannotBeWrittenDown();

private:
    Image black(int width, int height) {
        return Image(m_bench.evaluation.apply(m_bench.catalog.get("black"), {{"width", width}, {"height", height}}));
    }
    Image mapped(const Image& image, std::function<void(const CancelToken&)> work = {}, int overlap = 3) {
        return Image(mapTilesNode({image.output()}, std::make_shared<Function>(std::move(work)), {overlap}));
    }
    Workbench m_bench;
};

void test_TileMap::keepsThePixelsOfTheInside() {
    auto pixels = std::make_shared<PixelBuffer>(ImageShape{300, 200, 1, PixelFormat::UChar, "b-w"});
    for (int i = 0; i < 300 * 200; ++i)
        static_cast<unsigned char*>(pixels->mutableData())[i] = static_cast<unsigned char>(i * 7 % 251);
    const auto found = m_bench.evaluation.pixels(mapped(Image(Node::createArray(pixels))));
    QCOMPARE(found->shape().width, 300);
    QCOMPARE(std::memcmp(found->data(), pixels->data(), 300 * 200), 0);
}

void test_TileMap::theStopOfEachWayToEvaluateReachesTheFunction() {
    const std::vector<std::function<void(const Image&, const EvaluationWatch&)>> ways = {
        [&](const Image& image, const EvaluationWatch& watch) { m_bench.evaluation.pixels(image, watch); },
        [&](const Image& image, const EvaluationWatch& watch) {
            m_bench.evaluation.apply(m_bench.catalog.get("avg"), {{"in", image.output()}}, watch);
        },
        // As the canvas paints tiles.
        [&](const Image& image, const EvaluationWatch& watch) {
            std::vector<std::uint32_t> target(64 * 64);
            m_bench.evaluation.displayReader(image, 0, {}, watch)->read({0, 0, 64, 64}, target.data(), 64 * 4);
        },
        [&](const Image& image, const EvaluationWatch& watch) {
            m_bench.evaluation.displayPass(image, 0, [](const PixelRect&, const void*, std::size_t) {}, {}, watch);
        }};
    for (const auto& way : ways) {
        std::atomic<bool> called = false;
        EvaluationWatch watch;
        std::thread stopper([&] {
            if (QTest::qWaitFor([&] { return called.load(); }, LIMIT_MS))
                watch.token.cancel();
        });
        ErrorCode code = ErrorCode::Internal;
        try {
            way(mapped(black(500, 500), [&](const CancelToken& token) {
                called = true;
                waitForStop(token);
            }), watch);
        } catch (const Error& error) {
            code = error.code();
        }
        stopper.join();
        QCOMPARE(int(code), int(ErrorCode::Cancelled));
    }
}

void test_TileMap::whatTheFunctionThrowsComesOutAsItIs() {
    const Image image = mapped(black(500, 500), [](const CancelToken&) { throw Error(ErrorCode::File, "two\nlines"); });
    for (int attempt = 0; attempt < 2; ++attempt) {
        try {
            m_bench.evaluation.pixels(image);
            QFAIL("no error");
        } catch (const Error& error) {
            QCOMPARE(int(error.code()), int(ErrorCode::File));
            QCOMPARE(std::string(error.what()), std::string("two\nlines"));
        }
    }
}

void test_TileMap::theFunctionLivesAsLongAsItsStep() {
    auto function = std::make_shared<Function>();
    const std::weak_ptr<Function> watched = function;
    Image image(mapTilesNode({black(10, 10).output()}, std::move(function), {}));
    m_bench.evaluation.pixels(image);
    QVERIFY(!watched.expired());
    image = {};
    m_bench.evaluation.dropCaches();
    QVERIFY(watched.expired());
}

void test_TileMap::theStepIsRepeatedOnAnotherPicture() {
    auto pixels = std::make_shared<PixelBuffer>(ImageShape{10, 10, 1, PixelFormat::UChar, "b-w"});
    const Image first(Node::createArray(pixels));
    const Recipe recipe(mapped(first));
    QCOMPARE(recipe.inputs().size(), std::size_t(1));
    const Image second = recipe.apply({{recipe.inputs().front().name, black(20, 30)}});
    QCOMPARE(m_bench.evaluation.pixels(second)->shape().height, 30);
}

void test_TileMap::cannotBeWrittenDown() {
    const Recipe recipe(mapped(black(10, 10)));
    try {
        recipe.toJson();
        QFAIL("no error");
    } catch (const Error& error) {
        QCOMPARE(int(error.code()), int(ErrorCode::Recipe));
        QVERIFY2(std::string(error.what()).find("the Python function 'check'") != std::string::npos, error.what());
    }
    QVERIFY_EXCEPTION_THROWN(recipe.toScript(m_bench.catalog), Error);
}

QTEST_GUILESS_MAIN(test_TileMap)
#include "test_TileMap.moc"

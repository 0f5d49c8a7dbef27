// Pixels that are made whole, once, when somebody asks: others wait for them, and each of them can be stopped.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Error.h"
#include "core/Workbench.h"
#include "core/recipe/TileFunction.h"

#include <QTest>

#include <atomic>
#include <cstring>
#include <functional>
#include <thread>

using namespace tintype;

namespace {

/// As one of an add-on.
class Gives : public OperationFunction {
public:
    using Call = std::function<NodeOutput(const NodeOutput& image)>;
    explicit Gives(Call call) : m_call(std::move(call)) {}
    std::vector<Value> call(const Parameters& parameters, const CancelToken&) const override {
        return {m_call(*findParameter(parameters, "image")->as<NodeOutput>())};
    }

private:
    Call m_call;
};

/// Calls what the test gives it, then copies.
class Works : public TileFunction {
public:
    using Work = std::function<void(const CancelToken&)>;
    explicit Works(Work work) : m_work(std::move(work)) {}
    std::string name() const override { return "works"; }
    void compute(const std::vector<TilePixels>& in, const TilePixels& out, int, const CancelToken& token) const override {
        m_work(token);
        for (int y = 0; y < out.shape.height; ++y)
            std::memcpy(static_cast<char*>(out.data) + y * out.stride, static_cast<char*>(in.front().data) + y * in.front().stride,
                        out.shape.rowBytes());
    }

private:
    Work m_work;
};

/// What one thread asks for, and what came of it.
struct Asked {
    EvaluationWatch watch;
    std::atomic<bool> isOver = false;
    std::string said = "nothing";
    ErrorCode code = ErrorCode::Internal;
    std::thread thread;

    void ask(const Evaluation& evaluation, const Image& image) {
        thread = std::thread([this, &evaluation, image] {
            try {
                evaluation.pixels(image, watch);
            } catch (const Error& error) {
                said = error.what();
                code = error.code();
            }
            isOver = true;
        });
    }
    bool ends() {
        const bool ended = QTest::qWaitFor([this] { return isOver.load(); }, 60000);
        if (ended)
            thread.join();
        else
            thread.detach();
        return ended;
    }
};

} // namespace

class test_LazyPixels : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whoWaitsIsStoppedByHisOwnToken();
    void whereTheOneWhoMakesThemIsStoppedAnotherGoesOn();
    void whatGoesWrongReachesAllWhoWait();
    void pixelsThatNeedThemselvesAreAnError();

private:
    Image applied(const std::string& id, bool tilewise, Gives::Call call, const Image& image) {
        Operation operation;
        operation.id = id;
        operation.title = operation.category = "Tested";
        operation.tilewise = tilewise;
        ParameterInfo in, out;
        in.name = "image";
        out.name = "out";
        in.kind = out.kind = ParameterKind::Image;
        in.required = out.output = true;
        operation.inputs = {in};
        operation.outputs = {out};
        const Operation& added = m_bench.catalog.add(operation, std::make_shared<Gives>(std::move(call)));
        return Image(m_bench.catalog.makeNode(added, {{"image", image.output()}}));
    }
    /// Its pixels are made at once, by this work.
    Image whole(const std::string& id, Works::Work work) {
        const Image black(m_bench.evaluation.apply(m_bench.catalog.get("black"), {{"width", 20}, {"height", 10}}));
        const auto works = std::make_shared<Works>(std::move(work));
        return applied(id, false, [works](const NodeOutput& image) { return NodeOutput{mapTilesNode({image}, works, {}), "out"}; }, black);
    }
    /// The same pixels; tells when they are about to be asked for.
    Image behind(const std::string& id, const Image& image, std::atomic<bool>& isAsked) {
        return applied(id, true, [&isAsked](const NodeOutput& given) {
            isAsked = true;
            return given;
        }, image);
    }

    Workbench m_bench;
};

void test_LazyPixels::whoWaitsIsStoppedByHisOwnToken() {
    std::atomic<bool> isMade = false, isAsked = false, mayEnd = false;
    const Image made = whole("tested.held", [&](const CancelToken&) {
        isMade = true;
        mayEnd.wait(false);
    });
    const Image other = behind("tested.second", made, isAsked);
    Asked first, second;
    first.ask(m_bench.evaluation, made);
    QTRY_VERIFY(isMade);
    second.ask(m_bench.evaluation, other);
    QTRY_VERIFY(isAsked);
    second.watch.token.cancel();
    const bool ended = second.ends();
    mayEnd = true;
    mayEnd.notify_all();
    QVERIFY(first.ends());
    QVERIFY(ended);
    QCOMPARE(int(second.code), int(ErrorCode::Cancelled));
    QCOMPARE(first.said, std::string("nothing"));
}

void test_LazyPixels::whereTheOneWhoMakesThemIsStoppedAnotherGoesOn() {
    std::atomic<bool> isMade = false, isAsked = false;
    const Image made = whole("tested.stopped", [&](const CancelToken& token) {
        // The second one finds it done.
        if (!isMade.exchange(true))
            token.waitFor(60000);
        token.check();
    });
    const Image other = behind("tested.third", made, isAsked);
    Asked first, second;
    first.ask(m_bench.evaluation, made);
    QTRY_VERIFY(isMade);
    second.ask(m_bench.evaluation, other);
    QTRY_VERIFY(isAsked);
    first.watch.token.cancel();
    QVERIFY(first.ends());
    QVERIFY(second.ends());
    QCOMPARE(int(first.code), int(ErrorCode::Cancelled));
    QCOMPARE(second.said, std::string("nothing"));
}

void test_LazyPixels::whatGoesWrongReachesAllWhoWait() {
    std::atomic<bool> isMade = false, isAsked = false, mayEnd = false;
    std::atomic<bool> isTorn = true;
    const Image made = whole("tested.torn", [&](const CancelToken&) {
        isMade = true;
        mayEnd.wait(false);
        if (isTorn)
            throw Error(ErrorCode::File, "the film is torn");
    });
    const Image other = behind("tested.fourth", made, isAsked);
    Asked first, second, later;
    first.ask(m_bench.evaluation, made);
    QTRY_VERIFY(isMade);
    second.ask(m_bench.evaluation, other);
    QTRY_VERIFY(isAsked);
    mayEnd = true;
    mayEnd.notify_all();
    QVERIFY(first.ends());
    QVERIFY(second.ends());
    QCOMPARE(first.said, std::string("the film is torn"));
    QCOMPARE(second.said, std::string("the film is torn"));
    QCOMPARE(int(second.code), int(ErrorCode::File));
    isTorn = false;
    later.ask(m_bench.evaluation, made);
    QVERIFY(later.ends());
    QCOMPARE(later.said, std::string("nothing"));
}

void test_LazyPixels::pixelsThatNeedThemselvesAreAnError() {
    Image made;
    // Called on a thread of the engine's, while the one that asked waits for it.
    made = whole("tested.itself", [&](const CancelToken&) { m_bench.evaluation.pixels(made); });
    Asked asked;
    asked.ask(m_bench.evaluation, made);
    QVERIFY(asked.ends());
    QCOMPARE(asked.said, std::string("the pixels of an image are needed to make these very pixels"));
}

QTEST_GUILESS_MAIN(test_LazyPixels)
#include "test_LazyPixels.moc"

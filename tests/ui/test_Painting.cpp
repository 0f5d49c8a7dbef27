// What is painted while pixels are computed waits for nobody: not for Qt's thread pool, which gets no processor just then.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/GuiQueue.h"
#include "ui/canvas/BusyIndicator.h"
#include "ui/canvas/CanvasView.h"
#include "ui/panels/JobBar.h"

#include <QSemaphore>
#include <QTest>
#include <QThreadPool>

using namespace tintype;

namespace {

constexpr int LIMIT_MS = 20000;

/// All threads of Qt's pool are at work while this lives, so that whoever waits for them sees it end first.
class BusyPool {
public:
    BusyPool() {
        for (int i = 0; i < threads(); ++i)
            QThreadPool::globalInstance()->start([this] {
                m_begun.release();
                if (!m_end.tryAcquire(1, LIMIT_MS))
                    m_waitedFor = true;
            });
        m_begun.acquire(threads());
    }
    ~BusyPool() {
        m_end.release(threads());
        QThreadPool::globalInstance()->waitForDone();
    }
    bool wasWaitedFor() const { return m_waitedFor; }

private:
    static int threads() { return QThreadPool::globalInstance()->maxThreadCount(); }
    QSemaphore m_begun;
    QSemaphore m_end;
    std::atomic<bool> m_waitedFor = false;
};

void show(QWidget& widget) {
    widget.show();
    QVERIFY(QTest::qWaitForWindowExposed(&widget));
}

} // namespace

class test_Painting : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theCanvasWaitsForNobody_data();
    void theCanvasWaitsForNobody();
    void theBusyIndicatorWaitsForNobody();
    void theBusyIndicatorTurns();
    void theBarOfAJobWaitsForNobody();
    void theBarOfAJobMovesWhileItsLengthIsUnknown();
};

void test_Painting::theCanvasWaitsForNobody_data() {
    QTest::addColumn<double>("zoom");
    QTest::newRow("smaller") << 0.37;
    QTest::newRow("as it is") << 1.0;
    QTest::newRow("larger") << 1.7;
    QTest::newRow("squares") << 5.0;
}

void test_Painting::theCanvasWaitsForNobody() {
    QFETCH(double, zoom);
    OperationCatalog catalog;
    const Evaluation evaluation(catalog);
    GuiQueue queue;
    CanvasView canvas(evaluation, queue);
    canvas.resize(900, 700);
    show(canvas);
    canvas.setImage(QStringLiteral("picture"),
                    Image(evaluation.apply(catalog.get("micrograph"), {{"width", 1500}, {"height", 1200}})));
    QTRY_VERIFY(canvas.isComplete());
    canvas.setZoom(zoom);
    QTRY_VERIFY(canvas.isComplete());
    const QImage before = canvas.viewport()->grab().toImage();
    const BusyPool pool;
    QCOMPARE(canvas.viewport()->grab().toImage(), before);
    QVERIFY(!pool.wasWaitedFor());
}

void test_Painting::theBusyIndicatorWaitsForNobody() {
    QWidget window;
    BusyIndicator indicator(&window);
    const QImage before = indicator.grab().toImage();
    const BusyPool pool;
    QCOMPARE(indicator.grab().toImage(), before);
    QVERIFY(!pool.wasWaitedFor());
}

void test_Painting::theBusyIndicatorTurns() {
    QWidget window;
    BusyIndicator indicator(&window);
    const QImage before = indicator.grab().toImage();
    indicator.show();
    show(window);
    QTRY_VERIFY(indicator.grab().toImage() != before);
}

void test_Painting::theBarOfAJobWaitsForNobody() {
    JobBar bar(nullptr);
    bar.resize(120, 24);
    show(bar);
    const BusyPool pool;
    for (const double fraction : {-1.0, 0.0, 0.42, 1.0}) {
        bar.showFraction(fraction);
        bar.grab();
    }
    QVERIFY(!pool.wasWaitedFor());
}

void test_Painting::theBarOfAJobMovesWhileItsLengthIsUnknown() {
    JobBar bar(nullptr);
    bar.resize(120, 24);
    show(bar);
    bar.showFraction(-1);
    const QImage before = bar.grab().toImage();
    QTRY_VERIFY(bar.grab().toImage() != before);
    bar.showFraction(0.5);
    const QImage half = bar.grab().toImage();
    const QColor done = bar.palette().color(QPalette::Highlight);
    QCOMPARE(half.pixelColor(4, 4), done);
    QCOMPARE(half.pixelColor(116, 4), bar.palette().color(QPalette::Base));
    QCOMPARE(bar.text(), QStringLiteral("50%"));
}

QTEST_MAIN(test_Painting)
#include "test_Painting.moc"

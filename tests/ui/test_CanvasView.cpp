// Tests that the canvas shows the pixels, follows mouse, wheel and keys, and says what is wrong with an image.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/GuiQueue.h"
#include "ui/canvas/CanvasView.h"

#include <QFile>
#include <QSignalSpy>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

#include <cmath>

using namespace tintype;

namespace {

const std::string SAMPLES = "/usr/lib/python3/dist-packages/skimage/data/";

QRgb colourAt(int x, int y) {
    return qRgb(x % 256, y % 256, (x * 5 + y * 3) % 256);
}

} // namespace

class TestCanvasView : public QObject {
    Q_OBJECT

    OperationCatalog m_catalog;
    Evaluation m_evaluation{m_catalog};
    QTemporaryDir m_folder;
    std::unique_ptr<GuiQueue> m_queue;
    std::unique_ptr<CanvasView> m_canvas;

    Image apply(const char* id, Parameters given) { return Image(m_evaluation.apply(m_catalog.get(id), given)); }
    Image picture(int width, int height) {
        auto buffer = std::make_shared<PixelBuffer>(ImageShape{width, height, 3, PixelFormat::UChar, "srgb"});
        auto* pixels = static_cast<std::uint8_t*>(buffer->mutableData());
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x) {
                const QRgb colour = colourAt(x, y);
                *pixels++ = std::uint8_t(qRed(colour));
                *pixels++ = std::uint8_t(qGreen(colour));
                *pixels++ = std::uint8_t(qBlue(colour));
            }
        return Image(Node::createArray(buffer));
    }
    Image inverted(const Image& image) { return apply("invert", {{"in", NodeOutput{image.node()}}}); }
    /// The first half of a picture file.
    Image truncated() {
        QFile whole(QString::fromStdString(SAMPLES + "rocket.jpg"));
        QFile half(m_folder.filePath(QStringLiteral("half.jpg")));
        if (whole.open(QIODevice::ReadOnly) && half.open(QIODevice::WriteOnly))
            half.write(whole.read(whole.size() / 2));
        half.close();
        return Image(m_evaluation.openFile(half.fileName().toStdString()));
    }

    QWidget* viewport() { return m_canvas->viewport(); }
    /// The colour on the screen at a point of the image.
    QRgb shownAt(int x, int y) {
        const QPointF position = m_canvas->viewportPosition(QPointF(x + 0.5, y + 0.5));
        const QImage grabbed = viewport()->grab().toImage();
        const QPointF device = position * grabbed.devicePixelRatio();
        return grabbed.pixel(int(std::floor(device.x())), int(std::floor(device.y()))) | 0xff000000u;
    }
    QPointF imagePosition(const QPointF& position) {
        const QPointF origin = m_canvas->viewportPosition({0, 0});
        const QPointF unit = m_canvas->viewportPosition({1, 1}) - origin;
        return QPointF((position.x() - origin.x()) / unit.x(), (position.y() - origin.y()) / unit.y());
    }
    void wheel(const QPointF& position, int angle, Qt::KeyboardModifiers modifiers = {}, QPoint pixels = {}) {
        QWheelEvent event(position, viewport()->mapToGlobal(position), pixels, QPoint(0, angle), Qt::NoButton,
                          modifiers, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(viewport(), &event);
    }
    void show(const QString& name, const Image& image) {
        m_canvas->setImage(name, image);
        QTRY_VERIFY(m_canvas->info().image.shape.width > 0);
        QTRY_VERIFY_WITH_TIMEOUT(m_canvas->isComplete(), 30000);
    }

private Q_SLOTS:
    void init() {
        m_queue = std::make_unique<GuiQueue>();
        m_canvas = std::make_unique<CanvasView>(m_evaluation, *m_queue);
        m_canvas->resize(600, 400);
        m_canvas->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_canvas.get()));
        QCursor::setPos(m_canvas->mapToGlobal(QPoint(5000, 5000)));
    }
    void cleanup() {
        m_canvas.reset();
        m_queue.reset();
    }

    void fullSizeShowsPixelForPixel() {
        show(QStringLiteral("ramp"), picture(1500, 1000));
        QTest::keyClick(viewport(), Qt::Key_1);
        QCOMPARE(m_canvas->zoom(), 1.0);
        QTRY_VERIFY_WITH_TIMEOUT(m_canvas->isComplete(), 30000);
        const QImage grabbed = viewport()->grab().toImage().convertToFormat(QImage::Format_RGB32);
        const double ratio = viewport()->devicePixelRatioF();
        const QPoint origin = (m_canvas->viewportPosition({0, 0}) * ratio).toPoint();
        for (int y = 0; y < grabbed.height(); ++y)
            for (int x = 0; x < grabbed.width(); ++x)
                QCOMPARE(grabbed.pixel(x, y), colourAt(x - origin.x(), y - origin.y()));
    }

    void enlargedPixelsAreSquares() {
        show(QStringLiteral("ramp"), picture(300, 200));
        m_canvas->setZoom(16);
        QTRY_VERIFY_WITH_TIMEOUT(m_canvas->isComplete(), 30000);
        const QPoint middle(150, 100);
        QCOMPARE(shownAt(middle.x(), middle.y()), colourAt(middle.x(), middle.y()));
        QCOMPARE(shownAt(middle.x() + 1, middle.y()), colourAt(middle.x() + 1, middle.y()));
        QCOMPARE(shownAt(middle.x() - 2, middle.y() - 3), colourAt(middle.x() - 2, middle.y() - 3));
    }

    void aLargeImageIsFittedAndASmallOneIsNotEnlarged() {
        const double ratio = viewport()->devicePixelRatioF();
        show(QStringLiteral("large"), picture(2400, 1000));
        QCOMPARE(m_canvas->zoom(), 600 * ratio / 2400);
        show(QStringLiteral("small"), picture(60, 40));
        QCOMPARE(m_canvas->zoom(), 1.0);
        QTest::keyClick(viewport(), Qt::Key_0);
        QCOMPARE(m_canvas->zoom(), 10 * ratio);
        m_canvas->resize(300, 400);
        QTRY_COMPARE(m_canvas->zoom(), 5 * ratio);
    }

    void theWheelZoomsAtTheCursor() {
        show(QStringLiteral("ramp"), picture(3000, 2000));
        QSignalSpy zoomed(m_canvas.get(), &CanvasView::zoomChanged);
        const QPointF cursor(420, 130);
        const QPointF before = imagePosition(cursor);
        const double zoom = m_canvas->zoom();
        wheel(cursor, 120);
        QVERIFY(m_canvas->zoom() > zoom);
        QCOMPARE(zoomed.count(), 1);
        wheel(cursor, 120, Qt::ControlModifier);
        wheel(cursor, 120);
        QVERIFY(std::abs(m_canvas->zoom() - 2 * zoom) < 1e-9);
        const QPointF distance = imagePosition(cursor) - before;
        QVERIFY(std::abs(distance.x()) < 3 && std::abs(distance.y()) < 3);
        for (int i = 0; i < 6; ++i)
            wheel(cursor, -120);
        QVERIFY(m_canvas->zoom() < zoom);
    }

    void theWheelStopsAtFullSize() {
        show(QStringLiteral("ramp"), picture(3000, 2000));
        m_canvas->setZoom(0.9);
        wheel({300, 200}, 120);
        QCOMPARE(m_canvas->zoom(), 1.0);
        wheel({300, 200}, 120);
        QVERIFY(m_canvas->zoom() > 1.2);
    }

    void draggingMovesTheImageWithTheMouse() {
        show(QStringLiteral("ramp"), picture(3000, 2000));
        m_canvas->setZoom(1);
        for (Qt::MouseButton button : {Qt::LeftButton, Qt::MiddleButton}) {
            const QPointF before = m_canvas->viewportPosition({1500, 1000});
            QTest::mousePress(viewport(), button, {}, QPoint(300, 200));
            QTest::mouseMove(viewport(), QPoint(310, 190));
            QTest::mouseMove(viewport(), QPoint(340, 150));
            QTest::mouseRelease(viewport(), button, {}, QPoint(340, 150));
            QCOMPARE(m_canvas->viewportPosition({1500, 1000}), before + QPointF(40, -50));
            QTest::mouseMove(viewport(), QPoint(300, 200));
            QCOMPARE(m_canvas->viewportPosition({1500, 1000}), before + QPointF(40, -50));
        }
    }

    void keysAndShiftWheelAndTouchpadPan() {
        show(QStringLiteral("ramp"), picture(3000, 2000));
        m_canvas->setZoom(1);
        const QPointF start = m_canvas->viewportPosition({0, 0});
        const auto moved = [&] { return m_canvas->viewportPosition({0, 0}) - start; };
        QTest::keyClick(viewport(), Qt::Key_Right);
        QCOMPARE(moved(), QPointF(-64, 0));
        QTest::keyClick(viewport(), Qt::Key_Down);
        QCOMPARE(moved(), QPointF(-64, -64));
        wheel({100, 100}, 120, Qt::ShiftModifier);
        QCOMPARE(moved(), QPointF(0, -64));
        wheel({100, 100}, 120, {}, QPoint(5, 7));
        QCOMPARE(moved(), QPointF(5, -57));
        QCOMPARE(m_canvas->zoom(), 1.0);
        QTest::keyClick(viewport(), Qt::Key_Plus);
        QCOMPARE(m_canvas->zoom(), 1.5);
        QTest::keyClick(viewport(), Qt::Key_Minus);
        QCOMPARE(m_canvas->zoom(), 1.0);
    }

    void anImageIsSeenAgainWhereItWasLeft() {
        const Image first = picture(3000, 2000);
        show(QStringLiteral("first"), first);
        m_canvas->setZoom(2);
        QTest::keyClick(viewport(), Qt::Key_Right);
        const QPointF place = m_canvas->viewportPosition({0, 0});
        show(QStringLiteral("second"), picture(900, 900));
        QVERIFY(m_canvas->zoom() != 2);
        show(QStringLiteral("first"), first);
        QCOMPARE(m_canvas->zoom(), 2.0);
        QCOMPARE(m_canvas->viewportPosition({0, 0}), place);
    }

    void anEditKeepsThePictureUntilTheNewOneIsThere() {
        const Image image = picture(1200, 800);
        show(QStringLiteral("ramp"), image);
        m_canvas->setZoom(1);
        QTest::keyClick(viewport(), Qt::Key_Left);
        QTRY_VERIFY_WITH_TIMEOUT(m_canvas->isComplete(), 30000);
        const QPointF place = m_canvas->viewportPosition({0, 0});
        const QRgb colour = colourAt(600, 400);
        QCOMPARE(shownAt(600, 400), colour);
        m_canvas->setImage(QStringLiteral("ramp"), inverted(image));
        QCOMPARE(shownAt(600, 400), colour);
        QTRY_COMPARE(shownAt(600, 400), qRgb(255 - qRed(colour), 255 - qGreen(colour), 255 - qBlue(colour)));
        QCOMPARE(m_canvas->viewportPosition({0, 0}), place);
    }

    void aPreviewComesAndGoesInPlace() {
        const Image image = picture(1200, 800);
        show(QStringLiteral("ramp"), image);
        m_canvas->setZoom(3);
        QTRY_VERIFY_WITH_TIMEOUT(m_canvas->isComplete(), 30000);
        const QPointF place = m_canvas->viewportPosition({0, 0});
        const QRgb colour = shownAt(600, 400);
        m_canvas->showPreview(inverted(image));
        QVERIFY(m_canvas->isPreviewing());
        QCOMPARE(shownAt(600, 400), colour);
        QTRY_VERIFY(shownAt(600, 400) != colour);
        QCOMPARE(m_canvas->viewportPosition({0, 0}), place);
        m_canvas->setImage(QStringLiteral("ramp"), image); // the document changed elsewhere
        QVERIFY(m_canvas->isPreviewing());
        m_canvas->clearPreview();
        QTRY_COMPARE(shownAt(600, 400), colour);
        QCOMPARE(m_canvas->zoom(), 3.0);
    }

    void aDamagedImageIsShownWithAMessage() {
        show(QStringLiteral("half"), truncated());
        QTRY_VERIFY2(m_canvas->message().contains(QStringLiteral("damaged")), qPrintable(m_canvas->message()));
        QVERIFY(m_canvas->info().damaged);
        const QRgb top = shownAt(10, 10);
        QVERIFY2(qBlue(top) > 0, "the part that decodes shows");
        show(QStringLiteral("whole"), picture(10, 10));
        QVERIFY(m_canvas->message().isEmpty());
    }

    void anImageThatCannotBeShownSaysWhy() {
        const Image missing(Node::create(Node::FILE, {{"filename", Value("/nowhere/missing.png")}}));
        QSignalSpy infos(m_canvas.get(), &CanvasView::infoChanged);
        m_canvas->setImage(QStringLiteral("missing"), missing);
        QTRY_VERIFY(m_canvas->message().contains(QStringLiteral("missing.png")));
        QCOMPARE(infos.count(), 1);
    }

    void withoutAnImageItSaysWhatToDo() {
        const QImage empty = viewport()->grab().toImage();
        const QRgb ground = empty.pixel(0, 0);
        int written = 0;
        for (int x = 0; x < empty.width(); ++x)
            for (int y = empty.height() / 3; y < empty.height() * 2 / 3; ++y)
                written += empty.pixel(x, y) != ground;
        QVERIFY2(written > 100, "there is text in the middle");
        QVERIFY(!viewport()->acceptDrops() && !m_canvas->acceptDrops());
        show(QStringLiteral("ramp"), picture(600, 400));
        QVERIFY(viewport()->grab().toImage() != empty);
        m_canvas->setImage({}, {});
        QCOMPARE(viewport()->grab().toImage(), empty);
    }

    void thePixelUnderTheCursorIsTold() {
        show(QStringLiteral("ramp"), picture(3000, 2000));
        m_canvas->setZoom(4);
        QSignalSpy moved(m_canvas.get(), &CanvasView::cursorMoved);
        QSignalSpy value(m_canvas.get(), &CanvasView::pixelValue);
        const QPoint position = m_canvas->viewportPosition({1502.5, 1003.5}).toPoint();
        QTest::mouseMove(viewport(), position);
        QTRY_VERIFY(!moved.isEmpty());
        QCOMPARE(moved.last().at(0).toPoint(), QPoint(1502, 1003));
        QVERIFY(moved.last().at(1).toBool());
        const QRgb colour = colourAt(1502, 1003);
        const QString expected = QStringLiteral("%1, %2, %3").arg(qRed(colour)).arg(qGreen(colour)).arg(qBlue(colour));
        QTRY_VERIFY(!value.isEmpty() && value.last().at(0).toString() == expected);
        m_canvas->setImage({}, {});
        QVERIFY(!moved.last().at(1).toBool());
        QCOMPARE(value.last().at(0).toString(), QString());
    }

    void theSliderChoosesThePlane() {
        const Image pages(m_evaluation.openFile(SAMPLES + "multipage.tif", {}, true));
        show(QStringLiteral("pages"), pages);
        auto* slider = m_canvas->findChild<QSlider*>();
        QVERIFY(slider && slider->isVisible());
        const QImage first = viewport()->grab().toImage();
        QSignalSpy planes(m_canvas.get(), &CanvasView::planeChanged);
        slider->setFocus();
        QTest::keyClick(slider, Qt::Key_Right);
        QCOMPARE(planes.count(), 1);
        QCOMPARE(m_canvas->plane(), 1);
        QTRY_VERIFY_WITH_TIMEOUT(m_canvas->isComplete(), 30000);
        QTRY_VERIFY(viewport()->grab().toImage() != first);
        show(QStringLiteral("single"), picture(20, 20));
        QVERIFY(!m_canvas->findChild<QSlider*>());
        QCOMPARE(m_canvas->plane(), 0);
        show(QStringLiteral("pages"), pages);
        QCOMPARE(m_canvas->plane(), 1);
    }

    void theViewIsDestroyedWhilePixelsAreBeingComputed() {
        const Image slow = apply("gaussblur", {{"in", NodeOutput{picture(4000, 4000).node()}}, {"sigma", 30.0}});
        QSignalSpy infos(m_canvas.get(), &CanvasView::infoChanged);
        m_canvas->setImage(QStringLiteral("slow"), slow);
        QTRY_VERIFY(!infos.isEmpty());
        QVERIFY(!m_canvas->isComplete());
        m_canvas.reset();
    }
};

QTEST_MAIN(TestCanvasView)
#include "test_CanvasView.moc"

// What scripts tell the window is shown at once, and a storm of it costs the window little.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/GuiQueue.h"
#include "ui/WindowRequests.h"

#include <QSignalSpy>
#include <QTest>

#include <thread>

using namespace tintype;

class test_WindowRequests : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void messagesAreShownInTheirOrder();
    void ofAStormTheNewestAreShown();
    void whatIsToldDuringAStormIsShownInTheEnd();

private:
    static QStringList texts(const QSignalSpy& shown) {
        QStringList found;
        for (const QList<QVariant>& arguments : shown)
            found << arguments.first().toString();
        return found;
    }
    GuiQueue m_queue;
};

void test_WindowRequests::messagesAreShownInTheirOrder() {
    WindowRequests requests(m_queue);
    QSignalSpy shown(&requests, &WindowRequests::messageShown);
    for (const char* text : {"one", "two", "three"})
        requests.showMessage(text);
    const QStringList three{QStringLiteral("one"), QStringLiteral("two"), QStringLiteral("three")};
    QTRY_COMPARE(texts(shown), three);
    requests.showMessage("four");
    QTRY_COMPARE(texts(shown), three + QStringList{QStringLiteral("four")});
}

void test_WindowRequests::ofAStormTheNewestAreShown() {
    WindowRequests requests(m_queue);
    QSignalSpy shown(&requests, &WindowRequests::messageShown);
    std::thread([&] {
        for (int i = 0; i < 100000; ++i)
            requests.showMessage(std::to_string(i));
    }).join();
    const QStringList newest{QStringLiteral("99996"), QStringLiteral("99997"), QStringLiteral("99998"),
                             QStringLiteral("99999")};
    QTRY_COMPARE(texts(shown), newest);
}

void test_WindowRequests::whatIsToldDuringAStormIsShownInTheEnd() {
    WindowRequests requests(m_queue);
    QSignalSpy shown(&requests, &WindowRequests::messageShown);
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&] {
            for (int message = 0; message < 20000; ++message)
                requests.showMessage("storm");
        });
    QTRY_VERIFY(!shown.isEmpty());
    for (std::thread& thread : threads)
        thread.join();
    requests.showMessage("calm");
    QTRY_VERIFY(!shown.isEmpty() && shown.last().first().toString() == QStringLiteral("calm"));
}

QTEST_GUILESS_MAIN(test_WindowRequests)
#include "test_WindowRequests.moc"

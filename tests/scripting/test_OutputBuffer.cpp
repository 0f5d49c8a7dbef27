// Output stays bounded, keeps its order, and says what was left out.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/OutputBuffer.h"

#include <QTest>

using namespace tintype;

class test_OutputBuffer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void joinsTextOfOneStream();
    void eventsKeepTheirPlace();
    void leavesOutTheOldestLines();
    void neverCutsACharacter();
    void aHugeTextIsBounded();
    void aLineWithoutEndShowsItsLastPart();
    void shortPiecesOfBothStreamsAreBounded();
    void wakesOnceUntilItIsEmpty();
    void wakesForEveryEventAndGivesWhatLeadsToIt();
};

namespace {

std::string takeAll(OutputBuffer& buffer) {
    std::string text;
    while (!buffer.isEmpty())
        for (const OutputBuffer::Item& item : buffer.take(1 << 16))
            text += item.event ? std::string("<event>") : item.text;
    return text;
}

} // namespace

void test_OutputBuffer::joinsTextOfOneStream() {
    OutputBuffer buffer;
    buffer.append(OutputStream::Out, "a");
    buffer.append(OutputStream::Out, "b\n");
    buffer.append(OutputStream::Error, "c\n");
    const auto items = buffer.take(100);
    QCOMPARE(items.size(), 2u);
    QCOMPARE(items[0].text, std::string("ab\n"));
    QCOMPARE(int(items[1].stream), int(OutputStream::Error));
    QVERIFY(buffer.isEmpty());
}

void test_OutputBuffer::eventsKeepTheirPlace() {
    OutputBuffer buffer;
    buffer.append(OutputStream::Out, "before\n");
    buffer.post([] {});
    buffer.append(OutputStream::Out, "after\n");
    QCOMPARE(takeAll(buffer), std::string("before\n<event>after\n"));
}

void test_OutputBuffer::leavesOutTheOldestLines() {
    OutputBuffer buffer;
    buffer.append(OutputStream::Out, "start ");
    QCOMPARE(buffer.take(1)[0].text, std::string("start "));
    const int lines = 300000;
    std::size_t bytes = 0;
    for (int i = 0; i < lines; ++i) {
        const std::string line = std::to_string(i) + "\n";
        bytes += line.size();
        buffer.append(OutputStream::Out, line);
    }
    buffer.post([] {});
    const std::string text = takeAll(buffer);
    QVERIFY(bytes > OutputBuffer::LIMIT);
    QVERIFY(text.size() <= OutputBuffer::LIMIT + 100);
    QVERIFY(text.ends_with("\n299999\n<event>"));
    int leftOut = 0;
    QCOMPARE(std::sscanf(text.c_str(), "\n[… %d lines left out]", &leftOut), 1);
    const std::string rest = text.substr(text.find("]\n") + 2);
    QCOMPARE(std::stoi(rest), leftOut);
    QCOMPARE(std::count(rest.begin(), rest.end(), '\n') + leftOut, lines);
}

void test_OutputBuffer::neverCutsACharacter() {
    OutputBuffer buffer;
    std::string text;
    for (int i = 0; i < 200000; ++i)
        text += "€";
    buffer.append(OutputStream::Out, text);
    std::string joined;
    while (!buffer.isEmpty())
        for (const OutputBuffer::Item& item : buffer.take(1)) {
            QVERIFY(!QString::fromStdString(item.text).contains(QChar::ReplacementCharacter));
            joined += item.text;
        }
    QCOMPARE(joined, text);
}

void test_OutputBuffer::aHugeTextIsBounded() {
    OutputBuffer buffer;
    buffer.append(OutputStream::Out, std::string(20 << 20, 'x'));
    buffer.append(OutputStream::Out, "\nend\n");
    const std::string text = takeAll(buffer);
    QVERIFY(text.size() <= OutputBuffer::LIMIT + 100);
    QVERIFY(text.starts_with("[… "));
    QVERIFY(text.ends_with("x\nend\n"));
}

void test_OutputBuffer::aLineWithoutEndShowsItsLastPart() {
    OutputBuffer buffer;
    const std::size_t letters = 10'000'000;
    buffer.append(OutputStream::Out, std::string(letters, 'x'));
    const std::string text = takeAll(buffer);
    std::size_t leftOut = 0;
    QCOMPARE(std::sscanf(text.c_str(), "[… %zu bytes of a line left out]", &leftOut), 1);
    QCOMPARE(leftOut + std::count(text.begin(), text.end(), 'x'), letters);
    QVERIFY(text.size() > OutputBuffer::LIMIT / 2);
    QVERIFY(text.size() <= OutputBuffer::LIMIT + 100);
}

void test_OutputBuffer::shortPiecesOfBothStreamsAreBounded() {
    OutputBuffer buffer;
    const int pairs = 200'000;
    for (int i = 0; i < pairs; ++i) {
        buffer.append(OutputStream::Out, "o\n");
        buffer.append(OutputStream::Error, "e\n");
    }
    std::size_t pieces = 0;
    while (!buffer.isEmpty())
        pieces += buffer.take(1 << 16).size();
    QVERIFY(pieces > 1000);
    QVERIFY(pieces <= OutputBuffer::LIMIT / sizeof(OutputBuffer::Item));
}

void test_OutputBuffer::wakesOnceUntilItIsEmpty() {
    OutputBuffer buffer;
    int wakes = 0;
    buffer.setWake([&] { ++wakes; });
    buffer.append(OutputStream::Out, "a\n");
    buffer.append(OutputStream::Error, "b\n");
    QCOMPARE(wakes, 1);
    takeAll(buffer);
    buffer.post([] {});
    QCOMPARE(wakes, 2);
    buffer.setWake(nullptr);
    takeAll(buffer);
    buffer.append(OutputStream::Out, "c");
    QCOMPARE(wakes, 2);
}

void test_OutputBuffer::wakesForEveryEventAndGivesWhatLeadsToIt() {
    OutputBuffer buffer;
    int wakes = 0;
    buffer.setWake([&] { ++wakes; });
    buffer.append(OutputStream::Out, "one\n");
    buffer.post([] {});
    buffer.post([] {});
    buffer.append(OutputStream::Out, "two\n");
    QCOMPARE(wakes, 3);
    const auto items = buffer.take(1 << 16, OutputBuffer::Upto::LastEvent);
    QCOMPARE(items.size(), 3u);
    QCOMPARE(items[0].text, std::string("one\n"));
    QVERIFY(buffer.take(1 << 16, OutputBuffer::Upto::LastEvent).empty());
    QCOMPARE(takeAll(buffer), std::string("two\n"));
}

QTEST_GUILESS_MAIN(test_OutputBuffer)
#include "test_OutputBuffer.moc"

// A script in its own process works on a copy of the document, and what it did comes back as one step.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/PixelBuffer.h"
#include "tests/scripting/ScriptProcessFixture.h"

#include <QFile>
#include <QTemporaryDir>

#include <cstring>

using namespace tintype;
using namespace Qt::StringLiterals;

class test_ScriptProcessDocument : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_fixture = std::make_unique<ScriptProcessFixture>(); }
    void cleanupTestCase() { m_fixture.reset(); }
    void init() { m_fixture->begin(); }

    void whatItDidComesBackAsOneStep();
    void whatOthersDidMeanwhileStays();
    void anErrorKeepsWhatWasDoneBefore();
    void whatDidNotChangeMakesNoStep();
    void aHugeRecipeTravelsAsARecipe();
    void pixelsTravelInSharedMemory();
    void aHundredMegapixelsAreNotCopiedThere();
    void whatAFunctionMakesOfTilesIsLostWithAMessage();
    void theExampleForItRuns();

private:
    std::unique_ptr<ScriptProcessFixture> m_fixture;
    QTemporaryDir m_folder;
};

void test_ScriptProcessDocument::whatItDidComesBackAsOneStep() {
    m_fixture->add("scan", m_fixture->black(8, 6));
    m_fixture->add("old name", m_fixture->black(3, 3));
    m_fixture->add("gone", m_fixture->black(2, 2));
    m_fixture->add("kept", m_fixture->black(5, 5));
    const Document::State before = m_fixture->document().state();
    const std::size_t steps = m_fixture->document().history().done;
    QCOMPARE(m_fixture->run(u"import tintype as tt\nprint(list(tt.data.images), tt.active.width)\n"
                 "tt.ops.linear(1, 7, image='scan')\ntt.data.images['new'] = tt.data.images['scan'] + 1\n"
                 "tt.data.images.rename('old name', 'new name')\ndel tt.data.images['gone']\n"
                 "tt.data.scripts['note'] = 'pass'\ntt.active = 'scan'\n"_s),
             u"['scan', 'old name', 'gone', 'kept'] 5\n"_s);
    const Document::State after = m_fixture->document().state();
    QCOMPARE(m_fixture->document().history().done, steps + 1);
    QCOMPARE(m_fixture->document().history().edits.back().title, std::string("Run test"));
    QCOMPARE(after->imageNames(), (std::vector<std::string>{"scan", "new name", "kept", "new"}));
    QCOMPARE(after->active(), std::string("scan"));
    QCOMPARE(after->scripts().size(), 1U);
    // The very nodes, not copies: what was computed for them stays.
    QVERIFY(after->image("kept") == before->image("kept"));
    QVERIFY(after->image("new name") == before->image("old name"));
    QVERIFY(upstream(after->image("scan").node()).front() == before->image("scan").node());
    const auto pixels = m_fixture->workbench.evaluation.pixels(after->image("new"));
    QCOMPARE(int(pixels->shape().format), int(PixelFormat::Float));
    QCOMPARE(*static_cast<const float*>(pixels->data()), 8.0f);
    m_fixture->document().undo();
    QVERIFY(*m_fixture->document().state() == *before);
}

void test_ScriptProcessDocument::whatOthersDidMeanwhileStays() {
    m_fixture->add("a", m_fixture->black(1, 1));
    m_fixture->add("b", m_fixture->black(2, 2));
    const QString gate = m_folder.filePath(u"gate"_s);
    const JobPtr job = m_fixture->start(u"import tintype as tt, os, time\ntt.data.images['a'] = tt.Image.black(9, 9)\nprint('in')\n"
                             "while not os.path.exists('%1'): time.sleep(0.01)\n"_s.arg(gate));
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->scripts->output.of(job), u"in\n"_s, LIMIT_MS);
    removeImage(m_fixture->document(), "a");
    const Image mine = m_fixture->black(3, 3);
    m_fixture->add("b", mine);
    QFile(gate).open(QIODevice::WriteOnly);
    m_fixture->waitFor(job);
    QCOMPARE(m_fixture->document().state()->imageNames(), (std::vector<std::string>{"b", "a"}));
    QVERIFY(m_fixture->document().state()->image("b") == mine);
}

void test_ScriptProcessDocument::anErrorKeepsWhatWasDoneBefore() {
    m_fixture->run(u"import tintype as tt\ntt.data.images['made'] = tt.Image.black(2, 2)\n1 / 0\n"_s);
    QCOMPARE(m_fixture->scripts->output.exitCode(m_fixture->job), 1);
    QVERIFY(m_fixture->document().state()->has("made"));
}

void test_ScriptProcessDocument::whatDidNotChangeMakesNoStep() {
    m_fixture->add("a", m_fixture->black(1, 1));
    const auto revision = m_fixture->document().revision();
    m_fixture->run(u"import tintype as tt\nprint(tt.active.avg())"_s);
    QCOMPARE(m_fixture->document().revision(), revision);
}

void test_ScriptProcessDocument::aHugeRecipeTravelsAsARecipe() {
    m_fixture->add("huge", m_fixture->black(100000, 90000));
    QCOMPARE(m_fixture->run(u"import tintype as tt\nim = tt.active\nprint(im.width, im.height, im.extract_area(500, 500, 4, 4).avg())\n"
                 "tt.data.images['huge'] = im + 3\n"_s),
             u"100000 90000 0.0\n"_s);
    QCOMPARE(m_fixture->workbench.evaluation.info(m_fixture->document().state()->image("huge")).shape.width, 100000);
}

void test_ScriptProcessDocument::pixelsTravelInSharedMemory() {
    auto pixels = std::make_shared<PixelBuffer>(ImageShape{3000, 2000, 3, PixelFormat::UChar, "srgb"});
    std::memset(pixels->mutableData(), 40, pixels->shape().byteCount());
    m_fixture->add("array", Image(Node::createArray(pixels)));
    const QString text = m_fixture->run(u"import tintype as tt\nim = tt.data.images['array']\nprint(im.width, im.interpretation, im.avg())\n"
                             "sizes = [int(b, 16) - int(a, 16) for a, b in (line.split()[0].split('-') for line in\n"
                             "         open('/proc/self/maps') if 'memfd:tintype' in line)]\n"
                             "print(max(sizes) >= 3000 * 2000 * 3)\n"
                             "a = im.numpy().copy()\na[:] = 50\ntt.data.images['made'] = a\ntt.data.images['kept'] = im + 2\n"_s);
    QCOMPARE(text, u"3000 srgb 40.0\nTrue\n"_s);
    const Document::State state = m_fixture->document().state();
    const auto made = state->image("made").node()->pixels();
    QVERIFY(made);
    QCOMPARE(made->shape().byteCount(), pixels->shape().byteCount());
    const auto* bytes = static_cast<const unsigned char*>(made->data());
    QCOMPARE(int(bytes[0]) + int(bytes[made->shape().byteCount() - 1]), 100);
    // The array of the document did not come back a second time.
    QVERIFY(upstream(state->image("kept").node()).front()->pixels() == pixels);
    QFile maps(u"/proc/self/maps"_s);
    QVERIFY(maps.open(QIODevice::ReadOnly));
    QVERIFY(maps.readAll().contains("memfd:tintype"));
}

void test_ScriptProcessDocument::aHundredMegapixelsAreNotCopiedThere() {
#ifdef TINTYPE_SANITIZED
    QSKIP("a sanitizer keeps freed memory back, so that what a process has says nothing");
#endif
    // What belongs to the process alone; pages of shared memory do not.
    const auto ownMegabytes = [this](int side) {
        auto pixels = std::make_shared<PixelBuffer>(ImageShape{side, side, 1, PixelFormat::UChar, "b-w"});
        std::memset(pixels->mutableData(), 40, pixels->shape().byteCount());
        m_fixture->add("array", Image(Node::createArray(pixels)));
        const QString text = m_fixture->run(u"import re\nimport numpy as np\nimport tintype as tt\nim = tt.active\n"
                                 "assert im.avg() == 40 and np.asarray(im).max() == 40\n"
                                 "print(re.search('Anonymous: *([0-9]+) kB', open('/proc/self/smaps_rollup').read())[1])\n"_s);
        return text.trimmed().toInt() / 1000;
    };
    const int small = ownMegabytes(10);
    const int large = ownMegabytes(10000);
    QVERIFY(small > 0);
    QVERIFY2(large < small + 50, qPrintable(u"%1 MB instead of %2 MB"_s.arg(large).arg(small)));
}

void test_ScriptProcessDocument::whatAFunctionMakesOfTilesIsLostWithAMessage() {
    const QString text = m_fixture->run(u"import tintype as tt\ntt.data.images['kept'] = tt.Image.black(2, 2)\n"
                             "tt.data.images['tiles'] = tt.Image.black(64, 64).map_tiles(lambda tile: tile + 1)\n"
                             "print(tt.data.images['tiles'].avg())\n"_s);
    QVERIFY2(text.startsWith(u"1.0\nLost with the script's process, the image \"tiles\": the step \"map_tiles\" "_s), qPrintable(text));
    QCOMPARE(m_fixture->scripts->output.exitCode(m_fixture->job), 0);
    QCOMPARE(m_fixture->document().state()->imageNames(), std::vector<std::string>{"kept"});
}

void test_ScriptProcessDocument::theExampleForItRuns() {
    m_fixture->add("picture", m_fixture->black(64, 48));
    QCOMPARE(m_fixture->run({}, qEnvironmentVariable("TINTYPE_SOURCE") + u"/examples/strongest_patterns.py"_s),
             u"64 x 48 pixels from 20 patterns\n"_s);
    QVERIFY(m_fixture->document().state()->has("Strongest patterns"));
}

QTEST_GUILESS_MAIN(test_ScriptProcessDocument)
#include "test_ScriptProcessDocument.moc"

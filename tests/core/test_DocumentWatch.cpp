// Tests that who looks at the document now and then misses no opened file, and sees what was done before the look and no more.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/document/DocumentWatch.h"

#include <QTest>

#include <future>
#include <thread>

using namespace tintype;

namespace {

Image opened(const std::string& path) {
    return Image(Node::create(Node::FILE, {{"filename", path}}));
}

Image someImage() {
    return Image(Node::create("black", {{"width", 8}, {"height", 8}}));
}

} // namespace

class test_DocumentWatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_document = std::make_unique<Document>();
        m_watch = std::make_unique<DocumentWatch>(*m_document);
        m_subscription = m_document->subscribe([this](const DocumentChange&) { m_watch->note(); });
    }
    void cleanup() {
        m_subscription = {};
        m_watch.reset();
    }

    void theFirstLookSeesNothing() {
        set("old", opened("/old.png"));
        const auto seen = m_watch->look();
        QCOMPARE(seen.before, seen.after);
        QVERIFY(seen.opened.empty());
        QCOMPARE(seen.activeBefore, std::string("old"));
    }

    void aFileIsOpenedAlsoWhenItsImageIsChangedBeforeTheLook() {
        m_watch->look();
        set("scan", opened("/scan.png"));
        set("scan", someImage());
        QCOMPARE(m_watch->look().opened, (Opened{{"scan", "/scan.png"}}));
        QVERIFY(m_watch->look().opened.empty());
    }

    void aFileIsOpenedAlsoUnderANameThatExists() {
        set("scan", someImage());
        m_watch->look();
        set("scan", opened("/scan.png"));
        QCOMPARE(m_watch->look().opened, (Opened{{"scan", "/scan.png"}}));
    }

    void anOpenedImageHasTheNameThatItIsRenamedTo() {
        set("first", someImage());
        m_watch->look();
        set("scan", opened("/scan.png"));
        set("last", someImage());
        rename("scan", "page");
        QCOMPARE(m_watch->look().opened, (Opened{{"page", "/scan.png"}}));
        rename("page", "leaf");
        QVERIFY(m_watch->look().opened.empty());
    }

    void anOpenedImageThatHasGoneIsNotThere() {
        m_watch->look();
        set("scan", opened("/scan.png"));
        m_document->edit("Remove", "", [](DocumentState state) {
            state.removeImage("scan");
            return state;
        });
        set("scan", someImage());
        QVERIFY(m_watch->look().opened.empty());
    }

    void neitherACopyNorAnUndoOpensAFile() {
        set("scan", opened("/scan.png"));
        m_watch->look();
        set("copy", m_document->state()->image("scan"));
        set("scan", someImage());
        m_document->undo();
        QVERIFY(m_watch->look().opened.empty());
    }

    void ofAReplacementOnlyWhatCameAfterItIsSeen() {
        set("scan", opened("/scan.png"));
        m_watch->look();
        set("gone", opened("/gone.png"));
        m_document->replace(*m_document->state(), "/work.tint");
        set("scan", someImage());
        const auto seen = m_watch->look();
        QVERIFY(seen.isReplaced);
        QVERIFY(seen.opened.empty());
        QVERIFY(seen.before->has("gone"));
        QVERIFY(seen.before->image("scan") != seen.after->image("scan"));
        QCOMPARE(seen.activeBefore, std::string("scan"));
        QVERIFY(!m_watch->look().isReplaced);
    }

    void whatIsDoneWhileNobodyLooksIsNotSeen() {
        m_watch->look();
        set("scan", opened("/scan.png"));
        m_watch->rest();
        set("other", opened("/other.png"));
        const auto seen = m_watch->look();
        QCOMPARE(seen.before, seen.after);
        QVERIFY(seen.opened.empty());
    }

    /// Somebody else is telling the observers of an earlier edit, and goes on with these when that is over.
    void editsThatObserversHaveNotBeenToldOfAreSeenOnceAndInOneState() {
        m_watch->look();
        std::promise<void> begun;
        std::promise<void> goOn;
        bool isFirst = true;
        const auto slow = m_document->subscribe([&](const DocumentChange&) {
            if (!std::exchange(isFirst, false))
                return;
            begun.set_value();
            goOn.get_future().wait();
        });
        std::thread teller([&] { set("slow", someImage()); });
        begun.get_future().wait();
        set("scan", opened("/scan.png"));
        m_document->replace(*m_document->state(), "/work.tint");
        set("page", opened("/page.png"));
        const auto seen = m_watch->look();
        goOn.set_value();
        teller.join();
        QVERIFY(seen.isReplaced);
        QCOMPARE(seen.opened, (Opened{{"page", "/page.png"}}));
        QCOMPARE(seen.after, m_document->state());
        const auto later = m_watch->look();
        QCOMPARE(later.before, later.after);
        QVERIFY(later.opened.empty());
        QVERIFY(!later.isReplaced);
    }

private:
    using Opened = DocumentWatch::Opened;
    void set(const std::string& name, const Image& image) {
        m_document->edit("Set", "", [&](DocumentState state) {
            state.setImage(name, image);
            return state;
        });
    }
    void rename(const std::string& name, const std::string& newName) {
        m_document->edit("Rename", "", [&](DocumentState state) {
            state.renameImage(name, newName);
            return state;
        });
    }

    std::unique_ptr<Document> m_document;
    std::unique_ptr<DocumentWatch> m_watch;
    Document::Subscription m_subscription;
};

QTEST_GUILESS_MAIN(test_DocumentWatch)
#include "test_DocumentWatch.moc"

// Native modules failed with undefined symbols, because the host hid Python's: here they work, in every place.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/systems/SharedScript.h"

using namespace tintype;
using namespace Qt::StringLiterals;

class test_NativeModules : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_fixture = std::make_unique<PythonFixture>(); }
    void cleanupTestCase() { m_fixture.reset(); }

    void numpyScipyLdapAndMatplotlibWorkHereAndInAWorker_data() { SharedScript::addPlaces(); }
    void numpyScipyLdapAndMatplotlibWorkHereAndInAWorker();

private:
    std::unique_ptr<PythonFixture> m_fixture;
};

void test_NativeModules::numpyScipyLdapAndMatplotlibWorkHereAndInAWorker() {
    QFETCH(QString, place);
    int exitCode = -1;
    const QString used = u"1.5 (5, 5) 2.0 cn=scan PNG agg\n"_s;
    QCOMPARE(SharedScript::run(*m_fixture, place, "native_modules.py", exitCode), u"here: "_s + used + u"worker: "_s + used);
    QCOMPARE(exitCode, 0);
}

QTEST_GUILESS_MAIN(test_NativeModules)
#include "test_NativeModules.moc"

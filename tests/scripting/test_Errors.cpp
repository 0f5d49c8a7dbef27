// Errors travel between C++ and Python in both directions, and come back as what they were.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pybind11/pybind11.h>

#include "scripting/ErrorTable.h"
#include "scripting/Gil.h"
#include "scripting/PyCallable.h"
#include "scripting/PythonError.h"
#include "tests/scripting/PythonFixture.h"

#include <future>
#include <thread>

namespace py = pybind11;
using namespace tintype;

namespace {

constexpr ErrorCode CODES[] = {ErrorCode::Operation, ErrorCode::Parameter, ErrorCode::File,      ErrorCode::Recipe,
                               ErrorCode::NotFound,  ErrorCode::NoWindow,  ErrorCode::Cancelled, ErrorCode::Internal};

/// Calls the function on a thread that Python does not know, and lets what it raised go on here.
void through(const py::object& function) {
    const PyCallable callable(function.ptr());
    std::exception_ptr raised;
    {
        const GilRelease release;
        std::thread([&] {
            try {
                callable.call();
            } catch (...) {
                raised = std::current_exception();
            }
        }).join();
    }
    if (raised)
        std::rethrow_exception(raised);
}

} // namespace

class test_Errors : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void theTableHasEveryCodeOnce();
    void everyCodeComesBackFromPython();
    void everyClassComesBackFromCpp();
    void builtinExceptionsBecomeTheCodeOfTheirClass_data();
    void builtinExceptionsBecomeTheCodeOfTheirClass();
    void theOriginalIsTheCauseWithItsTraceback();
    void whatEndsTheProgramComesBackAsItWas();
    void nestedCallsKeepTheWholeStory();
    void textThatIsNoUnicodeIsNotLost();
    void anErrorOutlivesTheCallAndIsDroppedWithoutTheGil();
    void whoRunsACallbackIsToldOfItsErrorAsItWas();

private:
    template <class Function> void withPython(Function function) { m_fixture->withPython(std::move(function)); }
    /// Runs Python code that finds `tt`, `through`, `throw_code`, `throw_latin1` and `name`, and returns its global `result` as text.
    QString run(const std::string& code, const ErrorRow& row = errorRow(ErrorCode::Internal));

    std::unique_ptr<PythonFixture> m_fixture;
};

void test_Errors::initTestCase() {
    m_fixture = std::make_unique<PythonFixture>();
    withPython([] {
        py::register_local_exception_translator([](std::exception_ptr exception) {
            try {
                if (exception)
                    std::rethrow_exception(exception);
            } catch (const Error&) {
                setPythonError();
            }
        });
    });
}

void test_Errors::cleanupTestCase() {
    m_fixture.reset();
    QVERIFY(!Py_IsInitialized());
}

QString test_Errors::run(const std::string& code, const ErrorRow& row) {
    std::string result;
    withPython([&] {
        py::dict names;
        names["__builtins__"] = py::module_::import("builtins");
        names["tt"] = py::module_::import("tintype");
        names["through"] = py::cpp_function(&through);
        names["throw_code"] = py::cpp_function([&row] { throw Error(row.code, "what was 'wrong'"); });
        names["throw_latin1"] = py::cpp_function([] { throw Error(ErrorCode::File, "cannot read caf\xe9.tif"); });
        names["name"] = row.name;
        try {
            py::module_::import("builtins").attr("exec")(code, names);
            result = py::str(names["result"]);
        } catch (const py::error_already_set& error) {
            result = error.what();
        }
    });
    return QString::fromStdString(result);
}

void test_Errors::theTableHasEveryCodeOnce() {
    QCOMPARE(errorTable().size(), std::size(CODES));
    for (const ErrorCode code : CODES)
        QCOMPARE(int(errorRow(code).code), int(code));
}

void test_Errors::everyCodeComesBackFromPython() {
    for (const ErrorRow& row : errorTable()) {
        std::optional<Error> error;
        withPython([&] {
            const py::object type = py::module_::import("tintype").attr(row.name);
            const py::cpp_function fail([&] { PyErr_SetString(type.ptr(), "text"); throw py::error_already_set(); });
            try {
                through(fail);
            } catch (const Error& raised) {
                error = raised;
            }
        });
        QVERIFY(error);
        QCOMPARE(int(error->code()), int(row.code));
        if (row.code != ErrorCode::Cancelled)
            QVERIFY2(std::string(error->what()).starts_with(std::string("tintype.") + row.name + ": text\n"), error->what());
    }
}

void test_Errors::everyClassComesBackFromCpp() {
    // C++ -> Python -> C++ -> Python.
    const std::string code = "try:\n"
                             "    through(throw_code)\n"
                             "except BaseException as error:\n"
                             "    result = type(error) is getattr(tt, name), str(error), type(error.__cause__).__name__\n";
    for (const ErrorRow& row : errorTable())
        QCOMPARE(run(code, row), QStringLiteral("(True, \"what was 'wrong'\", '%1')").arg(QLatin1String(row.name)));
}

void test_Errors::builtinExceptionsBecomeTheCodeOfTheirClass_data() {
    QTest::addColumn<QString>("raised");
    QTest::addColumn<QString>("caught");
    QTest::newRow("a value") << "ValueError('x')" << "ParameterError";
    QTest::newRow("derived from a value error") << "UnicodeError('x')" << "ParameterError";
    QTest::newRow("a file") << "FileNotFoundError('x')" << "FileError";
    QTest::newRow("a time limit of the system") << "TimeoutError('x')" << "FileError";
    QTest::newRow("a key") << "KeyError('x')" << "NotFoundError";
    QTest::newRow("an operation") << "tt.UnknownOperationError('x')" << "NotFoundError";
    QTest::newRow("derived by a script") << "type('Mine', (tt.RecipeError,), {})('x')" << "RecipeError";
    QTest::newRow("a type") << "TypeError('x')" << "OperationError";
    QTest::newRow("anything else") << "ZeroDivisionError('x')" << "OperationError";
    QTest::newRow("an exception that is none") << "type('Odd', (BaseException,), {})('x')" << "OperationError";
}

void test_Errors::builtinExceptionsBecomeTheCodeOfTheirClass() {
    QFETCH(QString, raised);
    QFETCH(QString, caught);
    const std::string code = "original = " + raised.toStdString() +
                             "\n"
                             "def fail(): raise original\n"
                             "try:\n"
                             "    through(fail)\n"
                             "except tt.Error as error:\n"
                             "    result = f'{type(error).__name__} {error.__cause__ is original}'\n";
    QCOMPARE(run(code), caught + QStringLiteral(" True"));
}

void test_Errors::theOriginalIsTheCauseWithItsTraceback() {
    const std::string code = "import traceback\n"
                             "def deep(): raise ValueError('size is 0')\n"
                             "def fail(): deep()\n"
                             "try:\n"
                             "    through(fail)\n"
                             "except ValueError as error:\n"
                             "    names = [frame.name for frame in traceback.extract_tb(error.__cause__.__traceback__)]\n"
                             "    result = str(error), names\n";
    QCOMPARE(run(code), QStringLiteral("('size is 0', ['fail', 'deep'])"));
}

void test_Errors::whatEndsTheProgramComesBackAsItWas() {
    for (const char* raised : {"SystemExit(3)", "KeyboardInterrupt()", "MemoryError('enough')"}) {
        const std::string code = std::string("original = ") + raised +
                                 "\n"
                                 "def fail(): raise original\n"
                                 "try:\n"
                                 "    through(fail)\n"
                                 "except BaseException as error:\n"
                                 "    result = error is original\n";
        QCOMPARE(run(code), QStringLiteral("True"));
    }
    for (const auto& [type, code] : {std::pair{PyExc_SystemExit, ErrorCode::Operation},
                                     std::pair{PyExc_KeyboardInterrupt, ErrorCode::Cancelled},
                                     std::pair{PyExc_MemoryError, ErrorCode::Operation}}) {
        ErrorCode found = ErrorCode::Internal;
        withPython([&, type = type] {
            try {
                through(py::cpp_function([type] { PyErr_SetNone(type); throw py::error_already_set(); }));
            } catch (const Error& error) {
                found = error.code();
            }
        });
        QCOMPARE(int(found), int(code));
    }
}

void test_Errors::nestedCallsKeepTheWholeStory() {
    const std::string code = "def innermost(): raise tt.FileError('disk is full')\n"
                             "def middle(): through(innermost)\n"
                             "try:\n"
                             "    through(middle)\n"
                             "except tt.FileError as error:\n"
                             "    story = []\n"
                             "    while error is not None:\n"
                             "        story.append(f'{type(error).__name__}: {error}')\n"
                             "        error = error.__cause__\n"
                             "    result = story\n";
    QCOMPARE(run(code), QStringLiteral("['FileError: disk is full', 'FileError: disk is full', 'FileError: disk is full']"));
}

void test_Errors::textThatIsNoUnicodeIsNotLost() {
    // Python has half of a surrogate pair for each byte of a file's name that is no UTF-8.
    const std::string code = "def fail(): raise ValueError('cannot read caf\\udce9.tif')\n"
                             "try:\n"
                             "    through(fail)\n"
                             "except tt.ParameterError as error:\n"
                             "    result = str(error)\n";
    QCOMPARE(run(code), QStringLiteral("cannot read caf\\udce9.tif"));
    QString message;
    withPython([&] {
        py::dict names;
        names["__builtins__"] = py::module_::import("builtins");
        py::module_::import("builtins").attr("exec")("def fail(): raise ValueError('cannot read caf\\udce9.tif')\n", names);
        try {
            through(names["fail"]);
        } catch (const Error& error) {
            message = QString::fromUtf8(error.what());
        }
    });
    QVERIFY2(message.startsWith(QStringLiteral("ValueError: cannot read caf\\udce9.tif\nTraceback")), qPrintable(message));
    // The other way the bytes may come from a library.
    const std::string back = "try:\n"
                             "    throw_latin1()\n"
                             "except tt.FileError as error:\n"
                             "    result = str(error)\n";
    QCOMPARE(run(back), QStringLiteral("cannot read caf\\xe9.tif"));
    QCOMPARE(printedBy(*m_fixture, QStringLiteral("raise ValueError('cannot read caf\\udce9.tif')")).section(QLatin1Char('\n'), -2, -2),
             QStringLiteral("ValueError: cannot read caf\\udce9.tif"));
}

void test_Errors::anErrorOutlivesTheCallAndIsDroppedWithoutTheGil() {
    std::exception_ptr kept;
    py::weakref* watched = nullptr;
    withPython([&] {
        py::dict names;
        names["__builtins__"] = py::module_::import("builtins");
        py::module_::import("builtins").attr("exec")("class Watched(Exception): pass\n"
                                                     "def fail(): raise Watched('here')\n", names);
        try {
            through(names["fail"]);
        } catch (const PythonRaised& error) {
            kept = std::current_exception();
            watched = new py::weakref(py::handle(error.exception()));
        }
    });
    QVERIFY(kept);
    // Without the GIL, on a thread that Python does not know.
    std::thread([&] { kept = nullptr; }).join();
    withPython([&] {
        drainDroppedReferences();
        QVERIFY((*watched)().is_none());
        delete watched;
    });
}

void test_Errors::whoRunsACallbackIsToldOfItsErrorAsItWas() {
    PyCallable fail;
    withPython([&] {
        py::dict names;
        names["__builtins__"] = py::module_::import("builtins");
        py::module_::import("builtins").attr("exec")("def fail():\n"
                                                     "    try: {}['scan']\n"
                                                     "    except KeyError as error: raise OSError('no scan') from error\n",
                                                     names);
        fail = PyCallable(py::object(names["fail"]).ptr());
    });
    std::promise<std::string> told;
    Callback callback{"The handler fail", fail, [](PyObject* f) { py::reinterpret_borrow<py::object>(f)(); }};
    callback.ended = [&](const Error* error) {
        const auto* raised = dynamic_cast<const PythonRaised*>(error);
        const py::object exception = raised ? py::reinterpret_borrow<py::object>(raised->exception()) : py::none();
        told.set_value(py::repr(py::make_tuple(exception, exception.attr("__cause__"))));
    };
    callback.showsErrors = false;
    QVERIFY(m_fixture->interpreter.runtime().callbacks().run(callback));
    QCOMPARE(told.get_future().get(), std::string("(OSError('no scan'), KeyError('scan'))"));
}

QTEST_GUILESS_MAIN(test_Errors)
#include "test_Errors.moc"

// Tests that the Python line of every operation, run by the program, makes the same pixels.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Error.h"
#include "core/document/Commands.h"
#include "core/document/StepCommands.h"
#include "core/recipe/StepOrder.h"

#include <QCryptographicHash>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <set>

using namespace tintype;

namespace {

const std::string COINS = "/usr/lib/python3/dist-packages/skimage/data/coins.png";
const std::string COFFEE = "/usr/lib/python3/dist-packages/skimage/data/coffee.png";

/// Prints the name and the hash of the pixels of every image, as the test computes them.
const char* const REPORT = R"(
import hashlib
for name in tt.data.images:
    print(name, hashlib.sha256(tt.data.images[name].write_to_memory()).hexdigest())
)";

} // namespace

class TestPythonLines : public QObject {
    Q_OBJECT

    Workbench m_workbench;
    QTemporaryDir m_folder;

    /// Something that the parameter may be; nothing when only a person would know.
    Value guess(const ParameterInfo& info) const {
        switch (info.kind) {
        case ParameterKind::Integer:
        case ParameterKind::Number: {
            double standard = 0;
            const bool known = info.defaultValue.toNumber(standard);
            const double wanted = known && standard > info.minimum ? standard : 3;
            const double number = std::clamp(wanted, info.minimum, info.maximum);
            return info.kind == ParameterKind::Integer ? Value(std::int64_t(number)) : Value(number);
        }
        case ParameterKind::Choice:
        case ParameterKind::Interpolator:
            return info.choices.empty() ? Value() : Value(info.choices.back().value);
        case ParameterKind::NumberList:
            return List{2.5};
        case ParameterKind::IntegerList:
            return List{2};
        case ParameterKind::Boolean:
            return true;
        case ParameterKind::Image:
            if (info.name == "mask")
                return List{List{1.0, 2.0, 1.0}, List{2.0, 4.0, 2.0}, List{1.0, 2.0, 1.0}};
            return m_workbench.document.state()->image("coins").output();
        case ParameterKind::ImageList: {
            const Value coins(m_workbench.document.state()->image("coins").output());
            return List{coins, coins};
        }
        case ParameterKind::Text:
        case ParameterKind::Bytes:
            break;
        }
        return {};
    }

    Parameters guesses(const Operation& operation) const {
        Parameters given;
        for (const ParameterInfo& info : operation.inputs) {
            if (info.required && &info != operation.firstImage())
                given.emplace_back(info.name, guess(info));
        }
        return given;
    }

    std::string hash(const Image& image) const {
        const auto pixels = m_workbench.evaluation.pixels(image);
        const QByteArray bytes =
            QByteArray::fromRawData(static_cast<const char*>(pixels->data()), qsizetype(pixels->shape().byteCount()));
        return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex().toStdString();
    }

    /// FFTW takes another way for memory that is aligned otherwise, which may change the last bit. Of several darkest pixels
    /// stats places the one that a thread has found first. Everything else is exact.
    static bool repeatsToTheLastBit(const Operation& operation) {
        static const std::set<std::string> others{"fwfft", "invfft", "freqmult", "phasecor", "spectrum", "stats"};
        return !others.contains(operation.id);
    }

    /// Uses the operation on a copy of `source`, where both the engine and its pixels allow; whether they do.
    bool use(const Operation& operation, const std::string& source) {
        const std::string name = operation.id + " of " + source;
        const Document::State state = m_workbench.document.state();
        try {
            if (operation.firstImage())
                setImage(m_workbench, name, state->image(source));
            hash(applyOperation(m_workbench, operation, guesses(operation), name).image);
            return true;
        } catch (const Error&) {
            while (m_workbench.document.state()->imageCount() > state->imageCount() ||
                   !(m_workbench.document.state()->imageNames() == state->imageNames()))
                m_workbench.document.undo();
            return false;
        }
    }

    NodePtr step(const std::string& image, const std::string& operation) const {
        for (const NodePtr& node : stepsOf(m_workbench.document.state()->image(image)).steps)
            if (node->operation() == operation)
                return node;
        return nullptr;
    }

    /// A level that is found on the picture, below steps that are edited and left out.
    void editSteps() {
        const std::string name = "edited";
        const auto apply = [&](const char* id, const Parameters& given) {
            applyOperation(m_workbench, m_workbench.catalog.get(id), given, name);
        };
        duplicateImage(m_workbench.document, "coins");
        renameImage(m_workbench.document, "coins_2", name);
        apply("gaussblur", {{"sigma", 2.0}});
        const NodeOutput level = applyOperation(m_workbench, m_workbench.catalog.get("percent"), {{"percent", 60.0}}, name).outputs[0];
        apply("relational_const", {{"relational", "more"}, {"c", List{Value(level)}}});
        apply("gamma", {{"exponent", 0.5}});
        apply("invert", {});
        editStep(m_workbench, {name, step(name, "gaussblur")}, {{"sigma", 1.0}, {"precision", "float"}});
        editStep(m_workbench, {name, step(name, "percent")}, {{"percent", 80}});
        editStep(m_workbench, {name, step(name, "gamma")}, {{"exponent", Value()}});
        removeStep(m_workbench, {name, step(name, "invert")});
    }

    std::map<std::string, std::string> runScript(const std::string& text) {
        const QString path = m_folder.filePath(QStringLiteral("lines.py"));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(text.data(), qint64(text.size())) < 0)
            return {};
        file.close();
        QProcess program;
        program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        program.start(qEnvironmentVariable("TINTYPE_PROGRAM"), {QStringLiteral("run"), path});
        program.waitForFinished(240000);
        std::map<std::string, std::string> hashes;
        for (const QByteArray& line : program.readAllStandardOutput().split('\n')) {
            const qsizetype space = line.lastIndexOf(' ');
            if (space > 0)
                hashes[line.left(space).toStdString()] = line.mid(space + 1).toStdString();
        }
        return hashes;
    }

private Q_SLOTS:
    void everyLineMakesTheSamePixels() {
        QVERIFY2(!qEnvironmentVariable("TINTYPE_PROGRAM").isEmpty(), "ctest says where the program is");
        openImage(m_workbench, COINS);
        openImage(m_workbench, COFFEE);
        for (const char* name : {"coins", "coffee"})
            applyOperation(m_workbench, m_workbench.catalog.get("extract_area"),
                           {{"left", 60}, {"top", 40}, {"width", 48}, {"height", 32}}, name);
        editSteps();
        int used = 0;
        for (const Operation* operation : m_workbench.catalog.all()) {
            if (!operation->imageOutput() || !repeatsToTheLastBit(*operation))
                continue;
            for (const char* source : {"coins", "coffee"})
                used += use(*operation, source);
        }
        QVERIFY2(used >= 80, std::to_string(used).c_str());
        std::string script = "import tintype as tt\n";
        for (const EditInfo& edit : m_workbench.document.history(10000).edits)
            script += edit.pythonLine + "\n";
        const std::map<std::string, std::string> repeated = runScript(script + REPORT);
        QCOMPARE(repeated.size(), m_workbench.document.state()->imageCount());
        QStringList different;
        for (const auto& entry : m_workbench.document.state()->images()) {
            const auto found = repeated.find(entry->name);
            if (found == repeated.end() || found->second != hash(entry->image))
                different.append(QString::fromStdString(entry->name));
        }
        QCOMPARE(different.join(QStringLiteral(", ")), QString());
    }
};

QTEST_GUILESS_MAIN(TestPythonLines)
#include "test_PythonLines.moc"

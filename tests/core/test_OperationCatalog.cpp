// Tests the catalogue: its operations are libvips' and ours, its data fits them, and bad parameters are refused.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Error.h"
#include "core/operations/OperationCatalog.h"
#include "core/operations/ParameterText.h"
#include "core/pixels/PixelBuffer.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <set>

using namespace tintype;
using namespace Qt::StringLiterals;

class TestOperationCatalog : public QObject {
    Q_OBJECT

    OperationCatalog m_catalog;
    NodeOutput m_image{Node::createArray(std::make_shared<PixelBuffer>(ImageShape{4, 4, 1}))};

    NodePtr make(const char* id, Parameters given) { return m_catalog.makeNode(m_catalog.get(id), std::move(given)); }
    NodePtr blur(Parameters given) {
        given.emplace_back("in", m_image);
        return make("gaussblur", std::move(given));
    }
    /// What the call complains of; "nothing" when it does not.
    std::string complaint(const std::function<void()>& call, ErrorCode code = ErrorCode::Parameter) {
        try {
            call();
        } catch (const Error& error) {
            return error.code() == code ? error.what() : std::string("another code: ") + error.what();
        }
        return "nothing";
    }
    static QJsonObject overrides() {
        QFile file(u":/core/operations/overrides.json"_s);
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
    }
    /// What a person would miss who sets the parameter in a form: a slider of a useful length, words for each choice.
    static QStringList lacks(const Operation& operation, const ParameterInfo& info, const QJsonObject& data) {
        constexpr double LONGEST_SLIDER = 1100;
        if (info.hidden)
            return {};
        QStringList missing;
        const QString name = QString::fromStdString(info.name);
        const QString where = QString::fromStdString(operation.id) + u' ' + name;
        const QJsonObject all = data.value("operations"_L1).toObject();
        const QJsonObject own = all.value(QString::fromStdString(operation.id)).toObject();
        const bool byHand = own.value("parameters"_L1).toObject().value(name).toObject().contains("slider"_L1) ||
                            data.value("parameters"_L1).toObject().value(name).toObject().contains("slider"_L1);
        const bool isNumber = info.kind == ParameterKind::Integer || info.kind == ParameterKind::Number;
        if (isNumber && info.maximum - info.minimum > LONGEST_SLIDER && !byHand)
            missing += where + u": what is useful of its range is not said"_s;
        for (const Choice& choice : info.choices) {
            if (choice.title.empty() || (info.kind == ParameterKind::Choice && choice.title == choice.value))
                missing += where + u": no words for "_s + QString::fromStdString(choice.value);
        }
        return missing;
    }
    static bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

private Q_SLOTS:
    void knowsOperationsOfLibvipsAndOurs() {
        QVERIFY(m_catalog.all().size() > 180);
        for (const char* id :
             {"gaussblur", "resize", "hist_find_ndim", "crop", "otsu", "label", "micrograph", "threshold"})
            QVERIFY2(m_catalog.find(id), id);
        QCOMPARE(m_catalog.get("otsu").engine, std::string("tt_otsu"));
        QCOMPARE(m_catalog.get("gaussblur").engine, std::string("tt_gaussblur"));
        QCOMPARE(m_catalog.get("sharpen").engine, std::string("sharpen"));
        QCOMPARE(m_catalog.get("rank").engine, std::string("tt_rank"));
    }

    void leavesOutWhatIsNoStepOfARecipe() {
        for (const char* id : {"system", "pngload", "pngsave", "thumbnail_source", "tt_otsu"})
            QVERIFY2(!m_catalog.find(id), id);
        QVERIFY(m_catalog.get("tilecache").hidden);
    }

    void everyOperationHasWordsForPeople() {
        const std::vector<std::string> categories = m_catalog.categories();
        for (const Operation* operation : m_catalog.all()) {
            QVERIFY2(!operation->title.empty() && !operation->help.empty(), operation->id.c_str());
            QVERIFY2(operation->hidden || std::ranges::count(categories, operation->category) == 1,
                     operation->id.c_str());
            QVERIFY2(!operation->outputs.empty(), operation->id.c_str());
        }
    }

    void theDataNamesOnlyWhatExists() {
        const QJsonObject data = overrides();
        const QJsonObject operations = data.value("operations"_L1).toObject();
        for (auto one = operations.begin(); one != operations.end(); ++one) {
            const Operation* operation = m_catalog.find(one.key().toStdString());
            QVERIFY2(operation, qPrintable(one.key()));
            const QString category = one.value().toObject().value("category"_L1).toString();
            QVERIFY2(category.isEmpty() || data.value("categories"_L1).toArray().contains(category),
                     qPrintable(category));
            for (const QString& name : one.value().toObject().value("parameters"_L1).toObject().keys())
                QVERIFY2(operation->input(name.toStdString()), qPrintable(one.key() + u' ' + name));
        }
        for (const QJsonValue& id : data.value("hidden"_L1).toArray())
            QVERIFY2(m_catalog.find(id.toString().toStdString()), qPrintable(id.toString()));
    }

    void whatIsInAMenuIsDescribedByHand() {
        const QJsonObject data = overrides();
        QStringList missing;
        for (const Operation* operation : m_catalog.all()) {
            if (operation->hidden)
                continue;
            if (!operation->described)
                missing += QString::fromStdString(operation->id + " has no title");
            if (operation->keywords.empty())
                missing += QString::fromStdString(operation->id + " has no names of other programs");
            for (const ParameterInfo& info : operation->inputs)
                missing += lacks(*operation, info, data);
        }
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u"\n"_s)));
    }

    void describedTitlesAreDistinct() {
        std::set<std::string> titles;
        for (const Operation* operation : m_catalog.all()) {
            if (operation->described)
                QVERIFY2(titles.insert(operation->title).second, operation->title.c_str());
        }
    }

    void everyDefaultIsAllowed() {
        for (const Operation* operation : m_catalog.all()) {
            for (const ParameterInfo& info : operation->inputs) {
                const std::string where = operation->id + " " + info.name;
                QVERIFY2(info.sliderMinimum <= info.sliderMaximum, where.c_str());
                double number = 0;
                if (info.defaultValue.toNumber(number) && info.kind != ParameterKind::Boolean)
                    QVERIFY2(number >= info.minimum && number <= info.maximum, where.c_str());
                if (auto* text = info.defaultValue.as<std::string>(); text && !info.choices.empty())
                    QVERIFY2(std::ranges::find(info.choices, *text, &Choice::value) != info.choices.end(),
                             where.c_str());
            }
        }
    }

    void defaultsAreThoseOfTheInstance() {
        // libvips describes 2.4, and takes 1 / 2.4.
        QCOMPARE(m_catalog.get("gamma").input("exponent")->defaultValue, Value(1 / 2.4));
        // A seed from the clock would make another picture each time.
        QCOMPARE(m_catalog.get("gaussnoise").input("seed")->defaultValue, Value(0));
        QVERIFY(m_catalog.get("gaussnoise").input("seed")->engineDefault.isNone());
        // The width and height of the file that is drawn upon are not 1.
        QVERIFY(m_catalog.get("resize").input("vscale")->defaultValue.isNone());
    }

    /// Pixels are libvips' where names are; docs/pyvips.md has the reason of each exception.
    void defaultsAreTheEnginesButForThoseWithAReason() {
        const std::set<std::string> reasoned{"gaussblur.min_ampl", "gaussblur.precision", "icc_transform.embedded",
                                             "invfft.real",        "perlin.cell_size",    "worley.cell_size"};
        std::set<std::string> found;
        for (const Operation* operation : m_catalog.all()) {
            for (const ParameterInfo& info : operation->inputs) {
                if (!info.required && !info.defaultValue.isNone() && !info.engineDefault.isNone() &&
                    info.defaultValue != info.engineDefault)
                    found.insert(operation->id + "." + info.name);
            }
        }
        QCOMPARE(found, reasoned);
    }

    void writesEveryParameterOut() {
        const NodePtr node = blur({{"sigma", 3}});
        QCOMPARE(node->operation(), std::string("gaussblur"));
        QCOMPARE(*node->parameter("sigma"), Value(3.0));
        QCOMPARE(*node->parameter("precision"), Value("float"));
        QCOMPARE(*node->parameter("min_ampl"), Value(0.001));
        QCOMPARE(node->parameters().front().first, std::string("in"));
    }

    void namesWhatIsAllowed() {
        QCOMPARE(complaint([&] {
                     blur({{"sigma", 5000}});
                 }),
                 std::string("gaussblur: sigma must be a number from 0 to 1000, not 5000"));
        QCOMPARE(complaint([&] {
                     blur({{"sigma", "big"}});
                 }),
                 std::string("gaussblur: sigma must be a number from 0 to 1000, not 'big'"));
        QVERIFY(has(complaint([&] { blur({}); }), "sigma is missing"));
        QVERIFY(has(complaint([&] { blur({{"sigma", 1}, {"sigma", 2}}); }), "given twice"));
        const std::string choices = complaint([&] { blur({{"sigma", 1}, {"precision", "flaot"}}); });
        QVERIFY(has(choices, "one of integer, float") && has(choices, "did you mean 'float'?"));
        const std::string names = complaint([&] { blur({{"sgima", 1}}); });
        QVERIFY(has(names, "in, sigma, min_ampl, precision") && has(names, "did you mean 'sigma'?"));
    }

    void proposesOperationsOfASimilarName() {
        QCOMPARE(complaint([&] { m_catalog.get("gausblur"); }, ErrorCode::NotFound),
                 std::string("there is no operation 'gausblur'; did you mean 'gaussblur'?"));
        QCOMPARE(complaint([&] { m_catalog.get("qqqqqqqq"); }, ErrorCode::NotFound),
                 std::string("there is no operation 'qqqqqqqq'"));
    }

    void takesNumbersInTheFormThatIsWanted() {
        const NodePtr node = make("rank", {{"in", m_image}, {"width", 3.0}, {"height", 3}, {"index", 4}});
        QCOMPARE(*node->parameter("width"), Value(3));
        QVERIFY(has(complaint([&] {
                        make("rank", {{"in", m_image}, {"width", 3.5}, {"height", 3}, {"index", 4}});
                    }),
                    "width must be a whole number from 1 to 100000, not 3.5"));
        QVERIFY(has(complaint([&] {
                        make("rank", {{"in", m_image}, {"width", true}, {"height", 3}, {"index", 4}});
                    }),
                    "which is a truth value"));
        QCOMPARE(*make("linear", {{"in", m_image}, {"a", 2}, {"b", List{1, 2.5}}})->parameter("a"),
                 Value(std::vector<double>{2}));
    }

    void refusesNaNWhereThereIsARange() {
        const double nan = std::numeric_limits<double>::quiet_NaN();
        const double infinity = std::numeric_limits<double>::infinity();
        QVERIFY(has(complaint([&] { blur({{"sigma", nan}}); }), "not nan"));
        QVERIFY(has(complaint([&] { blur({{"sigma", infinity}}); }), "not inf"));
        QCOMPARE(*make("linear", {{"in", m_image}, {"a", nan}, {"b", infinity}})->parameter("b"),
                 Value(std::vector<double>{infinity}));
    }

    void takesConstantsBesideAnImage() {
        QCOMPARE(*make("add", {{"left", m_image}, {"right", 3}})->parameter("right"), Value(3.0));
        QCOMPARE(*make("add", {{"left", List{1, 2}}, {"right", m_image}})->parameter("left"),
                 Value(std::vector<double>{1, 2}));
        QVERIFY(has(complaint([&] { make("add", {{"left", 1}, {"right", 2}}); }), "left must be an image, not 1"));
        const NodePtr node = make("conv", {{"in", m_image}, {"mask", List{List{1, 2}, List{3, 4}}}});
        QCOMPARE(*node->parameter("mask"), Value(List{List{1.0, 2.0}, List{3.0, 4.0}}));
        QVERIFY(has(complaint([&] {
                        make("conv", {{"in", m_image}, {"mask", List{List{1, 2}, List{3}}}});
                    }),
                    "lists of one length"));
    }

    void linksAreOfTheRightKind() {
        const NodeOutput level{make("otsu", {{"in", m_image}})};
        QCOMPARE(*make("relational_const", {{"in", m_image}, {"relational", "more"}, {"c", level}})->parameter("c"),
                 Value(List{level}));
        QVERIFY(has(complaint([&] { blur({{"sigma", m_image}}); }), "which is an image"));
        const NodeOutput blurred{blur({{"sigma", 2}})};
        QVERIFY(has(complaint([&] { blur({{"sigma", blurred}}); }), "which is of the kind image"));
        const NodeOutput wrong{blurred.node, "level"};
        QVERIFY(has(complaint([&] { make("invert", {{"in", wrong}}); }), "which gaussblur does not make"));
        QVERIFY(has(complaint([&] { make("invert", {{"in", NodeOutput{}}}); }), "empty image"));
    }

    void listsMayHoldChoicesAndFixedLengths() {
        const NodePtr blend = make("composite", {{"in", List{m_image, m_image}}, {"mode", "multiply"}});
        QCOMPARE(*blend->parameter("mode"), Value(List{14}));
        QVERIFY(has(complaint([&] {
                        make("composite", {{"in", List{m_image}}, {"mode", List{"ovr"}}});
                    }),
                    "did you mean 'over'?"));
        QVERIFY(has(complaint([&] {
                        make("affine", {{"in", m_image}, {"matrix", List{1, 2}}});
                    }),
                    "a list of 4 numbers, not [1, 2]"));
        QVERIFY(has(complaint([&] { make("sum", {{"in", List{1, 2}}}); }), "at least one of them must be an image"));
    }

    void numbersMayStandForChoicesThatAreNumbers() {
        QCOMPARE(*make("label", {{"in", m_image}, {"connectivity", 4}})->parameter("connectivity"), Value("4"));
        QVERIFY(has(complaint([&] { make("label", {{"in", m_image}, {"connectivity", 6}}); }), "one of 4, 8, not 6"));
    }

    void drawingGivesAnImage() {
        const Operation& draw = m_catalog.get("draw_rect");
        QVERIFY(draw.input("image")->modified);
        QVERIFY(draw.imageOutput());
        QCOMPARE(draw.imageOutput()->name, std::string("out"));
        QCOMPARE(draw.firstImage()->name, std::string("image"));
    }

    void valuesAndListsAreNoImages() {
        QVERIFY(!m_catalog.get("avg").imageOutput());
        QVERIFY(!m_catalog.get("black").firstImage());
        QVERIFY(!m_catalog.get("sum").firstImage());
        QCOMPARE(m_catalog.get("smartcrop").imageOutput()->name, std::string("out"));
    }

    void signaturesBeginWithWhatIsRequired() {
        QCOMPARE(m_catalog.get("linear").signature(), std::string("a, b, *, uchar=False"));
        QCOMPARE(m_catalog.get("invert").signature(), std::string());
        QCOMPARE(m_catalog.get("canny").signature(), std::string("*, sigma=1.4"));
    }

    void anUnlimitedNumberIsJustANumber() {
        QCOMPARE(allowedText(*m_catalog.get("threshold").input("level")), std::string("a number"));
        QCOMPARE(allowedText(*m_catalog.get("gamma").input("exponent")), std::string("a number from 1e-06 to 1000"));
    }

    void searchFindsNamesOfOtherPrograms() {
        const auto first = [&](const char* text) {
            const auto found = m_catalog.search(text);
            return found.empty() ? std::string() : found.front()->id;
        };
        QCOMPARE(first("gaussian blur"), std::string("gaussblur"));
        QCOMPARE(first("BLUR gauss"), std::string("gaussblur"));
        QCOMPARE(first("createCLAHE"), std::string("hist_local"));
        QCOMPARE(first("connectedComponents"), std::string("label"));
        QCOMPARE(first("crop"), std::string("crop"));
        QCOMPARE(first("inv"), std::string("invert"));
        QVERIFY(m_catalog.search("zzzz").empty());
    }

    void categoriesAreInTheirOrder() {
        QCOMPARE(m_catalog.categories().front(), std::string("Adjust"));
        const auto filters = m_catalog.inCategory("Filter");
        QVERIFY(filters.size() > 5);
        for (std::size_t i = 1; i < filters.size(); ++i)
            QVERIFY(filters[i - 1]->title != filters[i]->title);
        QVERIFY(std::ranges::none_of(filters, &Operation::hidden));
    }
};

QTEST_GUILESS_MAIN(TestOperationCatalog)
#include "test_OperationCatalog.moc"

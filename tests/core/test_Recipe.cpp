// Tests that recipes survive being written down, read as Python, and used on other pictures, however long they are.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Error.h"
#include "core/pixels/Evaluation.h"
#include "core/recipe/PythonText.h"
#include "core/recipe/Recipe.h"
#include "core/recipe/RecipeExpression.h"
#include "core/recipe/ValueJson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <cmath>
#include <limits>

using namespace tintype;

namespace {

constexpr int MANY = 100000;
const std::string SAMPLES = "/usr/lib/python3/dist-packages/skimage/data/";

NodePtr file(const std::string& path) {
    return Node::create(Node::FILE, {{"filename", path}, {"size", 10}, {"modified", 20}, {"planes", false}});
}

NodePtr place(const std::string& name) {
    return Node::create(Node::INPUT, {{"name", name}});
}

std::string errorOf(const std::function<void()>& call) {
    try {
        call();
    } catch (const Error& error) {
        return error.code() == ErrorCode::Recipe ? error.what() : "not a recipe error: " + std::string(error.what());
    }
    return "no error";
}

Value jsonRoundTrip(const Value& value) {
    const QJsonArray array{valueToJson(value, [](const NodeOutput&) { return QJsonObject(); })};
    const QByteArray text = QJsonDocument(array).toJson();
    return valueFromJson(QJsonDocument::fromJson(text).array().first(),
                         [](const QJsonObject&) { return NodeOutput(); });
}

std::vector<std::string> inputNames(const Recipe& recipe) {
    std::vector<std::string> names;
    for (const RecipeInput& input : recipe.inputs())
        names.push_back(input.name);
    return names;
}

using Names = std::vector<std::string>;

} // namespace

class TestRecipe : public QObject {
    Q_OBJECT

    OperationCatalog m_catalog;
    Evaluation m_evaluation{m_catalog};

    Image use(const char* id, Parameters given) const {
        const Operation& operation = m_catalog.get(id);
        return Image(m_catalog.makeNode(operation, std::move(given)), operation.outputs.front().name);
    }
    /// Coins, lighter than a level that was found on them.
    Image aboveLevel(const Image& source) const {
        const Image level = use("percent", {{"in", source.output()}, {"percent", 60.0}});
        return use("relational_const",
                   {{"in", source.output()}, {"relational", "more"}, {"c", List{Value(level.output())}}});
    }
    Image longChain() const {
        Image image = use("black", {{"width", 4}, {"height", 4}});
        for (int i = 0; i < MANY; ++i)
            image = use("invert", {{"in", image.output()}});
        return image;
    }
    std::vector<std::uint8_t> bytes(const Image& image) const {
        const auto buffer = m_evaluation.pixels(image);
        const auto* data = static_cast<const std::uint8_t*>(buffer->data());
        return {data, data + buffer->shape().byteCount()};
    }
    void compareScript(const Image& image, const std::string& lines) const {
        QCOMPARE(QString::fromStdString(Recipe(image).toScript(m_catalog)),
                 QString::fromStdString("import tintype as tt\n\n" + lines));
    }

private Q_SLOTS:
    void valuesSurviveJson() {
        const double infinity = std::numeric_limits<double>::infinity();
        const std::int64_t largest = std::numeric_limits<std::int64_t>::max();
        const auto data = std::make_shared<const Bytes>(Bytes{0, 1, 255});
        const List values = {Value(),    true,
                             false,      0,
                             largest,    -largest - 1,
                             2.0,        -0.0,
                             0.1,        1.0 / 3,
                             1e300,      5e-324,
                             1e18,       infinity,
                             -infinity,  NAN,
                             "",         "a \"b\" ü",
                             "\xff.png", Value(data),
                             List{},     List{1, 2.0, List{"x"}}};
        for (const Value& value : values) {
            const Value back = jsonRoundTrip(value);
            QVERIFY2(back == value, value.toText().c_str());
            if (auto* number = value.as<double>())
                QCOMPARE(std::signbit(*back.as<double>()), std::signbit(*number));
        }
    }

    void aRecipeSurvivesJson() {
        const Image source(m_evaluation.openFile(SAMPLES + "coins.png", {{"fail_on", "none"}}));
        const Image image = aboveLevel(use("gaussblur", {{"in", source.output()}, {"sigma", 2}}));
        const Recipe back = Recipe::fromJson(Recipe(image).toJson(), m_catalog);
        const std::vector<NodePtr> before = upstream(image.node());
        const std::vector<NodePtr> after = upstream(back.result().node());
        QCOMPARE(after.size(), before.size());
        for (std::size_t i = 0; i < before.size(); ++i) {
            QCOMPARE(after[i]->operation(), before[i]->operation());
            QCOMPARE(after[i]->parameters().size(), before[i]->parameters().size());
            for (std::size_t j = 0; j < before[i]->parameters().size(); ++j) {
                QCOMPARE(after[i]->parameters()[j].first, before[i]->parameters()[j].first);
                QCOMPARE(after[i]->parameters()[j].second.index(), before[i]->parameters()[j].second.index());
            }
        }
        QCOMPARE(before.front()->parameters(), after.front()->parameters());
        QCOMPARE(bytes(back.result()), bytes(image));
    }

    void badJsonIsRefusedWithTheReason_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("reason");
        const auto add = [](const char* name, const char* json, const char* reason) {
            QTest::newRow(name) << QByteArray(json) << QString::fromUtf8(reason);
        };
        const char* link = R"("result": {"node": 0, "output": "out"}})";
        const auto nodes = [link](const char* steps) {
            return QByteArray(R"({"tintype": 1, "nodes": [)") + steps + "], " + link;
        };
        add("empty", "", "empty (0 bytes)");
        add("text", "hello", "not JSON");
        add("other JSON", "[1, 2]", "not a recipe of Tintype");
        add("newer", R"({"tintype": 7})", "newer Tintype (format 7; this one reads up to 1)");
        add("no steps", R"({"tintype": 1})", "lacks the keys");
        add("no such link", nodes(""), "only the steps before");
        add("unknown operation", nodes(R"({"operation": "frobnicate", "parameters": {}})"),
            "step 1 (frobnicate): there is no");
        add("bad parameter", nodes(R"({"operation": "black", "parameters": {"width": "x", "height": 1}})"),
            "step 1 (black): black: width must be");
        add("cycle", nodes(R"({"operation": "invert", "parameters": {"in": {"node": 0, "output": "out"}}})"),
            "only the steps before");
        add("bad output", nodes(R"({"operation": "black", "parameters": {"width": 1, "height": 1}},
                     {"operation": "invert", "parameters": {"in": {"node": 0, "output": "mask"}}})"),
            "for \"mask\", which it does not give");
        add("bad value", nodes(R"({"operation": "black", "parameters": {"width": {"size": 1}, "height": 1}})"),
            "{\"size\":1} is not a value");
        add("array", nodes(R"({"operation": "array", "parameters": {}})"), "pixels in memory");
        add("plane", nodes(R"({"operation": "input", "parameters": {"name": "a"}},
                              {"operation": "plane", "parameters": {"in": {"node": 0, "output": "out"}, "index": -1}})"),
            "index is -1");
    }
    void badJsonIsRefusedWithTheReason() {
        QFETCH(QByteArray, json);
        QFETCH(QString, reason);
        const std::string message = errorOf([&] { Recipe::fromJson(json, m_catalog); });
        QVERIFY2(QString::fromStdString(message).contains(reason), message.c_str());
    }

    void inputsAreNamedAfterTheirFiles() {
        const Image first(file("/a/my scan.tif"));
        const Image second(file("/b/my scan.tif"));
        const Image third(file("/b/class.png"));
        const Image fourth(file("/b/7.png"));
        const Image sum = use("sum", {{"in", List{Value(first.output()), Value(second.output()), Value(third.output()),
                                                  Value(fourth.output())}}});
        QCOMPARE(inputNames(Recipe(sum)), (Names{"my_scan", "my_scan_2", "class_", "image_7"}));
        QCOMPARE(inputNames(Recipe(Image(place("dark")))), Names{"dark"});
    }

    void aFileThatWasOpenedTwiceIsOneInput() {
        const Image sum =
            use("add", {{"left", Image(file("/a/scan.tif")).output()}, {"right", Image(file("/a/scan.tif")).output()}});
        const Recipe recipe(sum);
        QCOMPARE(inputNames(recipe), Names{"scan"});
        const Image other(file("/b/other.tif"));
        QCOMPARE(inputNames(Recipe(recipe.apply({{"scan", other}}))), Names{"other"});
    }

    void aLevelIsFoundAnewOnAnotherPicture() {
        const Image coins(m_evaluation.openFile(SAMPLES + "coins.png"));
        const Image camera(m_evaluation.openFile(SAMPLES + "camera.png"));
        const Image applied = Recipe(aboveLevel(coins)).apply({{"coins", camera}});
        QCOMPARE(bytes(applied), bytes(aboveLevel(camera)));
        QCOMPARE(inputNames(Recipe(applied)), Names{"camera"});
    }

    void applyKeepsWhatIsNotNamed() {
        const Image scan(file("/a/scan.tif"));
        const Image dark(place("dark"));
        const Image light = use("invert", {{"in", scan.output()}});
        const Recipe recipe(use("subtract", {{"left", light.output()}, {"right", dark.output()}}));
        const Image applied = recipe.apply({{"dark", Image(file("/a/dark.tif"))}});
        QCOMPARE(inputNames(Recipe(applied)), (Names{"scan", "dark"}));
        QCOMPARE(applied.node()->parameter("left")->as<NodeOutput>()->node, light.node());
        QVERIFY(recipe.apply({}) == recipe.result());
    }

    void applyRefusesNamesThatDoNotExist() {
        const Recipe recipe(use("invert", {{"in", NodeOutput{file("/a/scan.tif")}}}));
        QCOMPARE(errorOf([&] {
                     recipe.apply({{"scna", Image(file("/b.tif"))}});
                 }),
                 std::string("this recipe has no input \"scna\"; its inputs are: scan"));
    }

    void aScriptIsReadable() {
        const Image coins(file("/pictures/coins.png"));
        const Image blurred = use("gaussblur", {{"in", coins.output()}, {"sigma", 2.0}});
        const Image result = aboveLevel(blurred);
        compareScript(result, "coins = tt.Image.new_from_file(\"/pictures/coins.png\")\n"
                              "image_2 = coins.gaussblur(2.0)\n"
                              "level = image_2.percent(60.0)\n"
                              "result = image_2.relational_const(\"more\", [level])\n");
    }

    void aScriptOpensAllPlanesWhereTheRecipeDoes() {
        const NodePtr source = Node::create(
            Node::FILE,
            {{"filename", "/a/cells.tif"}, {"size", 1}, {"modified", 2}, {"planes", true}, {"fail_on", "none"}});
        compareScript(Image(Node::create(Node::PLANE, {{"in", NodeOutput{source}}, {"index", 3}})),
                      "cells = tt.open(\"/a/cells.tif\", fail_on=\"none\")\nresult = cells.plane(index=3)\n");
    }

    void aScriptTakesSeveralOutputsApart() {
        const Image source(file("/a/cells.tif"));
        const Image labels = use("labelregions", {{"in", source.output()}});
        const Image scaled =
            use("linear",
                {{"in", labels.output()}, {"a", List{Value(NodeOutput{labels.node(), "segments"})}}, {"b", List{1.0}}});
        compareScript(scaled, "cells = tt.Image.new_from_file(\"/a/cells.tif\")\n"
                              "image_2, more = cells.labelregions(segments=True)\n"
                              "result = image_2.linear([more[\"segments\"]], [1.0])\n");
        const Image profile = use("profile", {{"in", source.output()}});
        compareScript(Image(profile.node(), "rows"), "cells = tt.Image.new_from_file(\"/a/cells.tif\")\n"
                                                     "image_2, result = cells.profile()\n");
    }

    void aScriptMakesImagesOfNothing() {
        compareScript(use("black", {{"width", 8}, {"height", 4}, {"bands", 3}}),
                      "result = tt.Image.black(8, 4, bands=3)\n");
        compareScript(Image(file("/a/result.png")), "result_2 = tt.Image.new_from_file(\"/a/result.png\")\n"
                                                    "result = result_2\n");
    }

    void aScriptAsksForPicturesThatAreMissing() {
        QCOMPARE(Recipe(use("invert", {{"in", NodeOutput{place("scan")}}})).toScript(m_catalog),
                 std::string("import sys\n\nimport tintype as tt\n\nscan = tt.open(sys.argv[1])\n"
                             "result = scan.invert()\n"));
    }

    void pixelsInMemoryCannotBeWrittenDown() {
        const auto buffer = std::make_shared<PixelBuffer>(ImageShape{512, 256, 1, PixelFormat::UChar, "b-w"});
        const Recipe recipe(use("invert", {{"in", NodeOutput{Node::createArray(buffer)}}}));
        const std::string wanted = "the source \"array 512x256\" holds pixels in memory and cannot be written down; "
                                   "save it to a file first";
        QCOMPARE(errorOf([&] { recipe.toJson(); }), wanted);
        QCOMPARE(errorOf([&] { recipe.toScript(m_catalog); }), wanted);
        QCOMPARE(inputNames(recipe), Names{"image"});
    }

    void expressionsNestShortChainsAndListLongOnes() {
        const auto text = [this](const Image& image) {
            return recipeExpression(
                image.output(), [](const NodeOutput&) { return std::string(); }, m_catalog);
        };
        const Image scan(file("/a/scan.tif"));
        Image image = use("invert", {{"in", scan.output()}});
        QCOMPARE(text(image), std::string("tt.Image.new_from_file(\"/a/scan.tif\").invert()"));
        const Image twice = use("add", {{"left", image.output()}, {"right", image.output()}});
        QCOMPARE(text(twice), std::string("[_step_1 := tt.Image.new_from_file(\"/a/scan.tif\"), _step_2 := "
                                          "_step_1.invert(), _step_2.add(_step_2)][-1]"));
        for (int i = 0; i < 100; ++i)
            image = use("invert", {{"in", image.output()}});
        QVERIFY(QString::fromStdString(text(image)).endsWith(QStringLiteral("_step_101.invert()][-1]")));
    }

    void literalsAreWhatPythonReads() {
        QCOMPARE(pythonLiteral(Value(List{true, 2, 2.0, Value(), "a"})), std::string("[True, 2, 2.0, None, \"a\"]"));
        QCOMPARE(pythonLiteral(Value(-INFINITY)), std::string("float(\"-inf\")"));
        QCOMPARE(pythonString("a\"b\\c\n\x01ü\xff"), std::string("\"a\\\"b\\\\c\\n\\x01ü\\udcff\""));
        QCOMPARE(pythonLiteral(Value(std::make_shared<const Bytes>(Bytes{'a', '"', 200}))),
                 std::string("b\"a\\\"\\xc8\""));
        QCOMPARE(pythonKeyword("in", "1"), std::string("**{\"in\": 1}"));
    }

    void chainsOfAHundredThousandStepsAreWrittenReadAndUsed() {
        const Image image = longChain();
        const QByteArray json = Recipe(image).toJson();
        const Recipe back = Recipe::fromJson(json, m_catalog);
        QCOMPARE(back.result().node()->depth(), unsigned(MANY + 1));
        const std::string script = back.toScript(m_catalog);
        QCOMPARE(std::count(script.begin(), script.end(), '\n'), MANY + 3);
        const std::string expression = recipeExpression(
            image.output(), [](const NodeOutput&) { return std::string(); }, m_catalog);
        QVERIFY(expression.size() > std::size_t(MANY) * 10);
    }

    void aRecipeOfAHundredThousandStepsIsAppliedToAnotherPicture() {
        Image image(place("scan"));
        for (int i = 0; i < MANY; ++i)
            image = use("invert", {{"in", image.output()}});
        const Image applied = Recipe(image).apply({{"scan", Image(file("/a/other.tif"))}});
        QCOMPARE(applied.node()->depth(), unsigned(MANY + 1));
        QCOMPARE(inputNames(Recipe(applied)), Names{"other"});
    }
};

QTEST_GUILESS_MAIN(TestRecipe)
#include "test_Recipe.moc"

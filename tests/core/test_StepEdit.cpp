// Tests recipes of which one step is changed or left out, and the order of their steps.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Error.h"
#include "core/pixels/Evaluation.h"
#include "core/recipe/Recipe.h"
#include "core/recipe/StepEdit.h"
#include "core/recipe/StepOrder.h"

#include <QTest>

#include <functional>
#include <set>

using namespace tintype;

namespace {

constexpr int MANY = 30000;
const std::string COINS = "/usr/lib/python3/dist-packages/skimage/data/coins.png";

std::string errorOf(const std::function<void()>& call) {
    try {
        call();
    } catch (const Error& error) {
        return error.what();
    }
    return "no error";
}

std::string names(const Image& image) {
    std::string text;
    for (const NodePtr& step : stepsOf(image).steps)
        text += (text.empty() ? "" : " ") + step->operation();
    return text;
}

/// A type of its own, since Qt's meta objects cannot look into values, which may hold lists of values.
struct Given {
    Value value;
};

} // namespace

class TestStepEdit : public QObject {
    Q_OBJECT

    OperationCatalog m_catalog;
    Evaluation m_evaluation{m_catalog};
    const Image m_coins{m_evaluation.openFile(COINS)};

    Image use(const char* id, Parameters given, const char* output = nullptr) const {
        const Operation& operation = m_catalog.get(id);
        return Image(m_catalog.makeNode(operation, std::move(given)), output ? output : operation.outputs.front().name);
    }
    Image on(const Image& image, const char* id, Parameters given = {}) const {
        given.emplace_back(m_catalog.get(id).firstImage()->name, image.output());
        return use(id, std::move(given));
    }
    Image above(const Image& image, const Image& level) const {
        return on(image, "relational_const", {{"relational", "more"}, {"c", List{Value(level.output())}}});
    }
    /// Blurred coins where they are lighter than a level found on them, beside their negative.
    Image branched() const {
        const Image soft = on(m_coins, "gaussblur", {{"sigma", 2.0}});
        const Image white = above(soft, on(soft, "percent", {{"percent", 60.0}}));
        return use("join", {{"in1", white.output()}, {"in2", on(m_coins, "invert").output()}, {"direction", "horizontal"}});
    }
    NodePtr step(const Image& image, const std::string& operation) const {
        for (const NodePtr& node : stepsOf(image).steps)
            if (node->operation() == operation)
                return node;
        return nullptr;
    }
    Image edited(const Image& image, const std::string& operation, const Parameters& changes) const {
        const NodePtr old = step(image, operation);
        return withStep(image, stepsOf(image).steps, old, changedStep(*old, changes, m_catalog));
    }
    Image removed(const Image& image, const std::string& operation) const {
        return withoutStep(image, stepsOf(image).steps, step(image, operation), m_catalog);
    }
    std::vector<std::uint8_t> bytes(const Image& image) const {
        const auto buffer = m_evaluation.pixels(image);
        const auto* data = static_cast<const std::uint8_t*>(buffer->data());
        return {data, data + buffer->shape().byteCount()};
    }

private Q_SLOTS:
    void aChainReadsAsItWasMade() {
        const Image image = on(on(on(m_coins, "gaussblur", {{"sigma", 2}}), "invert"), "sobel");
        QCOMPARE(names(image), std::string("file gaussblur invert sobel"));
    }

    void inputsComeBeforeThoseThatUseThem() {
        const std::vector<NodePtr> steps = stepsOf(branched()).steps;
        QCOMPARE(steps.size(), std::size_t(6));
        std::set<NodePtr> before;
        for (const NodePtr& node : steps) {
            for (const NodePtr& input : node->inputs())
                QVERIFY2(before.contains(input), node->operation().c_str());
            before.insert(node);
        }
    }

    void theLastStepsAreTheEndOfAllSteps() {
        const Image image = branched();
        const std::vector<NodePtr> all = stepsOf(image).steps;
        for (std::size_t limit = 0; limit <= all.size() + 1; ++limit) {
            const StepList last = stepsOf(image, limit);
            const std::size_t count = std::min(limit, all.size());
            QVERIFY(last.steps == std::vector<NodePtr>(all.end() - std::ptrdiff_t(count), all.end()));
            QCOMPARE(last.earlier, limit < all.size());
        }
        QVERIFY(stepsOf(Image()).steps.empty());
    }

    void theOrderStaysWhenARecipeIsReadOrUsedAgain() {
        const Image image = branched();
        QCOMPARE(names(Recipe::fromJson(Recipe(image).toJson(), m_catalog).result()), names(image));
        const Image other(m_evaluation.openFile("/usr/lib/python3/dist-packages/skimage/data/page.png"));
        QCOMPARE(names(Recipe(image).apply({{"coins", other}})), names(image));
        QCOMPARE(names(edited(image, "gaussblur", {{"sigma", 3}})), names(image));
    }

    void aChangedStepGivesWhatTheSameStepsWouldHaveGiven_data() {
        QTest::addColumn<std::string>("operation");
        QTest::addColumn<std::string>("parameter");
        QTest::addColumn<double>("value");
        QTest::newRow("the blur before everything") << std::string("gaussblur") << std::string("sigma") << 5.0;
        QTest::newRow("the number that is found") << std::string("percent") << std::string("percent") << 30.0;
        QTest::newRow("the last step") << std::string("join") << std::string("shim") << 7.0;
    }
    void aChangedStepGivesWhatTheSameStepsWouldHaveGiven() {
        QFETCH(std::string, operation);
        QFETCH(std::string, parameter);
        QFETCH(double, value);
        const auto valueOf = [&](const char* id, const char* name, double standard) {
            return Value(operation == id && parameter == name ? value : standard);
        };
        const Image soft = on(m_coins, "gaussblur", {{"sigma", valueOf("gaussblur", "sigma", 2)}});
        const Image white = above(soft, on(soft, "percent", {{"percent", valueOf("percent", "percent", 60)}}));
        const Image expected = use("join", {{"in1", white.output()},
                                            {"in2", on(m_coins, "invert").output()},
                                            {"direction", "horizontal"},
                                            {"shim", valueOf("join", "shim", 0)}});
        const Image before = branched();
        const std::vector<std::uint8_t> old = bytes(before);
        const Image after = edited(before, operation, {{parameter, value}});
        QVERIFY(bytes(after) == bytes(expected));
        QVERIFY(bytes(after) != old);
        QVERIFY(bytes(before) == old);
    }

    void onlyWhatStandsAboveIsMadeAnew() {
        const Image before = branched();
        const Image after = edited(before, "percent", {{"percent", 30}});
        for (const char* same : {"file", "gaussblur", "invert"})
            QVERIFY2(step(after, same) == step(before, same), same);
        for (const char* other : {"percent", "relational_const", "join"})
            QVERIFY2(step(after, other) != step(before, other), other);
        // One blur is used twice, still.
        QCOMPARE(stepsOf(edited(before, "gaussblur", {{"sigma", 3}})).steps.size(), std::size_t(6));
    }

    void otherImagesKeepTheStepThatTheyShare() {
        const Image soft = on(m_coins, "gaussblur", {{"sigma", 2}});
        const Image one = on(soft, "invert");
        const Image two = on(soft, "sobel");
        const Image changed = edited(one, "gaussblur", {{"sigma", 4}});
        QVERIFY(step(two, "gaussblur") == soft.node());
        QVERIFY(step(changed, "gaussblur") != soft.node());
    }

    void parametersThatAreNotNamedStay() {
        const Image image = on(m_coins, "gaussblur", {{"sigma", 2}, {"min_ampl", 0.1}});
        const NodePtr changed = changedStep(*image.node(), {{"sigma", 4}}, m_catalog);
        QCOMPARE(*changed->parameter("sigma"), Value(4.0));
        QCOMPARE(*changed->parameter("min_ampl"), Value(0.1));
        QCOMPARE(*changed->parameter("in"), Value(m_coins.output()));
        const NodePtr back = changedStep(*changed, {{"min_ampl", Value()}}, m_catalog);
        QCOMPARE(*back->parameter("min_ampl"), m_catalog.get("gaussblur").input("min_ampl")->defaultValue);
    }

    void aLinkStaysUntilANumberTakesItsPlace() {
        const Image image = branched();
        QVERIFY(step(edited(image, "relational_const", {{"relational", "less"}}), "percent"));
        const Image fixed = edited(image, "relational_const", {{"c", List{120.0}}});
        QVERIFY(!step(fixed, "percent"));
    }

    void theNewStepMayUseWhatItReplaces() {
        const Image image = on(on(m_coins, "gaussblur", {{"sigma", 2}}), "invert");
        const Image twice = edited(image, "gaussblur", {{"in", on(step(image, "gaussblur") ? image : Image(), "sobel").output()}});
        QCOMPARE(names(twice), std::string("file gaussblur invert sobel gaussblur invert"));
    }

    void eachOutputOfAStepStaysTheOneThatItWas() {
        const Image level = on(m_coins, "max");
        const Image atX(level.node(), "x");
        const Image moved = on(on(m_coins, "invert"), "extract_area",
                               {{"left", atX.output()}, {"top", 0}, {"width", 2}, {"height", 2}});
        const Image changed = edited(moved, "max", {{"size", 2}});
        const NodeOutput left = *step(changed, "extract_area")->parameter("left")->as<NodeOutput>();
        QCOMPARE(left.name, std::string("x"));
        QVERIFY(left.node == step(changed, "max") && left.node != level.node());
    }

    void planesAndPixelsInMemoryStayWhatTheyAre() {
        const auto buffer = std::make_shared<PixelBuffer>(ImageShape{5, 3, 1, PixelFormat::UChar, "b-w"});
        const Image array(Node::createArray(buffer));
        const Image plane(Node::create(Node::PLANE, {{"in", on(array, "invert").output()}, {"index", 0}}));
        const Image image = on(on(plane, "linear", {{"a", 1}, {"b", 3}}), "invert");
        const Image after = edited(image, "linear", {{"b", 4}});
        QVERIFY(step(after, Node::ARRAY) == array.node() && step(after, Node::PLANE) == plane.node());
        const Image without = removed(image, Node::PLANE);
        QCOMPARE(names(without), std::string("array invert linear invert"));
        QVERIFY(bytes(without) == bytes(image));
    }

    void longChainsAreEdited() {
        Image image = on(m_coins, "gaussblur", {{"sigma", 2}});
        for (int i = 0; i < MANY; ++i)
            image = on(image, "invert");
        const Image after = edited(image, "gaussblur", {{"sigma", 3}});
        QCOMPARE(after.node()->depth(), unsigned(MANY + 2));
        QCOMPARE(*step(after, "gaussblur")->parameter("sigma"), Value(3.0));
        QVERIFY(step(after, "file") == m_coins.node());
        QCOMPARE(removed(after, "gaussblur").node()->depth(), unsigned(MANY + 1));
        QCOMPARE(stepsOf(after, 10).steps.size(), std::size_t(10));
    }

    void manyUsesOfAStepMakeItAnewOnce() {
        // As a tree this would have 2^200 nodes.
        Image image = on(m_coins, "gaussblur", {{"sigma", 2}});
        for (int i = 0; i < 200; ++i)
            image = use("add", {{"left", image.output()}, {"right", image.output()}});
        QCOMPARE(stepsOf(edited(image, "gaussblur", {{"sigma", 3}})).steps.size(), std::size_t(202));
    }

    void aStepIsLeftOut_data() {
        QTest::addColumn<std::string>("operation");
        QTest::addColumn<std::string>("left");
        QTest::newRow("first") << std::string("gaussblur") << std::string("file percent relational_const invert");
        QTest::newRow("last") << std::string("invert") << std::string("file gaussblur percent relational_const");
    }
    void aStepIsLeftOut() {
        QFETCH(std::string, operation);
        QFETCH(std::string, left);
        const Image soft = on(m_coins, "gaussblur", {{"sigma", 2}});
        const Image image = on(above(soft, on(soft, "percent", {{"percent", 60.0}})), "invert");
        const Image without = removed(image, operation);
        QCOMPARE(names(without), left);
        bytes(without);
    }

    void whatCannotBeLeftOutSaysWhy_data() {
        QTest::addColumn<std::string>("operation");
        QTest::addColumn<std::string>("reason");
        const auto add = [](const char* name, const char* operation, const char* reason) {
            QTest::newRow(name) << std::string(operation) << std::string(reason);
        };
        add("a source", "file", "the recipe begins with this picture, which cannot be left out");
        add("a number", "max", "Maximum cannot be left out: later steps use what it finds, which is no image");
        add("a list of images", "bandjoin",
            "Join bands cannot be left out: it works on no single image that could take its place");
        add("more than an image", "labelregions",
            "Label regions in an image cannot be left out: what it finds besides its image, segments, is used by Brightness and contrast");
    }
    void whatCannotBeLeftOutSaysWhy() {
        QFETCH(std::string, operation);
        QFETCH(std::string, reason);
        const Image joined = use("bandjoin", {{"in", List{Value(m_coins.output()), Value(m_coins.output())}}});
        const Image regions = on(joined, "labelregions");
        const Image segments(regions.node(), "segments");
        const Image image = on(regions, "linear", {{"a", List{Value(segments.output())}},
                                                   {"b", List{Value(on(m_coins, "max").output())}}});
        QCOMPARE(errorOf([&] { removed(image, operation); }), reason);
    }

    void whatHasNothingToEditSaysSo_data() {
        QTest::addColumn<NodePtr>("node");
        QTest::addColumn<std::string>("reason");
        QTest::newRow("source") << m_coins.node() << std::string("the recipe begins with this picture, which has no parameters to edit");
        QTest::newRow("plane") << Node::create(Node::PLANE, {{"in", m_coins.output()}, {"index", 0}})
                               << std::string("one plane of an image has no parameters to edit");
        QTest::newRow("missing") << Node::create("scan.despeckle", {{"image", m_coins.output()}, {"size", 3}})
                                 << std::string("the operation scan.despeckle is not there: the add-on or the script that "
                                                "brings it is off or missing");
    }
    void whatHasNothingToEditSaysSo() {
        QFETCH(NodePtr, node);
        QFETCH(std::string, reason);
        QCOMPARE(whyNotEdited(*node, m_catalog), reason);
        QCOMPARE(errorOf([&] { changedStep(*node, {{"size", 5}}, m_catalog); }), reason);
    }

    void missingOperationsAreNoHindrance() {
        const Image soft = on(m_coins, "gaussblur", {{"sigma", 2}});
        const Image unknown(Node::create("scan.despeckle", {{"image", soft.output()}, {"size", 3}}), "image");
        const Image image = on(unknown, "invert");
        const Image after = edited(image, "gaussblur", {{"sigma", 3}});
        QCOMPARE(names(after), names(image));
        QCOMPARE(*step(after, "scan.despeckle")->parameter("size"), Value(3));
        QCOMPARE(names(removed(image, "scan.despeckle")), std::string("file gaussblur invert"));
    }

    void wrongValuesAreRefused_data() {
        QTest::addColumn<std::string>("name");
        QTest::addColumn<Given>("given");
        QTest::addColumn<std::string>("part");
        QTest::newRow("unknown") << std::string("radius") << Given{Value(3)} << std::string("there is no parameter 'radius'");
        QTest::newRow("out of range") << std::string("sigma") << Given{Value(-1.0)} << std::string("sigma must be");
        QTest::newRow("a text") << std::string("sigma") << Given{Value("wide")} << std::string("sigma must be");
        QTest::newRow("required") << std::string("sigma") << Given{Value()} << std::string("sigma is missing");
        QTest::newRow("unknown and nothing") << std::string("radius") << Given{Value()} << std::string("there is no parameter 'radius'");
    }
    void wrongValuesAreRefused() {
        QFETCH(std::string, name);
        QFETCH(Given, given);
        QFETCH(std::string, part);
        const Image image = on(m_coins, "gaussblur", {{"sigma", 2}});
        const std::string error = errorOf([&] { edited(image, "gaussblur", {{name, given.value}}); });
        QVERIFY2(error.starts_with("gaussblur: ") && error.find(part) != std::string::npos, error.c_str());
    }
};


QTEST_GUILESS_MAIN(TestStepEdit)
#include "test_StepEdit.moc"

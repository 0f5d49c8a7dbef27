// Tests operations that functions do: added, evaluated, taken away and added again.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Error.h"
#include "core/pixels/Evaluation.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <functional>
#include <thread>

using namespace tintype;

namespace {

class Function : public OperationFunction {
public:
    using Call = std::function<std::vector<Value>(const Parameters& parameters)>;
    explicit Function(Call call, const void* owner = nullptr) : m_call(std::move(call)), m_owner(owner) {}
    std::vector<Value> call(const Parameters& parameters, const CancelToken&) const override { return m_call(parameters); }
    const void* owner() const override { return m_owner; }

private:
    Call m_call;
    const void* m_owner;
};

std::string messageOf(const std::function<void()>& call) {
    try {
        call();
    } catch (const Error& error) {
        return error.what();
    }
    return "nothing";
}

NodeOutput imageOf(const Parameters& parameters) {
    return *findParameter(parameters, "image")->as<NodeOutput>();
}

} // namespace

class TestAddedOperations : public QObject {
    Q_OBJECT

    OperationCatalog m_catalog;
    Evaluation m_evaluation{m_catalog};

    static Operation described(const std::string& id) {
        Operation operation;
        operation.id = id;
        operation.title = "Add twice";
        operation.category = "Scans";
        operation.origin = "the add-on Scans";
        operation.tilewise = true;
        ParameterInfo image;
        image.name = "image";
        image.kind = ParameterKind::Image;
        image.required = true;
        ParameterInfo level;
        level.name = "level";
        level.kind = ParameterKind::Number;
        level.defaultValue = 1.0;
        level.maximum = 100;
        operation.inputs = {image, level};
        ParameterInfo out;
        out.name = "out";
        out.kind = ParameterKind::Image;
        out.output = true;
        operation.outputs = {out};
        return operation;
    }
    void remove(const Operation& operation) {
        if (const OperationFunctionPtr function = operation.function->get())
            m_catalog.remove(operation, *function);
    }
    NodePtr made(const char* id, Parameters given) { return m_catalog.makeNode(m_catalog.get(id), std::move(given)); }
    /// image + 2 * level, in two steps.
    std::shared_ptr<const OperationFunction> addsTwice() {
        return std::make_shared<Function>([this](const Parameters& parameters) {
            const Value level = *findParameter(parameters, "level");
            const NodePtr once = made("linear", {{"in", imageOf(parameters)}, {"a", 1.0}, {"b", level}});
            return std::vector<Value>{NodeOutput{made("linear", {{"in", NodeOutput{once, "out"}}, {"a", 1.0}, {"b", level}}), "out"}};
        });
    }
    static Image grey(int value, int width = 20, int height = 10) {
        auto buffer = std::make_shared<PixelBuffer>(ImageShape{width, height, 1, PixelFormat::Float, "b-w"});
        auto* const pixels = static_cast<float*>(buffer->mutableData());
        std::fill(pixels, pixels + width * height, float(value));
        return Image(Node::createArray(buffer));
    }
    float pixel(const NodePtr& node) {
        return *static_cast<const float*>(m_evaluation.pixels(Image(node))->data());
    }

private Q_SLOTS:
    void cleanup() {
        for (const Operation* const operation : m_catalog.all())
            if (operation->function)
                remove(*operation);
    }

    void anAddedOperationIsOneOfTheCatalogue() {
        const Operation& added = m_catalog.add(described("scan.twice"), addsTwice());
        QCOMPARE(m_catalog.find("scan.twice"), &added);
        QVERIFY(std::ranges::count(m_catalog.categories(), "Scans") == 1);
        QCOMPARE(m_catalog.inCategory("Scans").size(), 1U);
        QCOMPARE(m_catalog.search("add twice").front(), &added);
        const std::string message = messageOf([&] { made("scan.twice", {{"image", grey(1).output()}, {"level", 101.0}}); });
        QVERIFY2(message.starts_with("scan.twice: level must be") && message.ends_with("from 0 to 100, not 101.0"), message.c_str());
        remove(added);
        QVERIFY(!m_catalog.find("scan.twice"));
        QVERIFY(std::ranges::count(m_catalog.categories(), "Scans") == 0);
    }

    void itsPixelsAreThoseOfWhatItGives() {
        const Operation& added = m_catalog.add(described("scan.twice"), addsTwice());
        const NodePtr node = m_evaluation.apply(added, {{"image", grey(5).output()}, {"level", 3.0}});
        QCOMPARE(pixel(node), 11.F);
        EvaluationOptions sequential;
        sequential.sequential = true;
        QCOMPARE(*static_cast<const float*>(m_evaluation.pixels(Image(node), {}, sequential)->data()), 11.F);
    }

    void aLongChainOfThemIsEvaluated() {
        const Operation& added = m_catalog.add(described("scan.twice"), addsTwice());
        NodePtr node = grey(0).node();
        for (int i = 0; i < 3000; ++i)
            node = m_catalog.makeNode(added, {{"image", NodeOutput{node, "out"}}, {"level", 1.0}});
        QCOMPARE(pixel(node), 6000.F);
    }

    void numbersThatItFindsAreOutputsToo() {
        Operation operation = described("scan.mean");
        operation.outputs.front().kind = ParameterKind::Number;
        const Operation& added = m_catalog.add(operation, std::make_shared<Function>([this](const Parameters& parameters) {
            return std::vector<Value>{NodeOutput{made("avg", {{"in", imageOf(parameters)}}), "out"}};
        }));
        const NodePtr node = m_evaluation.apply(added, {{"image", grey(7).output()}});
        QCOMPARE(m_evaluation.value({node, "out"}), Value(7.0));
    }

    void recipesOutliveTheOperation() {
        const Operation* const first = &m_catalog.add(described("scan.twice"), addsTwice());
        const NodePtr node = m_catalog.makeNode(*first, {{"image", grey(5).output()}, {"level", 1.0}});
        remove(*first);
        QVERIFY(messageOf([&] { pixel(node); }).find("the operation 'scan.twice' is not there") != std::string::npos);
        const Operation* const second = &m_catalog.add(described("scan.twice"), addsTwice());
        QCOMPARE(second, first);
        QCOMPARE(pixel(node), 7.F);
    }

    void anotherDescriptionIsAnotherOperation() {
        const Operation* const first = &m_catalog.add(described("scan.twice"), addsTwice());
        remove(*first);
        Operation changed = described("scan.twice");
        changed.inputs.back().maximum = 200;
        const Operation* const second = &m_catalog.add(changed, addsTwice());
        QVERIFY(second != first);
        QCOMPARE(first->inputs.back().maximum, 100.0);
        QCOMPARE(m_catalog.find("scan.twice"), second);
    }

    void itsFunctionGoesWithIt() {
        const auto function = std::make_shared<Function>([](const Parameters&) { return std::vector<Value>{1.0}; });
        const std::weak_ptr<const OperationFunction> watched = function;
        const Operation& added = m_catalog.add(described("scan.twice"), function);
        QVERIFY(watched.use_count() == 2);
        remove(added);
        QVERIFY(watched.use_count() == 1);
    }

    void badDescriptionsAreRefused_data() {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("complaint");
        QTest::newRow("no dot") << "despeckle" << "names with dots";
        QTest::newRow("letters") << "Scan.despeckle" << "small letters";
        QTest::newRow("built-in") << "gaussblur.fast" << "'gaussblur' is an operation, Tintype's own";
        QTest::newRow("empty") << "" << "names with dots";
        QTest::newRow("odd") << "scan..x" << "names with dots";
        QTest::newRow("underscore") << "scan._x" << "names with dots";
        QTest::newRow("word of Python") << "scan.class" << "names with dots";
    }
    void badDescriptionsAreRefused() {
        QFETCH(QString, id);
        QFETCH(QString, complaint);
        const std::string message = messageOf([&] { m_catalog.add(described(id.toStdString()), addsTwice()); });
        QVERIFY2(QString::fromStdString(message).contains(complaint), message.c_str());
    }

    void twoOfOneIdAreRefused() {
        m_catalog.add(described("scan.twice"), addsTwice());
        Operation other = described("scan.twice");
        other.origin = "the add-on Films";
        const std::string message = messageOf([&] { m_catalog.add(other, addsTwice()); });
        QVERIFY2(message == "operation 'scan.twice': the add-on Films brings it, but there is one of that id already, of the "
                            "add-on Scans", message.c_str());
    }

    void theSameOwnerReplacesItsOperation() {
        const int owner = 0;
        const auto giving = [&owner](double value) {
            return std::make_shared<Function>([value](const Parameters&) { return std::vector<Value>{value}; }, &owner);
        };
        Operation number = described("scan.number");
        number.outputs.front().kind = ParameterKind::Number;
        const auto first = giving(1);
        const Operation& added = m_catalog.add(number, first);
        const NodePtr node = m_catalog.makeNode(added, {{"image", grey(5).output()}});
        QCOMPARE(m_evaluation.value({node, "out"}), Value(1.0));
        QCOMPARE(&m_catalog.add(number, giving(2)), &added);
        QCOMPARE(m_evaluation.value({node, "out"}), Value(2.0));
        // Who still has the first one takes away nothing of the second.
        QVERIFY(!m_catalog.remove(added, *first));
        QCOMPARE(m_catalog.find("scan.number"), &added);
    }

    void anIdIsNotTheBeginningOfAnother() {
        m_catalog.add(described("scan.clean"), addsTwice());
        QVERIFY(messageOf([&] { m_catalog.add(described("scan.clean.fast"), addsTwice()); }).find("'scan.clean' is an operation") != std::string::npos);
        m_catalog.add(described("scan.deep.fast"), addsTwice());
        QVERIFY(messageOf([&] { m_catalog.add(described("scan.deep"), addsTwice()); }).find("'scan.deep.fast' begins with it") != std::string::npos);
    }

    void observersAreToldOfComingAndGoing() {
        int told = 0;
        auto subscription = m_catalog.subscribe([&told] { ++told; });
        remove(m_catalog.add(described("scan.twice"), addsTwice()));
        QCOMPARE(told, 2);
        subscription.reset();
        m_catalog.add(described("scan.twice"), addsTwice());
        QCOMPARE(told, 2);
    }

    void theFunctionIsCalledOnceForANode() {
        int calls = 0;
        const Operation& added = m_catalog.add(described("scan.counted"), std::make_shared<Function>([&](const Parameters& parameters) {
            ++calls;
            return std::vector<Value>{imageOf(parameters)};
        }));
        const NodePtr node = m_evaluation.apply(added, {{"image", grey(5).output()}});
        EvaluationOptions tolerant;
        tolerant.tolerant = true;
        m_evaluation.pixels(Image(node), {}, tolerant);
        m_evaluation.dropCaches();
        QCOMPARE(pixel(node), 5.F);
        QCOMPARE(calls, 1);
    }

    void linkedNumbersAreResolvedForIt() {
        Operation operation = described("scan.level");
        operation.inputs.back().kind = ParameterKind::Integer;
        operation.outputs.front().kind = ParameterKind::Integer;
        const Operation& added = m_catalog.add(operation, std::make_shared<Function>([](const Parameters& parameters) {
            return std::vector<Value>{*findParameter(parameters, "level")};
        }));
        const auto level = [&](int value) {
            const NodePtr mean = made("avg", {{"in", grey(value).output()}});
            const NodePtr node = m_catalog.makeNode(added, {{"image", grey(1).output()}, {"level", NodeOutput{mean, "out"}}});
            return m_evaluation.value({node, "out"});
        };
        QCOMPARE(level(7), Value(7));
        const std::string message = messageOf([&] { level(101); });
        QVERIFY2(message.find("level must be a whole number from 0 to 100, not 101") != std::string::npos, message.c_str());
    }

    void anOperationThatUsesItselfIsRefused() {
        m_catalog.add(described("scan.self"), std::make_shared<Function>([this](const Parameters& parameters) {
            return std::vector<Value>{NodeOutput{made("scan.self", {{"image", imageOf(parameters)}}), "out"}};
        }));
        const NodePtr node = made("scan.self", {{"image", grey(5).output()}});
        const std::string message = messageOf([&] { pixel(node); });
        QVERIFY2(message.find("scan.self: functions of operations and formats use one another more than") != std::string::npos, message.c_str());
    }

    void resultsOfOthersAreComputedWhole() {
        Operation whole = described("scan.whole");
        whole.tilewise = false;
        const Operation& added = m_catalog.add(whole, addsTwice());
        NodePtr node = grey(0).node();
        for (int i = 0; i < 700; ++i)
            node = m_catalog.makeNode(added, {{"image", NodeOutput{node, "out"}}, {"level", 1.0}});
        QCOMPARE(pixel(node), 1400.F);
    }

    void aFunctionMayGiveALongRecipe() {
        const Operation& added = m_catalog.add(described("scan.long"), std::make_shared<Function>([this](const Parameters& parameters) {
            NodeOutput image = imageOf(parameters);
            for (int i = 0; i < 2000; ++i)
                image = {made("linear", {{"in", image}, {"a", 1.0}, {"b", 1.0}}), "out"};
            return std::vector<Value>{image};
        }));
        NodePtr node = grey(0).node();
        for (int i = 0; i < 3; ++i)
            node = m_catalog.makeNode(added, {{"image", NodeOutput{node, "out"}}});
        QCOMPARE(pixel(node), 6000.F);
    }

    void errorsOfTheFunctionAreThoseOfTheEvaluation() {
        const Operation& added = m_catalog.add(described("scan.twice"), std::make_shared<Function>([](const Parameters&) -> std::vector<Value> {
            throw Error(ErrorCode::Operation, "the film is torn");
        }));
        const NodePtr node = m_catalog.makeNode(added, {{"image", grey(5).output()}});
        QCOMPARE(messageOf([&] { pixel(node); }), std::string("the film is torn"));
    }

    void operationsComeAndGoWhileOthersLook() {
        std::atomic<bool> isOver = false;
        std::thread looking([&] {
            while (!isOver) {
                m_catalog.search("blur");
                m_catalog.categories();
                if (const Operation* const found = m_catalog.find("scan.twice"))
                    m_catalog.makeNode(*found, {{"image", grey(5).output()}});
            }
        });
        for (int i = 0; i < 200; ++i)
            remove(m_catalog.add(described("scan.twice"), addsTwice()));
        isOver = true;
        looking.join();
        QVERIFY(!m_catalog.find("scan.twice"));
    }
};

QTEST_GUILESS_MAIN(TestAddedOperations)
#include "test_AddedOperations.moc"

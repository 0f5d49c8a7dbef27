// What linked parameters of a step lead to, computed for its form.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/LinkedNumbers.h"

#include "core/Error.h"
#include "core/Workbench.h"
#include "ui/operations/JobAnswer.h"
#include "ui/operations/fields/LinkedField.h"
#include "ui/panels/RecipeSteps.h"

namespace tintype {

namespace {

/// The same value with what was found in the place of links.
Value found(const Value& value, const Evaluation& evaluation, const EvaluationWatch& watch) {
    if (auto* output = value.as<NodeOutput>())
        return evaluation.value(*output, watch);
    auto* list = value.as<List>();
    if (!list)
        return value;
    List items;
    for (const Value& item : *list)
        items.push_back(found(item, evaluation, watch));
    return items;
}

} // namespace

void findLinked(Workbench& workbench, const GuiQueue& queue, LinkedField& field) {
    const std::shared_ptr<Value> answer =
        answerTo<Value>(&field, queue, [&field, &catalog = workbench.catalog](const Value& value) {
            if (!value.isNone())
                field.showFound(value, valueInWords(value, catalog));
        });
    workbench.jobs.submit("Find " + field.parameter().title, [answer, link = field.link(), &workbench](Job& job) {
        try {
            *answer = found(link, workbench.evaluation, {job.token(), [&job](double fraction) { job.setProgress(fraction); }});
        } catch (const Error&) {
            // The form's preview says what is wrong with the picture.
            job.token().check();
        }
    });
}

} // namespace tintype

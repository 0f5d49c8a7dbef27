// The context in which the code of a panel runs when a person asks for it: each call has a Stop of its own.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/panels/PanelContext.h"

#include <string>
#include <utility>

namespace tintype {

namespace {

using ContextPtr = std::shared_ptr<ScriptContext>;

/// It prints where the other one prints, and belongs to whom the other one belongs to.
ContextPtr contextLike(const ContextPtr& own, const JobPtr& job, const std::string& image, std::shared_ptr<void> kept = {}) {
    auto made = std::make_shared<ScriptContext>(
        job, [own, kept = std::move(kept)](OutputStream stream, const std::string& text) { own->write(stream, text); }, image);
    made->setOwner(own->owner());
    made->setIdentity(own->identity());
    return made;
}

/// For one call.
ContextPtr contextOfCall(const ContextPtr& own, const std::string& title, const std::string& image) {
    // The console and add-ons make a job for each callback anyway.
    if (ContextPtr made = ScriptContext::forCallback(own, title); made != own)
        return made;
    const auto job = std::make_shared<Job>(own->job()->info().title + ": " + title, JobKind::ConsoleLine);
    const auto ends = std::make_shared<CancelToken::Registration>(own->token().onCancel([job] { job->cancel(); }));
    ContextPtr made = contextLike(own, job, image, ends);
    // What the call registers is the script's.
    made->setCallbackContext([own](const std::string&) { return own; });
    return made;
}

} // namespace

ContextPtr panelContext(const ContextPtr& own, std::function<std::string()> activeImage, std::function<void(const JobPtr&)> started) {
    if (!own)
        return nullptr;
    ContextPtr context = contextLike(own, own->job(), own->currentImage());
    context->setCallbackContext([own, activeImage = std::move(activeImage), started = std::move(started)](const std::string& title) {
        ContextPtr made = contextOfCall(own, title, activeImage());
        started(made->job());
        return made;
    });
    return context;
}

} // namespace tintype

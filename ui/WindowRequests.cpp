// What scripts ask of the window, brought to the GUI thread as signals.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/WindowRequests.h"

#include "ui/GuiQueue.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <utility>

namespace tintype {

namespace {
constexpr int MESSAGE_PAUSE_MS = 250;
}

/// Where the asking thread waits.
struct Question::Answer {
    std::mutex mutex;
    std::condition_variable changed;
    bool given = false;
    std::optional<std::string> text;

    void give(std::optional<std::string> answer) {
        std::lock_guard lock(mutex);
        if (given)
            return;
        given = true;
        text = std::move(answer);
        changed.notify_all();
    }
};

Question::Question(std::string text, std::string proposal)
    : m_text(std::move(text)), m_proposal(std::move(proposal)), m_answer(std::make_shared<Answer>()) {}

Question::~Question() {
    dismiss();
}

QString Question::text() const {
    return QString::fromStdString(m_text);
}

QString Question::proposal() const {
    return QString::fromStdString(m_proposal);
}

void Question::answer(const QString& text) {
    m_answer->give(text.toStdString());
}

void Question::dismiss() {
    m_answer->give(std::nullopt);
}

/// Filled by Python threads, emptied by the GUI thread.
struct WindowRequests::Messages {
    std::mutex mutex;
    std::deque<std::string> newest;

    /// True when the GUI thread must be told.
    bool add(const std::string& text) {
        std::lock_guard lock(mutex);
        const bool wasEmpty = newest.empty();
        newest.push_back(text);
        if (newest.size() > MOST_MESSAGES)
            newest.pop_front();
        return wasEmpty;
    }

    std::deque<std::string> take() {
        std::lock_guard lock(mutex);
        return std::exchange(newest, {});
    }
};

WindowRequests::WindowRequests(GuiQueue& queue, QObject* parent)
    : QObject(parent), m_post(queue.posterFor(this)), m_messages(std::make_shared<Messages>()) {
    m_messagePause.setSingleShot(true);
    m_messagePause.setInterval(MESSAGE_PAUSE_MS);
    connect(&m_messagePause, &QTimer::timeout, this, [this] {
        if (std::exchange(m_messagesWait, false))
            showMessages();
    });
}

void WindowRequests::showMessage(const std::string& text) {
    if (m_messages->add(text))
        m_post([this] { showMessages(); });
}

void WindowRequests::showMessages() {
    if (m_messagePause.isActive()) {
        m_messagesWait = true;
        return;
    }
    m_messagePause.start();
    for (const std::string& text : m_messages->take())
        Q_EMIT messageShown(QString::fromStdString(text));
}

void WindowRequests::showImage(const std::string& name) {
    m_post([this, name = QString::fromStdString(name)] { Q_EMIT imageShown(name); });
}

std::optional<std::string> WindowRequests::ask(const std::string& text, const std::string& proposal,
                                               const CancelToken& token) {
    auto asked = std::make_shared<Question>(text, proposal);
    const std::weak_ptr<Question> question = asked;
    const std::shared_ptr<Question::Answer> answer = asked->slot();
    // Handed over whole: when the window is gone, or nobody shows the question, it is destroyed and so dismissed.
    m_post([this, asked = std::move(asked)] { Q_EMIT this->asked(asked); });
    const CancelToken::Registration wake = token.onCancel([answer] { answer->give(std::nullopt); });
    std::unique_lock lock(answer->mutex);
    answer->changed.wait(lock, [&] { return answer->given; });
    if (token.isCancelled()) {
        lock.unlock();
        m_post([this, question] { Q_EMIT withdrawn(question); });
        token.check();
    }
    return answer->text;
}

} // namespace tintype

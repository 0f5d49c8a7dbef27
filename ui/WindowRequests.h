// What scripts ask of the window, brought to the GUI thread as signals.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/WindowBridge.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>

namespace tintype {

class GuiQueue;

/// One question of a script and the answer that its thread waits for. Shared by both threads; the first answer counts, and
/// when the last holder on the GUI side lets go of it, it counts as dismissed.
class Question {
public:
    Question(std::string text, std::string proposal);
    ~Question();
    Question(const Question&) = delete;

    QString text() const;
    QString proposal() const;
    void answer(const QString& text);
    void dismiss();

    struct Answer;
    const std::shared_ptr<Answer>& slot() const { return m_answer; }

private:
    const std::string m_text;
    const std::string m_proposal;
    const std::shared_ptr<Answer> m_answer;
};

/// Made on the GUI thread before the interpreter, destroyed after it. The members of WindowBridge are called on Python
/// threads; each signal is emitted on the GUI thread. A message is shown at once; of a storm of messages only the newest few,
/// some times a second, since nobody could read the others, and each costs the window a row of widgets.
class WindowRequests : public QObject, public WindowBridge {
    Q_OBJECT
public:
    static constexpr std::size_t MOST_MESSAGES = 4;

    explicit WindowRequests(GuiQueue& queue, QObject* parent = nullptr);

    void showMessage(const std::string& text) override;
    void showImage(const std::string& name) override;
    std::optional<std::string> ask(const std::string& text, const std::string& proposal,
                                   const CancelToken& token) override;

Q_SIGNALS:
    void messageShown(const QString& text);
    void imageShown(const QString& name);
    void asked(const std::shared_ptr<tintype::Question>& question);
    /// The one who asked was stopped and waits no more.
    void withdrawn(const std::weak_ptr<tintype::Question>& question);

private:
    struct Messages;
    void showMessages();

    std::function<void(std::function<void()>)> m_post;
    std::shared_ptr<Messages> m_messages;
    QTimer m_messagePause;
    bool m_messagesWait = false;
};

} // namespace tintype

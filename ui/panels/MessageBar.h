// Messages above the canvas: errors until they are closed, notes for a few seconds. Never in the way of work.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QVBoxLayout;

namespace tintype {

/// Shows the newest messages, MOST_SHOWN at most unless it is told otherwise; an equal message is shown once. Text can be selected and copied.
class MessageBar : public QWidget {
    Q_OBJECT
public:
    static constexpr int MOST_SHOWN = 4;
    enum class Kind { Note, Error };

    explicit MessageBar(QWidget* parent = nullptr, int most = MOST_SHOWN);

    void showNote(const QString& text) { add(Kind::Note, text); }
    void showError(const QString& text) { add(Kind::Error, text); }
    /// Oldest first.
    QStringList texts() const;
    void clear();
    /// Takes a message away that is not true any more, if it is shown.
    void remove(const QString& text);

private:
    class Row;
    void add(Kind kind, const QString& text);
    QList<Row*> rows() const;

    QVBoxLayout* m_layout;
    const int m_most;
};

} // namespace tintype

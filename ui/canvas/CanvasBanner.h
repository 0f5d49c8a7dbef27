// A line or two over the upper edge of a canvas: what is wrong with the image.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace tintype {

class CanvasBanner : public QWidget {
    Q_OBJECT
public:
    enum class Kind { Warning, Error };

    explicit CanvasBanner(QWidget* parent);

    /// An empty text hides it.
    void setMessage(Kind kind, const QString& text);
    QString message() const;
    /// As wide as the text needs, within the area less a margin, at its upper edge.
    void placeIn(const QRect& area);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Kind m_kind = Kind::Warning;
    QLabel* m_text;
};

} // namespace tintype

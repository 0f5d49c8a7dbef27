// A search field over all operations, used by keyboard alone.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QLineEdit;
class QListWidget;

namespace tintype {

class OperationCatalog;

/// A popup that goes away by Escape or a click elsewhere. Up and Down move in the list while the keyboard stays in the
/// search field; Enter chooses. The catalogue must outlive it.
class OperationPalette : public QFrame {
    Q_OBJECT
public:
    explicit OperationPalette(const OperationCatalog& catalog, QWidget* parent = nullptr);

    /// Opens below the upper edge of the parent's window, with an empty search that lists all operations.
    void open();
    /// Operations came or went: the list is made again where people see it.
    void follow();

Q_SIGNALS:
    /// After the palette has closed.
    void chosen(const QString& id);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void search(const QString& text);
    void moveCurrent(int rows);
    void chooseCurrent();

    const OperationCatalog& m_catalog;
    QLineEdit* m_edit = nullptr;
    QListWidget* m_list = nullptr;
    QLabel* m_count = nullptr;
};

} // namespace tintype

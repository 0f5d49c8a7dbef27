// One of the colour maps in a form, with its colours.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/fields/ColourMapField.h"

#include "core/operations/ColourMaps.h"
#include "core/operations/OperationCatalog.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QImage>
#include <QPixmap>
#include <QSignalBlocker>

namespace tintype {

namespace {

constexpr QSize ICON{48, 12};

QIcon iconOf(const Colours& colours) {
    QImage strip(ICON.width(), 1, QImage::Format_RGB32);
    for (int x = 0; x < ICON.width(); ++x) {
        const Colour& colour = colours[std::size_t(x) * (colours.size() - 1) / std::size_t(ICON.width() - 1)];
        strip.setPixel(x, 0, qRgb(colour[0], colour[1], colour[2]));
    }
    // A few colours are shown with what lies between them.
    if (int(colours.size()) < ICON.width()) {
        QImage stops(int(colours.size()), 1, QImage::Format_RGB32);
        for (int x = 0; x < stops.width(); ++x)
            stops.setPixel(x, 0, qRgb(colours[std::size_t(x)][0], colours[std::size_t(x)][1], colours[std::size_t(x)][2]));
        strip = stops.scaled(ICON.width(), 1, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    }
    return QIcon(QPixmap::fromImage(strip.scaled(ICON)));
}

} // namespace

ColourMapField::ColourMapField(const ParameterInfo& parameter) : ParameterField(parameter), m_combo(new QComboBox) {
    m_combo->setIconSize(ICON);
    for (const ColourMapPtr& map : builtInColourMaps())
        m_combo->addItem(iconOf(map->colours), QString::fromStdString(map->title), QString::fromStdString(map->name));
    guardWheel(m_combo);
    row()->addWidget(m_combo, 1);
    setFocusProxy(m_combo);
    connect(m_combo, &QComboBox::currentIndexChanged, this, [this] {
        check();
        Q_EMIT changed();
    });
}

Value ColourMapField::value() const {
    return Value(m_combo->currentData().toString().toStdString());
}

void ColourMapField::setValue(const Value& value) {
    const auto* const text = value.as<std::string>();
    if (!text) {
        m_combo->setCurrentIndex(0);
        return;
    }
    const QString wanted = QString::fromStdString(*text);
    int index = m_combo->findData(wanted);
    // What a step keeps of a map that was added is the map itself, as long as that has the same colours.
    const std::string name = ColourMaps::nameOf(*text);
    const ColourMapPtr same = m_catalog ? m_catalog->colourMaps().find(name) : nullptr;
    if (index < 0 && same && same->written() == *text)
        index = m_combo->findData(QString::fromStdString(name));
    if (index < 0) {
        const Colours colours = ColourMaps::coloursOf(*text);
        m_combo->addItem(colours.empty() ? QIcon() : iconOf(colours), name.empty() ? tr("Colours of this step") : QString::fromStdString(name), wanted);
        index = m_combo->count() - 1;
    }
    m_combo->setCurrentIndex(index);
    check();
}

void ColourMapField::followCatalog(const OperationCatalog& catalog) {
    m_catalog = &catalog;
    const Value before = value();
    {
        const QSignalBlocker quiet(m_combo);
        m_combo->clear();
        for (const ColourMapPtr& map : catalog.colourMaps().all())
            m_combo->addItem(iconOf(map->colours), QString::fromStdString(map->title), QString::fromStdString(map->name));
        setValue(before);
    }
    check();
}

/// A map may have gone while its name was chosen.
void ColourMapField::check() {
    const std::string text = m_combo->currentData().toString().toStdString();
    const bool isThere = !m_catalog || !m_catalog->colourMaps().resolved(text).empty();
    setError(isThere ? QString() : tr("This colour map is not there any more. Choose another one."));
}

} // namespace tintype

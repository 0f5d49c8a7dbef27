// A number in a form: a spin box for everything that is allowed, and a slider for what is useful.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/fields/NumberField.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QSlider>

#include <cmath>

namespace tintype {

namespace {

constexpr int SLIDER_STEPS = 1000;
constexpr int MOST_DECIMALS = 6;
constexpr double LARGEST = 1e12;
/// From this ratio of its ends a range is shown by ratios, not by differences.
constexpr double WIDE_RATIO = 50;

/// Shows the digits that there are, not a fixed number of them.
class PlainSpinBox : public QDoubleSpinBox {
public:
    using QDoubleSpinBox::QDoubleSpinBox;
    QString textFromValue(double value) const override {
        QLocale plain = locale();
        plain.setNumberOptions(plain.numberOptions() | QLocale::OmitGroupSeparator);
        return plain.toString(value, 'f', QLocale::FloatingPointShortest);
    }
};

} // namespace

NumberField::NumberField(const ParameterInfo& parameter)
    : ParameterField(parameter), m_integer(parameter.kind == ParameterKind::Integer), m_spin(new PlainSpinBox) {
    m_spin->setDecimals(m_integer ? 0 : MOST_DECIMALS);
    const bool bounded = parameter.maximum > parameter.minimum;
    m_spin->setRange(bounded ? std::max(parameter.minimum, -LARGEST) : -LARGEST,
                     bounded ? std::min(parameter.maximum, LARGEST) : LARGEST);
    m_spin->setStepType(m_integer ? QAbstractSpinBox::DefaultStepType : QAbstractSpinBox::AdaptiveDecimalStepType);
    guardWheel(m_spin);
    setFocusProxy(m_spin);
    if (parameter.sliderMaximum > parameter.sliderMinimum)
        buildSlider();
    // Its own wish would be as wide as the largest number that is allowed.
    const QString unit = QString::fromStdString(parameter.unit);
    m_spin->setSuffix(unit.isEmpty() || unit == u"°" || unit == u"%" ? unit : u' ' + unit);
    m_spin->setFixedWidth(m_spin->fontMetrics().horizontalAdvance(u'0') * 13 +
                          m_spin->fontMetrics().horizontalAdvance(m_spin->suffix()));
    row()->addWidget(m_spin);
    if (!m_slider)
        row()->addStretch(1);
    if (mayBeAutomatic())
        buildAutomatic();
    reset();
    connect(m_spin, &QDoubleSpinBox::valueChanged, this, [this] {
        showOnSlider();
        Q_EMIT changed();
    });
}

void NumberField::buildSlider() {
    m_slider = new QSlider(Qt::Horizontal);
    const double range = parameter().sliderMaximum - parameter().sliderMinimum;
    m_slider->setRange(0, m_integer && range <= SLIDER_STEPS ? int(range) : SLIDER_STEPS);
    m_slider->setPageStep(std::max(1, m_slider->maximum() / 10));
    m_slider->setMinimumWidth(80);
    guardWheel(m_slider);
    row()->addWidget(m_slider, 1);
    connect(m_slider, &QSlider::valueChanged, this, [this](int step) {
        m_spin->setValue(valueAt(double(step) / m_slider->maximum()));
    });
}

void NumberField::buildAutomatic() {
    m_automatic = new QCheckBox(tr("Automatic"));
    row()->addWidget(m_automatic);
    connect(m_automatic, &QCheckBox::toggled, this, [this](bool automatic) {
        m_spin->setEnabled(!automatic);
        if (m_slider)
            m_slider->setEnabled(!automatic);
        Q_EMIT changed();
    });
}

double NumberField::valueAt(double way) const {
    const double low = parameter().sliderMinimum;
    const double high = parameter().sliderMaximum;
    if (m_integer && high - low <= SLIDER_STEPS)
        return std::round(low + way * (high - low));
    double value = low + way * (high - low);
    if (low > 0 && high / low >= WIDE_RATIO)
        value = low * std::pow(high / low, way);
    if (m_integer)
        return std::round(value);
    // Three digits are as much as a slider can mean.
    const double unit = std::pow(10, std::floor(std::log10(std::max(std::abs(value), (high - low) / 100))) - 2);
    return std::round(value / unit) * unit;
}

double NumberField::wayOf(double value) const {
    const double low = parameter().sliderMinimum;
    const double high = parameter().sliderMaximum;
    const double inside = std::clamp(value, low, high);
    const bool linear = (m_integer && high - low <= SLIDER_STEPS) || low <= 0 || high / low < WIDE_RATIO;
    return linear ? (inside - low) / (high - low) : std::log(inside / low) / std::log(high / low);
}

void NumberField::showOnSlider() {
    if (!m_slider)
        return;
    const QSignalBlocker blocker(m_slider);
    m_slider->setValue(int(std::lround(wayOf(m_spin->value()) * m_slider->maximum())));
}

void NumberField::setStep(double step) {
    if (step <= 0)
        return;
    m_spin->setStepType(QAbstractSpinBox::DefaultStepType);
    m_spin->setSingleStep(step);
}

bool NumberField::isAutomatic() const {
    return m_automatic && m_automatic->isChecked();
}

Value NumberField::value() const {
    if (isAutomatic())
        return {};
    const double number = m_spin->value() == m_shown ? m_exact : m_spin->value();
    return m_integer ? Value(std::int64_t(std::llround(number))) : Value(number);
}

void NumberField::setValue(const Value& value) {
    double number = 0;
    const bool given = value.toNumber(number);
    if (!given)
        number = std::clamp(0.0, std::min(parameter().sliderMinimum, parameter().sliderMaximum), parameter().sliderMaximum);
    m_spin->setValue(number);
    m_exact = number;
    m_shown = m_spin->value();
    showOnSlider();
    if (m_automatic)
        m_automatic->setChecked(!given);
}

} // namespace tintype

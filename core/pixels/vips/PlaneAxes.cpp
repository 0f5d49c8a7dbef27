// Finds out in which directions a file has several planes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/vips/PlaneAxes.h"

#include <QXmlStreamReader>

#include <algorithm>

namespace tintype {

std::vector<Axis> omeAxes(const std::string& description, int planes) {
    QXmlStreamReader xml(QByteArray::fromStdString(description));
    QString order;
    Axis z{"z"}, channel{"channel"}, time{"time"};
    bool inFirstImage = false;
    while (!xml.atEnd()) {
        if (!xml.readNextStartElement() && xml.tokenType() != QXmlStreamReader::EndElement)
            continue;
        if (xml.isEndElement()) {
            if (inFirstImage && xml.name() == QStringLiteral("Pixels"))
                break;
            continue;
        }
        const QXmlStreamAttributes attributes = xml.attributes();
        if (xml.name() == QStringLiteral("Pixels")) {
            inFirstImage = true;
            order = attributes.value(QStringLiteral("DimensionOrder")).toString();
            z.size = attributes.value(QStringLiteral("SizeZ")).toInt();
            channel.size = attributes.value(QStringLiteral("SizeC")).toInt();
            time.size = attributes.value(QStringLiteral("SizeT")).toInt();
        } else if (inFirstImage && xml.name() == QStringLiteral("Channel")) {
            channel.labels.push_back(attributes.value(QStringLiteral("Name")).toString().toStdString());
        }
    }
    if (order.size() != 5 || z.size < 1 || channel.size < 1 || time.size < 1 || z.size * channel.size * time.size != planes)
        return {};
    if (int(channel.labels.size()) != channel.size ||
        std::any_of(channel.labels.begin(), channel.labels.end(), [](const std::string& label) { return label.empty(); }))
        channel.labels.clear();
    std::vector<Axis> axes;
    // XYZCT: z runs quickest, so it comes last here.
    for (int i = 4; i >= 2; --i) {
        const Axis& axis = order[i] == QLatin1Char('Z') ? z : order[i] == QLatin1Char('C') ? channel : time;
        if (axis.size > 1)
            axes.push_back(axis);
    }
    return axes;
}

std::vector<Axis> pageAxes(int planes) {
    if (planes < 2)
        return {};
    return {Axis{"page", planes, {}}};
}

} // namespace tintype

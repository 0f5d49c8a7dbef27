// What the views of add-ons' panels work with.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QSettings;

namespace tintype {

class DocumentModel;
class GuiQueue;
struct Workbench;

/// All of it outlives the views.
struct PanelParts {
    Workbench& workbench;
    DocumentModel& document;
    GuiQueue& queue;
    QSettings& settings;
};

} // namespace tintype

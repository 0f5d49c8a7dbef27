// What can be told about Python text without Python: where statements end, and how far the next line is indented.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace tintype {

/// True when it surely needs more lines: something is open, or a block has not been ended by a blank line. Python has the
/// last word on the rest, as ConsoleSession::incomplete.
bool needsMoreLines(const QString& text);

/// The blanks a line after this text begins with.
QString nextIndentation(const QString& text);

/// The statements of a text, each to be submitted on its own; blocks end with a blank line. What is indented as a whole is
/// moved to the left.
QStringList splitStatements(const QString& text);

/// Takes the prompts `>>> ` and `... ` out of a session that was copied, and the output between them as well. Texts
/// without prompts stay as they are, with plain line ends.
QString withoutPrompts(const QString& text);

} // namespace tintype

// The one table between core's error codes and Python's exceptions, read in both directions.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/ErrorTable.h"

#include <algorithm>
#include <iterator>

namespace tintype {

namespace {

constexpr ErrorRow TABLE[] = {
    {ErrorCode::Parameter, "ParameterError", "ValueError",
     "A parameter has a wrong type or value, or a name that does not exist; a ValueError as well."},
    {ErrorCode::File, "FileError", "OSError", "A file could not be read or written; an OSError as well."},
    {ErrorCode::NotFound, "NotFoundError", "KeyError",
     "No image, operation or other thing of that name; a KeyError as well."},
    {ErrorCode::Recipe, "RecipeError", nullptr, "A recipe cannot be written down, read, or used on these images."},
    {ErrorCode::NoWindow, "NoWindowError", nullptr, "Asked for something that only the window has."},
    {ErrorCode::Cancelled, "Cancelled", nullptr,
     "The running code was stopped on purpose. A BaseException, so that `except Exception` does not hold it up."},
    {ErrorCode::Operation, "OperationError", nullptr, "An operation could not be done on this image."},
    {ErrorCode::Internal, "Error", nullptr, "What went wrong in tintype; every other error is one of these."},
};

} // namespace

std::span<const ErrorRow> errorTable() {
    return TABLE;
}

const ErrorRow& errorRow(ErrorCode code) {
    const auto* row = std::ranges::find(TABLE, code, &ErrorRow::code);
    return row == std::end(TABLE) ? TABLE[std::size(TABLE) - 1] : *row;
}

} // namespace tintype

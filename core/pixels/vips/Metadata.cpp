// What an image says about itself, besides its pixels.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/vips/Metadata.h"

#include "core/Error.h"
#include "core/pixels/vips/VipsErrors.h"
#include "core/pixels/vips/VipsProperty.h"

namespace tintype {

Value metadataOf(const VipsImageRef& image, const std::string& field) {
    if (!vips_image_get_typeof(image.get(), field.c_str())) {
        std::string fields;
        for (const std::string& name : metadataFieldsOf(image))
            fields += (fields.empty() ? "" : ", ") + name;
        throw Error(ErrorCode::NotFound, "there is no field '" + field + "'; there are " + fields);
    }
    GValue value = G_VALUE_INIT;
    if (vips_image_get(image.get(), field.c_str(), &value))
        throwVipsError(ErrorCode::NotFound, field);
    Value result = fromProperty(value);
    g_value_unset(&value);
    return result;
}

std::vector<std::string> metadataFieldsOf(const VipsImageRef& image) {
    std::vector<std::string> names;
    gchar** fields = vips_image_get_fields(image.get());
    for (gchar** field = fields; field && *field; ++field)
        names.emplace_back(*field);
    g_strfreev(fields);
    return names;
}

std::string metadataTypeOf(const VipsImageRef& image, const std::string& field) {
    const GType type = vips_image_get_typeof(image.get(), field.c_str());
    return type ? g_type_name(type) : "";
}

void copyHeader(const VipsImage* from, VipsImage* to) {
    vips_image_init_fields(to, from->Xsize, from->Ysize, from->Bands, from->BandFmt, from->Coding, from->Type, from->Xres,
                           from->Yres);
    const auto copyField = [](VipsImage*, const char* name, GValue* value, void* target) -> void* {
        // The header stands already; the name of a file is among it, and is null where there is none, which ends the program.
        if (!vips_image_get_typeof(static_cast<VipsImage*>(target), name))
            vips_image_set(static_cast<VipsImage*>(target), name, value);
        return nullptr;
    };
    vips_image_map(const_cast<VipsImage*>(from), copyField, to);
}

} // namespace tintype

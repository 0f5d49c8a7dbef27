// Opens an encoded picture in memory as a lazy libvips image.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/vips/EncodedLoader.h"

#include "core/Error.h"
#include "core/pixels/vips/FormatModules.h"
#include "core/pixels/vips/Loading.h"
#include "core/pixels/vips/VipsErrors.h"
#include "core/recipe/EncodedSource.h"
#include "core/recipe/Node.h"

#include <string_view>

namespace tintype {

namespace {

bool isOwnParameter(const std::string& name) {
    return name == "data" || name == "name" || name == "planes" || name == "loader";
}

VipsRef<VipsSource> sourceOn(const Bytes& data) {
    return VipsRef<VipsSource>::take(vips_source_new_from_memory(data.data(), data.size()));
}

/// The loader that knows the bytes by their beginning; empty when there is none.
std::string loaderOf(const Bytes& data) {
    loadFormatModules();
    const char* found = vips_foreign_find_load_buffer(data.data(), data.size());
    // Some formats libvips reads from sources only; from a buffer a foreign library would, and cut off what is above white.
    if (!found || std::string_view(found).find("Magick") != std::string_view::npos) {
        const VipsRef<VipsSource> source = sourceOn(data);
        const char* other = source ? vips_foreign_find_load_source(source.get()) : nullptr;
        found = other ? other : found;
    }
    takeVipsError();
    return found ? vips_nickname_find(g_type_from_name(found)) : "";
}

} // namespace

NodePtr EncodedLoader::node(BytesPtr data, const std::string& name, const Parameters& options, bool allPlanes) {
    Parameters parameters = withOptions({{"name", name}, {"data", std::move(data)}, {"planes", allPlanes}}, options,
                                        isOwnParameter, "picture");
    // The header is read now, so that what cannot be opened is refused now.
    EncodedLoader(parameters, false).load(0);
    return Node::create(ENCODED, std::move(parameters));
}

EncodedLoader::EncodedLoader(const Parameters& parameters, bool tolerant) : m_tolerant(tolerant) {
    for (const auto& [name, value] : parameters) {
        if (name == "data" && value.as<BytesPtr>())
            m_data = *value.as<BytesPtr>();
        else if (name == "name" && value.as<std::string>())
            m_name = *value.as<std::string>();
        else if (name == "planes" && value.as<bool>())
            m_allPlanes = *value.as<bool>();
        else if (name == "loader" && value.as<std::string>())
            m_loader = *value.as<std::string>();
        else if (!isOwnParameter(name))
            m_options.emplace_back(name, value);
    }
}

VipsImageRef EncodedLoader::load(int plane) const {
    const bool isEmpty = !m_data || m_data->empty();
    const std::string name = isEmpty || !m_loader.empty() ? m_loader : loaderOf(*m_data);
    if (name.empty() || isEmpty)
        throw Error(ErrorCode::File, m_name + ": these bytes (" + std::to_string(m_data ? m_data->size() : 0) +
                                         ") are not an image, or of a kind that cannot be opened");
    const bool fromSource = name.ends_with("_source");
    const VipsRef<VipsOperation> loader = newLoader(name, fromSource ? "source" : "buffer", m_name);
    if (fromSource) {
        g_object_set(loader.get(), "source", sourceOn(*m_data).get(), nullptr);
    } else {
        VipsBlob* const blob = vips_blob_new(nullptr, m_data->data(), m_data->size());
        g_object_set(loader.get(), "buffer", blob, nullptr);
        vips_area_unref(VIPS_AREA(blob));
    }
    VipsImageRef image = runLoader(loader.get(), m_options, {plane, m_allPlanes, m_tolerant, false}, m_name);
    // The loader reads the bytes when pixels are asked for, and keeps nothing but their address.
    g_object_weak_ref(
        G_OBJECT(image.get()), [](void* bytes, GObject*) { delete static_cast<BytesPtr*>(bytes); }, new BytesPtr(m_data));
    return image;
}

std::vector<Axis> EncodedLoader::axes(const VipsImageRef& image) const {
    return m_allPlanes ? planeAxes(image) : std::vector<Axis>();
}

} // namespace tintype

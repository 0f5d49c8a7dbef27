// Encodes an image into a sink of bytes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/vips/TargetSaver.h"

#include "core/Error.h"
#include "core/pixels/FileFormats.h"
#include "core/pixels/vips/FormatModules.h"
#include "core/pixels/vips/PixelSink.h"
#include "core/pixels/vips/VipsErrors.h"
#include "core/pixels/vips/VipsProperty.h"

#include <utility>

namespace tintype {

namespace {

/// Formats that read what they have written.
bool goesBack(const std::string& saver) {
    return saver.starts_with("tiffsave") || saver.starts_with("jp2ksave");
}

bool hasProperty(VipsOperation* operation, const char* name) {
    return g_object_class_find_property(G_OBJECT_GET_CLASS(operation), name) != nullptr;
}

std::string suffixList() {
    std::string list;
    for (const std::string& suffix : builtInSaveSuffixes())
        list += (list.empty() ? "." : ", .") + suffix;
    return list;
}

} // namespace

/// The functions that libvips calls; what the sink throws waits until the saver has given up.
struct TargetSaver::Calls {
    template <typename Result, typename F>
    static Result guarded(TargetSaver* self, Result failed, F&& work) {
        if (self->m_thrown)
            return failed;
        try {
            return work();
        } catch (...) {
            self->m_thrown = std::current_exception();
            return failed;
        }
    }
    static gint64 write(VipsTargetCustom*, const void* data, gint64 size, TargetSaver* self) {
        return guarded<gint64>(self, -1, [=] {
            self->give(data, std::size_t(size));
            return size;
        });
    }
    static gint64 read(VipsTargetCustom*, void* data, gint64 size, TargetSaver* self) {
        return guarded<gint64>(self, -1, [=] { return gint64(self->m_sink.read(data, std::size_t(size))); });
    }
    static gint64 seek(VipsTargetCustom*, gint64 offset, int whence, TargetSaver* self) {
        return guarded<gint64>(self, -1, [=] { return gint64(self->m_sink.seek(offset, whence)); });
    }
};

TargetSaver::TargetSaver(const Encoding& encoding, ByteSink& sink, std::string content)
    : m_encoding(encoding), m_sink(sink), m_content(std::move(content)) {
    findSaver();
}

void TargetSaver::findSaver() {
    loadFormatModules();
    m_saver = m_encoding.saver;
    if (m_saver.empty()) {
        const char* found = vips_foreign_find_save_target(m_encoding.suffix.c_str());
        if (!found)
            found = vips_foreign_find_save_buffer(m_encoding.suffix.c_str());
        const bool isForFiles = !found && vips_foreign_find_save(("file" + m_encoding.suffix).c_str());
        takeVipsError();
        if (isForFiles)
            throw Error(ErrorCode::Parameter, "pictures of the ending '" + m_encoding.suffix + "' can be written to files only");
        if (!found)
            throw Error(ErrorCode::Parameter,
                        "the ending '" + m_encoding.suffix + "' names no image format; there are " + suffixList());
        m_saver = vips_nickname_find(g_type_from_name(found));
    }
    if (!vips_type_find("VipsForeignSave", m_saver.c_str()))
        throw Error(ErrorCode::Parameter, "there is no saver '" + m_saver + "'");
    const auto operation = VipsRef<VipsOperation>::take(vips_operation_new(m_saver.c_str()));
    m_takesTarget = hasProperty(operation.get(), "target");
    if (!m_takesTarget && !hasProperty(operation.get(), "buffer"))
        throw Error(ErrorCode::Parameter, "the saver '" + m_saver + "' writes to files only");
}

void TargetSaver::give(const void* data, std::size_t size) {
    m_hasWritten = true;
    m_sink.write(data, size);
}

void TargetSaver::write(const VipsImageRef& image, const EvaluationWatch& watch) {
    if (m_takesTarget && (m_sink.canSeek() || !goesBack(m_saver)))
        writeThrough(image, watch);
    else
        writeToMemory(image, watch);
}

void TargetSaver::writeThrough(const VipsImageRef& image, const EvaluationWatch& watch) {
    const auto target = VipsRef<VipsTargetCustom>::take(vips_target_custom_new());
    g_signal_connect(target.get(), "write", G_CALLBACK(Calls::write), this);
    if (m_sink.canSeek()) {
        g_signal_connect(target.get(), "read", G_CALLBACK(Calls::read), this);
        g_signal_connect(target.get(), "seek", G_CALLBACK(Calls::seek), this);
    }
    try {
        run(
            image, watch, [&](VipsOperation* saver) { g_object_set(saver, "target", target.get(), nullptr); },
            [](VipsOperation*) {});
    } catch (...) {
        // Others may keep the target, and this object goes.
        g_signal_handlers_disconnect_by_data(target.get(), this);
        throw;
    }
    g_signal_handlers_disconnect_by_data(target.get(), this);
}

void TargetSaver::writeToMemory(const VipsImageRef& image, const EvaluationWatch& watch) {
    VipsRef<VipsTarget> target;
    if (m_takesTarget)
        target = VipsRef<VipsTarget>::take(vips_target_new_to_memory());
    VipsBlob* blob = nullptr;
    run(
        image, watch,
        [&](VipsOperation* saver) {
            if (target)
                g_object_set(saver, "target", target.get(), nullptr);
        },
        [&](VipsOperation* saver) {
            g_object_get(target ? static_cast<void*>(target.get()) : static_cast<void*>(saver), target ? "blob" : "buffer",
                         &blob, nullptr);
        });
    const std::unique_ptr<VipsBlob, void (*)(VipsBlob*)> made(blob, [](VipsBlob* all) {
        if (all)
            vips_area_unref(VIPS_AREA(all));
    });
    std::size_t size = 0;
    const void* const data = blob ? vips_blob_get(blob, &size) : nullptr;
    give(data, size);
}

void TargetSaver::run(const VipsImageRef& image, const EvaluationWatch& watch,
                      const std::function<void(VipsOperation*)>& prepare, const std::function<void(VipsOperation*)>& collect) {
    const std::string context = m_content + " could not be encoded";
    const auto save = [&](VipsImage* copy) {
        const auto saver = VipsRef<VipsOperation>::take(vips_operation_new(m_saver.c_str()));
        setOptions(saver.get(), m_encoding.options, m_saver);
        prepare(saver.get());
        g_object_set(saver.get(), "in", copy, nullptr);
        const int failed = vips_object_build(VIPS_OBJECT(saver.get()));
        if (!failed)
            collect(saver.get());
        vips_object_unref_outputs(VIPS_OBJECT(saver.get()));
        return failed;
    };
    try {
        runWatched(image, watch, ErrorCode::File, context, save);
    } catch (const Error&) {
        if (m_thrown)
            std::rethrow_exception(std::exchange(m_thrown, nullptr));
        throw;
    }
    if (m_thrown)
        std::rethrow_exception(std::exchange(m_thrown, nullptr));
}

} // namespace tintype

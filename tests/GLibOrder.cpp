// Shows the thread sanitizer the order that GLib's locks and reference counts make, which it cannot see by itself.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <dlfcn.h>
#include <glib-object.h>
#include <sanitizer/tsan_interface.h>

// libvips hands pixels from thread to thread under GLib's locks. GLib is not instrumented and makes them of system calls,
// so that everything of ours that libvips calls would be reported, and suppressing those reports would hide our own
// mistakes. In the test programs these functions are found before GLib's; they call it, and say what it has done.
namespace {

template <typename Function>
Function* original(const char* name) {
    return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

} // namespace

extern "C" {

void g_mutex_lock(GMutex* mutex) {
    static const auto call = original<decltype(g_mutex_lock)>("g_mutex_lock");
    call(mutex);
    __tsan_acquire(mutex);
}

gboolean g_mutex_trylock(GMutex* mutex) {
    static const auto call = original<decltype(g_mutex_trylock)>("g_mutex_trylock");
    const gboolean taken = call(mutex);
    if (taken)
        __tsan_acquire(mutex);
    return taken;
}

void g_mutex_unlock(GMutex* mutex) {
    static const auto call = original<decltype(g_mutex_unlock)>("g_mutex_unlock");
    __tsan_release(mutex);
    call(mutex);
}

void g_rec_mutex_lock(GRecMutex* mutex) {
    static const auto call = original<decltype(g_rec_mutex_lock)>("g_rec_mutex_lock");
    call(mutex);
    __tsan_acquire(mutex);
}

void g_rec_mutex_unlock(GRecMutex* mutex) {
    static const auto call = original<decltype(g_rec_mutex_unlock)>("g_rec_mutex_unlock");
    __tsan_release(mutex);
    call(mutex);
}

void g_cond_wait(GCond* condition, GMutex* mutex) {
    static const auto call = original<decltype(g_cond_wait)>("g_cond_wait");
    __tsan_release(mutex);
    call(condition, mutex);
    __tsan_acquire(mutex);
}

gboolean g_cond_wait_until(GCond* condition, GMutex* mutex, gint64 end) {
    static const auto call = original<decltype(g_cond_wait_until)>("g_cond_wait_until");
    __tsan_release(mutex);
    const gboolean signalled = call(condition, mutex, end);
    __tsan_acquire(mutex);
    return signalled;
}

void g_object_unref(gpointer object) {
    static const auto call = original<decltype(g_object_unref)>("g_object_unref");
    __tsan_release(object);
    __tsan_acquire(object);
    call(object);
}
}

// Says whether there is a display for the window, before Qt, which would abort without one, is loaded.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/Display.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

namespace tintype {

namespace {

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

bool answers(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path)
        return false;
    std::memcpy(address.sun_path, path.data(), path.size());
    const int handle = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (handle < 0)
        return false;
    const bool connected = connect(handle, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    close(handle);
    return connected;
}

/// A display of another machine (host:0) is taken at its word; looking for it could take long.
bool x11Answers(const std::string& display) {
    const std::size_t colon = display.rfind(':');
    if (colon == std::string::npos || (colon != 0 && display.compare(0, colon, "unix") != 0))
        return true;
    const std::string number = display.substr(colon + 1, display.find('.', colon) - colon - 1);
    return answers("/tmp/.X11-unix/X" + number);
}

bool waylandAnswers(const std::string& display) {
    return answers(display.front() == '/' ? display : environment("XDG_RUNTIME_DIR") + "/" + display);
}

} // namespace

std::string missingDisplay() {
    const std::string platform = environment("QT_QPA_PLATFORM");
    if (!platform.empty() && platform != "xcb" && platform.compare(0, 7, "wayland") != 0)
        return {}; // offscreen, vnc and the like need none
    const std::string x11 = environment("DISPLAY");
    const std::string wayland = environment("WAYLAND_DISPLAY");
    if (x11.empty() && wayland.empty())
        return "neither DISPLAY nor WAYLAND_DISPLAY is set";
    if ((!x11.empty() && x11Answers(x11)) || (!wayland.empty() && waylandAnswers(wayland)))
        return {};
    return "nobody answers at " + (x11.empty() ? "WAYLAND_DISPLAY=" + wayland : "DISPLAY=" + x11);
}

} // namespace tintype

// What calls cost at least: a bare pybind11 class, bare libvips builds, and giving up the GIL; for tests/bench/calls.py.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <vips/vips.h>

#include <chrono>
#include <stdexcept>
#include <vector>

namespace py = pybind11;

namespace {

struct Thing {
    int width = 16;
};

class Picture {
public:
    Picture() {
        if (vips_black(&m_image, 16, 16, nullptr))
            throw std::runtime_error(vips_error_buffer());
        VipsImage* memory = vips_image_copy_memory(m_image);
        g_object_unref(m_image);
        m_image = memory;
    }
    ~Picture() { g_object_unref(m_image); }
    Picture(const Picture&) = delete;

    /// Nanoseconds of each of `count` builds, letting go of the result included, with or without their pixels.
    template <typename Build>
    std::vector<double> times(int count, bool pixels, Build build) const {
        std::vector<double> found;
        for (int i = 0; i < count; ++i) {
            const auto begin = std::chrono::steady_clock::now();
            VipsImage* result = nullptr;
            if (build(m_image, &result))
                throw std::runtime_error(vips_error_buffer());
            if (pixels) {
                VipsImage* memory = vips_image_copy_memory(result);
                g_object_unref(memory);
            }
            g_object_unref(result);
            found.push_back(std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - begin).count());
        }
        return found;
    }

private:
    VipsImage* m_image = nullptr;
};

int invert(VipsImage* in, VipsImage** out) { return vips_invert(in, out, nullptr); }

/// As Tintype blurs: computed in float, given back in the format of the input.
int blur(VipsImage* in, VipsImage** out) {
    VipsImage* exact = nullptr;
    VipsImage* rounded = nullptr;
    int failed = vips_gaussblur(in, &exact, 2.0, "precision", VIPS_PRECISION_FLOAT, "min_ampl", 0.001, nullptr);
    failed = failed || vips_rint(exact, &rounded, nullptr) || vips_cast(rounded, out, VIPS_FORMAT_UCHAR, nullptr);
    VIPS_UNREF(exact);
    VIPS_UNREF(rounded);
    return failed;
}

void spin(double nanoseconds) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double, std::nano>(nanoseconds);
    while (std::chrono::steady_clock::now() < end) {
    }
}

} // namespace

PYBIND11_MODULE(bare_calls, module) {
    py::class_<Thing>(module, "Thing")
        .def(py::init<>())
        .def_property_readonly("width", [](const Thing& thing) { return thing.width; })
        .def("get", [](const Thing& thing) { return thing.width; });
    py::class_<Picture>(module, "Picture")
        .def(py::init<>())
        .def("invert_times", [](const Picture& self, int n, bool pixels) { return self.times(n, pixels, invert); })
        .def("blur_times", [](const Picture& self, int n, bool pixels) { return self.times(n, pixels, blur); });
    // GIL: the first keeps it, the second releases it, around the same work.
    module.def("work", &spin);
    module.def("work_released", &spin, py::call_guard<py::gil_scoped_release>());
}

# libvips' own operations, past Tintype's catalogue, beside which kernels are tested.
# SPDX-License-Identifier: GPL-3.0-or-later
import ctypes

import numpy as np

FORMATS = ["u1", "i1", "u2", "i2", "u4", "i4", "f4", "c8", "f8", "c16"]
lib = ctypes.CDLL("libvips.so.42")
pointer = ctypes.c_void_p
for name in ("vips_image_new_from_memory", "vips_operation_new", "vips_image_write_to_memory"):
    getattr(lib, name).restype = pointer
lib.vips_error_buffer.restype = ctypes.c_char_p
lib.vips_image_get_format.argtypes = [pointer]


def _check(failed):
    if failed:
        reason = lib.vips_error_buffer().decode()
        lib.vips_error_clear()
        raise RuntimeError(reason)


def _set(operation, name, value):
    lib.g_object_set(pointer(operation), name.encode(), pointer(value), None)


def _run(nickname, inputs, options):
    operation = lib.vips_operation_new(nickname.encode())
    _check(not operation)
    for name, image in inputs.items():
        _set(operation, name, image)
    for name, value in options.items():
        _check(lib.vips_object_set_argument_from_string(pointer(operation), name.encode(), str(value).encode()))
    _check(lib.vips_object_build(pointer(operation)))
    out = pointer()
    lib.g_object_get(pointer(operation), b"out", ctypes.byref(out), None)
    lib.vips_object_unref_outputs(pointer(operation))
    lib.g_object_unref(pointer(operation))
    return out.value


def libvips(nickname, *arrays, names=("in",), interpretation=None, **options):
    """The operation's image as an array of height x width x bands; `names` are those of the inputs."""
    images = {}
    for name, array in zip(names, arrays):
        array = np.ascontiguousarray(array if array.ndim == 3 else array[..., None])
        height, width, bands = array.shape
        image = lib.vips_image_new_from_memory(
            pointer(array.ctypes.data), ctypes.c_size_t(array.nbytes), width, height, bands, FORMATS.index(array.dtype.str[1:]))
        _check(not image)
        images[name] = _run("copy", {"in": image}, {"interpretation": interpretation}) if interpretation else image
        if interpretation:
            lib.g_object_unref(pointer(image))
    out = _run(nickname, images, options)
    size = ctypes.c_size_t()
    memory = lib.vips_image_write_to_memory(pointer(out), ctypes.byref(size))
    _check(not memory)
    dtype = FORMATS[lib.vips_image_get_format(out)]
    shape = [getattr(lib, f"vips_image_get_{side}")(pointer(out)) for side in ("height", "width", "bands")]
    result = np.frombuffer(ctypes.string_at(memory, size.value), dtype).reshape(shape)
    lib.g_free(pointer(memory))
    for image in [*images.values(), out]:
        lib.g_object_unref(pointer(image))
    return result

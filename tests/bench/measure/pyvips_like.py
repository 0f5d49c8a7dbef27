# What a binding like pyvips does when it is imported: loads libvips, starts it, and finds its operations.
# SPDX-License-Identifier: GPL-3.0-or-later
"""pyvips itself is no package of Debian's. With the word `describe` the arguments of every operation are read as well, which pyvips
does for each operation when it is called for the first time."""
import ctypes
import sys

gobject = ctypes.CDLL("libgobject-2.0.so.0")
vips = ctypes.CDLL("libvips.so.42")

Visit = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_size_t, ctypes.c_void_p)
gobject.g_type_from_name.restype = gobject.g_type_parent.restype = ctypes.c_size_t
gobject.g_type_class_ref.restype = ctypes.c_void_p
gobject.g_type_class_ref.argtypes = [ctypes.c_size_t]
gobject.g_object_unref.argtypes = [ctypes.c_void_p]
vips.vips_type_map_all.restype = ctypes.c_void_p
vips.vips_type_map_all.argtypes = [ctypes.c_size_t, Visit, ctypes.c_void_p]
vips.vips_nickname_find.restype = ctypes.c_char_p
vips.vips_nickname_find.argtypes = [ctypes.c_size_t]
vips.vips_operation_new.restype = ctypes.c_void_p
vips.vips_object_get_args.argtypes = [ctypes.c_void_p] + [ctypes.POINTER(ctypes.c_void_p)] * 2 + [ctypes.POINTER(ctypes.c_int)]

if vips.vips_init(b"pyvips_like"):
    raise SystemExit("libvips cannot start")

operations = {}


@Visit
def visit(gtype, _):
    name = vips.vips_nickname_find(gtype)
    if name:
        operations[name.decode()] = gtype
    return None


vips.vips_type_map_all(gobject.g_type_from_name(b"VipsOperation"), visit, None)

if "describe" in sys.argv[1:]:
    names, flags, count = ctypes.c_void_p(), ctypes.c_void_p(), ctypes.c_int()
    for name in operations:
        operation = vips.vips_operation_new(name.encode())
        if operation:
            vips.vips_object_get_args(operation, ctypes.byref(names), ctypes.byref(flags), ctypes.byref(count))
            gobject.g_object_unref(operation)

if len(operations) < 300:
    raise SystemExit(f"only {len(operations)} operations were found")

# Peers of a batch: process pools as people write them, with libvips as pyvips calls it, and with scikit-image.
# SPDX-License-Identifier: GPL-3.0-or-later
"""python3 pools.py vips|skimage SCALE WORKERS OUT FILE..."""

import ctypes
import functools
import multiprocessing
import os
import sys

QUALITY = 90
SEQUENTIAL = 1  # VIPS_ACCESS_SEQUENTIAL


@functools.cache
def libvips():
    library = ctypes.CDLL("libvips.so.42")
    library.vips_init(b"pools")
    # pyvips asks for no operation cache that would hold files open; one thread for each of the workers.
    library.vips_concurrency_set(1)
    library.vips_image_new_from_file.restype = ctypes.c_void_p
    library.g_object_unref.argtypes = [ctypes.c_void_p]
    return library


def with_vips(path, out, scale):
    library = libvips()
    source = ctypes.c_void_p(library.vips_image_new_from_file(os.fsencode(path), b"access", SEQUENTIAL, None))
    small, sharp = ctypes.c_void_p(), ctypes.c_void_p()
    failed = (
        not source
        or library.vips_resize(source, ctypes.byref(small), ctypes.c_double(scale), None)
        or library.vips_sharpen(small, ctypes.byref(sharp), None)
        or library.vips_jpegsave(sharp, os.fsencode(os.path.join(out, os.path.basename(path))), b"Q", QUALITY, None)
    )
    for image in (sharp, small, source):
        if image:
            library.g_object_unref(image)
    if failed:
        raise RuntimeError(f"libvips failed on {path}")


def with_skimage(path, out, scale):
    import numpy as np
    from skimage import filters, io, transform

    picture = io.imread(path)
    height, width = (round(size * scale) for size in picture.shape[:2])
    small = transform.resize(picture, (height, width), anti_aliasing=True)
    sharp = filters.unsharp_mask(small, radius=0.5, amount=1, channel_axis=-1)
    pixels = np.round(sharp * 255).astype(np.uint8)
    io.imsave(os.path.join(out, os.path.basename(path)), pixels, quality=QUALITY, check_contrast=False)


def main(kind, scale, workers, out, *paths):
    work = {"vips": with_vips, "skimage": with_skimage}[kind]
    work = functools.partial(work, out=out, scale=float(scale))
    with multiprocessing.get_context("spawn").Pool(int(workers)) as pool:
        for _ in pool.imap_unordered(work, paths, chunksize=4):
            pass


if __name__ == "__main__":
    main(*sys.argv[1:])

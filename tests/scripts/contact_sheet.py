# Thumbnails of pictures on a contact sheet, in the conventions of pyvips; nothing but the import is Tintype's.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: contact_sheet.py OUTPUT PICTURE..."""
import logging
import sys

import tintype as pyvips

logging.basicConfig(level=logging.WARNING)

SIZE = 128
COLUMNS = 3


def load(filename):
    thumbnail = pyvips.Image.thumbnail(filename, SIZE, height=SIZE, crop=pyvips.Interesting.CENTRE)
    if thumbnail.interpretation != pyvips.Interpretation.SRGB:
        thumbnail = thumbnail.colourspace("srgb")
    if thumbnail.hasalpha():
        thumbnail = thumbnail.flatten(background=[255, 255, 255])
    return thumbnail.cast("uchar")


def sharpened(image):
    mask = pyvips.Image.new_from_array([[-1, -1, -1], [-1, 16, -1], [-1, -1, -1]], scale=8)
    return image.conv(mask, precision=pyvips.Precision.INTEGER)


def stretched(image):
    """Contrast by hand, in the lightness only."""
    lab = image.colourspace(pyvips.Interpretation.LAB)
    lightness, rest = lab[0], lab[1:3]
    low, high = lightness.min(), lightness.max()
    if high > low:
        lightness = (lightness - low) * (100 / (high - low))
    return lightness.bandjoin(rest).copy(interpretation="lab").colourspace("srgb")


def framed(image, number):
    frame = (image * 0 + [40, 40, 40]).cast("uchar").embed(2, 2, SIZE + 4, SIZE + 4, extend="background", background=[40, 40, 40])
    sheet = frame.insert(image, 2, 2)
    return sheet.draw_rect([255, 200, 0], 0, 0, 8 * number, 2, fill=True)


def main(arguments):
    output, *filenames = arguments
    thumbnails = []
    for number, filename in enumerate(filenames, 1):
        try:
            thumbnails.append(framed(stretched(sharpened(load(filename))), number))
        except pyvips.Error as error:
            print(f"skipped {filename}:", type(error).__name__)
    sheet = pyvips.Image.arrayjoin(thumbnails, across=COLUMNS, shim=4, background=[255, 255, 255])
    sheet = sheet.copy(xres=300 / 25.4, yres=300 / 25.4)
    sheet = sheet.mutate(lambda x: x.set_type(pyvips.GValue.gstr_type, "exif-ifd0-ImageDescription", "contact sheet"))
    sheet.write_to_file(output, compression=9)

    again = pyvips.Image.new_from_file(output, access="sequential")
    print(f"{again.width} x {again.height}, {again.bands} bands, {again.format}, by {again.get('vips-loader')}")
    histogram = sheet.hist_find()
    total = sum(histogram[band].avg() * histogram.width for band in range(3))
    print(f"counted {int(round(total))} numbers")
    quarter = sheet.crop(0, 0, 8, 2).numpy()
    print("first pixel", quarter[0, 0].tolist(), "relational", (sheet > 254).max(), "maximum at", sheet.maxpos()[0])


if __name__ == "__main__":
    main(sys.argv[1:])

# Finds coins with scikit-image, as its users do; knows nothing of Tintype.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: coins_by_skimage.py OUTPUT"""
import sys

import numpy as np
from skimage import data, filters, io, measure, morphology, segmentation, util


def main(output):
    coins = data.coins()
    level = filters.threshold_otsu(filters.gaussian(coins, 1, preserve_range=True))
    mask = morphology.remove_small_objects(morphology.closing(coins > level, morphology.square(3)), 200)
    cleared = segmentation.clear_border(mask)
    labels = measure.label(cleared)
    regions = measure.regionprops(labels, intensity_image=coins)
    print(f"level {level:.1f}, {len(regions)} coins")
    for region in sorted(regions, key=lambda region: -region.area)[:3]:
        row, column = region.centroid
        print(f"{region.area:.0f} px at {row:.1f}, {column:.1f}, mean {region.mean_intensity:.1f}")
    edges = filters.sobel(util.img_as_float(coins))
    outlined = np.where(segmentation.find_boundaries(labels), 255, coins).astype(np.uint8)
    io.imsave(output, outlined, check_contrast=False)
    print(f"edges {edges.sum():.3f}, written {io.imread(output).shape}")


if __name__ == "__main__":
    main(sys.argv[1])

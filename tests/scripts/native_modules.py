# Imports the native modules that people use, here and in a worker, and calls into each.
# SPDX-License-Identifier: GPL-3.0-or-later
import io
import multiprocessing


def use(where):
    """What each module computes; a missing symbol would have ended the import."""
    import ldap
    import ldap.dn
    import numpy
    import scipy.linalg
    import scipy.ndimage
    from matplotlib import pyplot

    solved = numpy.linalg.solve(numpy.eye(3) * 2, numpy.ones(3)).sum()
    filled = scipy.ndimage.distance_transform_edt(numpy.ones((5, 5))).shape
    factor = scipy.linalg.lu(numpy.eye(2))[2].trace()
    name = ldap.dn.explode_dn("cn=scan,dc=example")
    picture = io.BytesIO()
    pyplot.figure()
    pyplot.plot([1, 2, 3])
    pyplot.savefig(picture, format="png")
    pyplot.close()
    return f"{where}: {solved} {filled} {factor} {name[0]} {picture.getvalue()[1:4].decode()} {pyplot.get_backend()}"


if __name__ == "__main__":
    print(use("here"))
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        print(pool.apply(use, ("worker",)))

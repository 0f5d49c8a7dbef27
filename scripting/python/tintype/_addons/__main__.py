# What `tintype addon` starts: python -m tintype._addons.
# SPDX-License-Identifier: GPL-3.0-or-later
if __name__ == "__main__":
    import sys

    from .command import main

    sys.exit(main())

# What `tintype run -m hot_folder` starts.
# SPDX-License-Identifier: GPL-3.0-or-later
if __name__ == "__main__":
    import sys

    from .command import main

    sys.exit(main())

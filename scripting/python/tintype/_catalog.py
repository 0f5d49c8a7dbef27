# What `tintype ops` starts: python -m tintype._catalog NAME [--json].
# SPDX-License-Identifier: GPL-3.0-or-later
import sys

from . import _namespaces, _tintype


def main(name, *options):
    """Prints the catalogue with what add-ons bring, or the operation of this name; the exit code."""
    _namespaces.load_addons()
    try:
        text = _tintype.describe_operations(name, "--json" in options)
    except _tintype.NotFoundError as error:
        print(f"tintype: {error}", file=sys.stderr)
        return 2
    sys.stdout.write(text)
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

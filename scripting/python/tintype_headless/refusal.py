# Says as a line of JSON what is wrong with the words of `tintype run` or `tintype console`; the program starts it with the reason.
# SPDX-License-Identifier: GPL-3.0-or-later
import sys

from tintype_headless import json_lines

WRONG_USAGE = 2

if __name__ == "__main__":
    json_lines.install()
    json_lines.tell("error", error="UsageError", message=sys.argv[1], traceback="")
    sys.exit(WRONG_USAGE)

# Recipes as the texts of their files, right and wrong ones.
# SPDX-License-Identifier: GPL-3.0-or-later
import json


def link(node):
    return {"node": node, "output": "out"}


def recipe_text(nodes, result=None, version=1):
    result = len(nodes) - 1 if result is None else result
    return json.dumps({"tintype": version, "nodes": nodes, "result": link(result)})


INPUT = {"operation": "input", "parameters": {"name": "image"}}
INVERT = {"operation": "invert", "parameters": {"in": link(0)}}

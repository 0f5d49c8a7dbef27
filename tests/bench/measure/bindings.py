# Every binding that is quick enough to ask whether it is right to keep the GIL, and how it is called.
# SPDX-License-Identifier: GPL-3.0-or-later

_BY_FILE = {
    "AddedOperationsBinding": {
        "operation_origin": "native.operation_origin('invert')",
    },
    "AddonsBinding": {
        "is_addon_code": "native.is_addon_code()",
        "is_current": "addon.is_current",
    },
    "ColourMapsBinding": {
        "colour_maps": "native.colour_maps()",
        "colours_of": "native.colours_of('viridis')",
    },
    "DocumentBinding": {
        "current_image": "native.current_image()",
        "document_image": "native.document_image('calls')",
        "image_names": "native.image_names()",
        "project_is_modified": "native.project_is_modified()",
        "project_path": "native.project_path()",
        "scripts": "native.scripts()",
    },
    "EventsBinding": {
        "active": "handler.active",
        "add": "handlers.add(handler, 0)",
        "count": "handlers.count",
        "function": "handler.function",
        "name_of": "native.name_of(im)",
        "of": "handlers.of('calls.never')",
        "push": "handler.push(None, 'one')",
        "rest_events": "native.rest_events()",
    },
    "FormatsBinding": {
        "file_format_ids": "native.file_format_ids()",
        "loadable_suffixes": "native.loadable_suffixes()",
        "savable_suffixes": "native.savable_suffixes()",
    },
    "HistoryBinding": {
        "end_group": "native.end_group(0)",
        "history_titles": "native.history_titles()",
        "new_group": "native.new_group('calls')",
        "set_undo_group_id": "native.set_undo_group_id(0)",
        "undo_group_id": "native.undo_group_id()",
    },
    "ImageBinding": {
        "__repr__": "repr(output)",
        "_become": "im._become(im)",
        "_operation": "im._operation",
        "_plane": "im._plane(0)",
        "axes": "im.axes",
        "bands": "im.bands",
        "format": "im.format",
        "get": "im.get('width')",
        "_type_of": "im._type_of('width')",
        "get_fields": "im.get_fields()",
        "height": "im.height",
        "interpretation": "im.interpretation",
        "name": "output.name",
        "operation": "output.operation",
        "planes": "im.planes",
        "width": "im.width",
        "xres": "im.xres",
        "yres": "im.yres",
    },
    "ImagePixelsBinding": {
        "is_pixel_owner": "native.is_pixel_owner(im)",
    },
    "OperationFunction": {
        "choices": "native.choices('VipsBlendMode')",
        "document_operation": "native.document_operation('invert')",
        "image_operation": "native.image_operation('invert')",
        "operation_ids": "native.operation_ids()",
    },
    "PanelBinding": {
        "active": "panel.active",
        "clear": "panel.clear('size')",
        "owner": "panel.owner",
        "panel_ids": "native.panel_ids()",
        "set_enabled": "panel.set_enabled('size', True)",
        "set_value": "panel.set_value('size', 1)",
        "show_text": "panel.show_text('size', 'text')",
        "value": "panel.value('size')",
    },
    "PixelView": {
        "_raise_view_error": "im._raise_view_error()",
    },
    "RecipeBinding": {
        "_json": "long_recipe._json()",
        "image": "recipe.image",
        "inputs": "long_recipe.inputs",
        "recipe": "im.recipe",
        "to_script": "long_recipe.to_script()",
    },
    "RunningBinding": {
        "check_cancelled": "native.check_cancelled()",
        "engine_threads": "native.engine_threads()",
        "has_job": "native.has_job()",
        "set_engine_threads": "native.set_engine_threads(2)",
    },
    "StepBinding": {
        "steps": "long_recipe.steps",
    },
    "TimersBinding": {
        "__repr__": "repr(timer)",
        "active": "timer.active",
        "repeats": "timer.repeats",
        "seconds": "timer.seconds",
    },
    "TransferBinding": {
        "_of": "type(im)._of(output)",
        "_output": "im._output",
        "address": "packed_pixels.address",
        "cancel_thread": "native.cancel_thread(0)",
    },
    "WindowBinding": {
        "has_window": "native.has_window()",
    },
}
BINDINGS = {f"{file}.{name}": call for file, calls in _BY_FILE.items() for name, call in calls.items()}
# Called once in a process. Those of a script's own process before or after the script: no other thread wants the GIL then.
ONCE = {f"OwnProcessBinding.{name}" for name in ("request", "set_identity", "meet_stop", "stop_wanted")}
ONCE |= {"AddonsBinding.make_runtime_module"}

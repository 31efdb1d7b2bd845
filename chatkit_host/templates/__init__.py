"""Jinja as this project uses it: a sandbox for plain data, with caps.

`compile_text`, `compile_expression` and `compile_value` raise TemplateError; what they give has
`.names`, the variables it takes, and `.render(scope)`, which raises RenderError.
"""

from __future__ import annotations

from chatkit_host.templates.environment import BUILD_WIDGET, BUILT_IN
from chatkit_host.templates.errors import RenderError, TemplateError
from chatkit_host.templates.expressions import (
    Compiled,
    Expression,
    TextTemplate,
    compile_expression,
    compile_text,
)
from chatkit_host.templates.loops import Loop, compile_loop
from chatkit_host.templates.plain import to_json, to_plain
from chatkit_host.templates.uses import Use, WidgetCall
from chatkit_host.templates.values import ValueTemplate, compile_value

__all__ = [
    "BUILD_WIDGET",
    "BUILT_IN",
    "Compiled",
    "Expression",
    "Loop",
    "RenderError",
    "TemplateError",
    "TextTemplate",
    "Use",
    "ValueTemplate",
    "WidgetCall",
    "compile_expression",
    "compile_loop",
    "compile_text",
    "compile_value",
    "to_json",
    "to_plain",
]

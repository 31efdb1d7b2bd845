"""Jinja as this project uses it: a sandbox for plain data, with caps.

`compile_text`, `compile_expression` and `compile_value` raise TemplateError; what they give has
`.names`, the variables it takes, and `.render(scope)`, which raises RenderError.
"""

from __future__ import annotations

from chatkit_host.templates.environment import BUILT_IN
from chatkit_host.templates.errors import RenderError, TemplateError
from chatkit_host.templates.expressions import (
    Compiled,
    Expression,
    TextTemplate,
    compile_expression,
    compile_text,
)
from chatkit_host.templates.plain import to_json, to_plain
from chatkit_host.templates.uses import Use
from chatkit_host.templates.values import ValueTemplate, compile_value

__all__ = [
    "BUILT_IN",
    "Compiled",
    "Expression",
    "RenderError",
    "TemplateError",
    "TextTemplate",
    "Use",
    "ValueTemplate",
    "compile_expression",
    "compile_text",
    "compile_value",
    "to_json",
    "to_plain",
]

"""`shared`: defaults that can be rendered, and that fit their schemas."""

from __future__ import annotations

from chatkit_host.checks.app import Checking
from chatkit_host.checks.scope import Scope
from chatkit_host.checks.shapes import shape_of_value
from chatkit_host.config import Path, codes
from chatkit_host.config.shared import SharedValue
from chatkit_host.templates import RenderError, TemplateError, compile_value


def check_shared(checking: Checking) -> None:
    """Checks every default; it is the same for everybody, and so sees nothing but `data`."""
    scope = Scope({"data": shape_of_value(checking.config.data) or {}})
    for name, value in checking.config.shared.items():
        path: Path = ("shared", name, "default")
        path = path if path in checking.loaded.places.values else path[:-1]
        checking.value(value.default, path, scope)
        if not checking.found.has_under(path):
            _check_default(checking, value, path)


def _check_default(checking: Checking, value: SharedValue, path: Path) -> None:
    try:
        default = compile_value(value.default).render({"data": checking.config.data})
    except (RenderError, TemplateError) as error:
        message = f"this default cannot be rendered: {error.message}"
        checking.found.add(codes.TEMPLATE, path, message)
        return
    if value.schema_ is None:
        return
    from jsonschema import Draft202012Validator  # slow to import, and seldom needed
    from jsonschema.exceptions import best_match

    problem = best_match(Draft202012Validator(value.schema_).iter_errors(default))
    if problem is not None:
        where = (*path, *problem.absolute_path)
        checking.found.add(codes.BAD_VALUE, where, problem.message)

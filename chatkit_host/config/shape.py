"""Which section of the language a place in the data belongs to."""

from __future__ import annotations

from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, Tag

from chatkit_host.config.kinds import TAG_MARK
from chatkit_host.config.section import Section


def section_at(root: type[Section], location: tuple[str | int, ...]) -> type[Section] | None:
    """The section that an error location of pydantic leads to, from `root` on."""
    shape: Any = root
    for part in location:
        shape = _step(shape, part)
    found = _bare(shape)
    return found if _is_section(found) else None


def keys_of(section: type[Section]) -> dict[str, str]:
    """The keys of a section as the file spells them, each with its field's name."""
    return {field.alias or name: name for name, field in section.model_fields.items()}


def _step(shape: Any, part: str | int) -> Any:
    shape = _bare(shape)
    if isinstance(part, str) and part.startswith(TAG_MARK):
        return _choice(shape, part)
    if _is_section(shape):
        name = keys_of(shape).get(str(part))
        return shape.model_fields[name].annotation if name else None
    if get_origin(shape) is dict:
        return get_args(shape)[1]
    return get_args(shape)[0] if get_origin(shape) is tuple else None


def _choice(shape: Any, mark: str) -> Any:
    """The member of a tagged union that bears a mark."""
    for member in get_args(shape):
        if any(isinstance(note, Tag) and note.tag == mark for note in _notes(member)):
            return member
    return shape


def _bare(shape: Any) -> Any:
    """The shape without its annotations, and without `| None`."""
    while get_origin(shape) is Annotated:
        shape = get_args(shape)[0]
    if get_origin(shape) in (Union, UnionType):
        members = [member for member in get_args(shape) if member is not type(None)]
        return _bare(members[0]) if len(members) == 1 else shape
    return shape


def _notes(shape: Any) -> tuple[Any, ...]:
    return get_args(shape)[1:] if get_origin(shape) is Annotated else ()


def _is_section(shape: Any) -> bool:
    return isinstance(shape, type) and issubclass(shape, BaseModel)

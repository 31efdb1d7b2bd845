"""What pydantic found, in plain words: each error with its path, its place and its cure."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from chatkit_host.config import codes
from chatkit_host.config.kinds import TAG_MARK
from chatkit_host.config.places import Path
from chatkit_host.config.problems import Collector, nearest
from chatkit_host.config.root import Config
from chatkit_host.config.section import Section
from chatkit_host.config.shape import keys_of, section_at

_OURS = {
    "chatkit_later": codes.NOT_YET,
    "chatkit_schema": codes.BAD_SCHEMA,
    "chatkit_schema_keyword": codes.BAD_SCHEMA,
    "chatkit_model_alias": codes.UNKNOWN_NAME,
    "chatkit_map_wanted": codes.WRONG_TYPE,
    "chatkit_data_map": codes.WRONG_TYPE,
    **dict.fromkeys(
        ("chatkit_kind_text", "chatkit_two_kinds", "chatkit_unknown_kind", "chatkit_no_kind"),
        codes.KIND,
    ),
}
_WANTED = {
    "string": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "dict": "a map",
    "model": "a map",
    "tuple": "a list",
    "list": "a list",
}


def translate(error: ValidationError, data: Any, found: Collector) -> list[Path]:
    """Notes every error of a validation of `data`; gives the paths that are wrong."""
    errors = error.errors()
    misspelt = {(each["loc"][:-1], _meant_key(each["loc"])) for each in errors if _is_extra(each)}
    notes = [
        _Translation(each, data, found)
        for each in errors
        if not (each["type"] == "missing" and (each["loc"][:-1], each["loc"][-1]) in misspelt)
    ]
    return [note.note() for note in notes]


def _is_extra(details: ErrorDetails) -> bool:
    return details["type"] == "extra_forbidden"


def _meant_key(location: tuple[str | int, ...]) -> str | None:
    section = section_at(Config, location[:-1]) or Section
    return nearest(str(location[-1]), keys_of(section))


class _Translation:
    """One error of pydantic's on its way to a problem."""

    def __init__(self, details: ErrorDetails, data: Any, found: Collector) -> None:
        self.type = details["type"]
        self.context: dict[str, Any] = details.get("ctx") or {}
        self.location = details["loc"]
        self.message = details["msg"]
        self.data = data
        self.found = found
        self.path = path_of(details["loc"], data)

    def note(self) -> Path:
        """Notes the problem, and gives the path it is at."""
        if self.type.startswith("chatkit_"):
            self._ours()
        else:
            self._by_type()()
        return self.path

    def _by_type(self) -> Callable[[], None]:
        match self.type:
            case "extra_forbidden":
                return self._unknown_key
            case "missing":
                return self._missing_key
            case "literal_error":
                return self._not_a_choice
        wanted = self.type.rsplit("_", 1)[0].removesuffix("_from")
        is_type = self.type.endswith(("_type", "_parsing", "_from_float"))
        return self._wrong_type if is_type and wanted in _WANTED else self._bad_value

    def _ours(self) -> None:
        inner = tuple(self.context.get("path") or ())
        self.path = (*self.path, *inner)
        code = _OURS.get(self.type, codes.BAD_VALUE)
        hint, cure = self.context.get("hint"), self.context.get("cure")
        is_key = bool(inner) and self.type not in ("chatkit_schema", "chatkit_model_alias")
        message = str(self.context["message"])
        self.found.add(code, self.path, message, key=is_key, hint=hint, cure=cure)

    def _unknown_key(self) -> None:
        key = str(self.location[-1])
        section = section_at(Config, self.location[:-1]) or Section
        if key in section.later:
            message = f"{key!r} is not supported yet in this version"
            self.found.add(codes.NOT_YET, self.path, message, key=True)
            return
        keys = list(keys_of(section))
        hint = nearest(key, keys)
        cure = None if hint else f"here may stand: {', '.join(keys)}"
        message = f"unknown key {key!r}"
        self.found.add(codes.UNKNOWN_KEY, self.path, message, key=True, hint=hint, cure=cure)

    def _missing_key(self) -> None:
        key = self.location[-1]
        self.path = self.path[:-1] if self.path[-1:] == (key,) else self.path
        message = f"{key!r} is missing"
        section = section_at(Config, self.location[:-1])
        field = section.model_fields[keys_of(section)[str(key)]] if section else None
        cure = field.description if field else None
        self.found.add(
            codes.MISSING_KEY, self.path, message, key=True, cure=cure and f"{key}: {cure}"
        )

    def _not_a_choice(self) -> None:
        choices = re.findall(r"'([^']*)'|(\d+)", str(self.context.get("expected", "")))
        names = [text or number for text, number in choices]
        given = self._given()
        hint = nearest(given, names) if isinstance(given, str) else None
        message = f"{given!r} is not among the choices: {', '.join(names)}"
        self.found.add(codes.NOT_A_CHOICE, self.path, message, hint=hint)

    def _wrong_type(self) -> None:
        wanted = _WANTED[self.type.rsplit("_", 1)[0].removesuffix("_from")]
        given = self._given()
        cure = _cure_for(wanted, given)
        message = f"{wanted} is wanted here, not {described(given)}"
        self.found.add(codes.WRONG_TYPE, self.path, message, cure=cure)

    def _bad_value(self) -> None:
        if self.type == "too_short" and self._given():
            return  # it is only short of its wrong parts, which have problems of their own
        self.found.add(codes.BAD_VALUE, self.path, self._plain())

    def _plain(self) -> str:
        context = self.context
        match self.type:
            case "too_short" | "string_too_short":
                return "this must not be empty"
            case "greater_than_equal":
                return f"this must be at least {context['ge']}"
            case "less_than_equal":
                return f"this must be at most {context['le']}"
            case "greater_than":
                return f"this must be more than {context['gt']}"
            case "string_pattern_mismatch":
                return f"{self._given()!r} is badly written{self._meant()}"
        return self.message[:1].lower() + self.message[1:]

    def _meant(self) -> str:
        section = section_at(Config, self.location[:-1])
        name = keys_of(section).get(str(self.location[-1])) if section else None
        described_as = section.model_fields[name].description if section and name else None
        return f"; what is wanted: {described_as}" if described_as else ""

    def _given(self) -> Any:
        return value_at(self.path, self.data)


def path_of(location: tuple[str | int, ...], data: Any) -> Path:
    """The path in the file of a location of pydantic's, which also names the choices it made."""
    path: list[str | int] = []
    here = data
    for part in location:
        is_choice = isinstance(part, str) and part.startswith(TAG_MARK)
        if is_choice and not (isinstance(here, dict) and part in here):
            continue
        if not isinstance(here, (dict, list)):
            break  # a short form: the rest of the way exists only in the long one
        if isinstance(here, dict) and isinstance(part, int):
            part = list(here)[part]  # a map that stands for a list
        path.append(part)
        here = value_at((part,), here)
    return tuple(path)


def value_at(path: Path, data: Any) -> Any:
    """The value at a path of the data, or None."""
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def described(value: Any) -> str:
    """What a value is, in a word or two."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true" if value else "false"
        case dict():
            return "a map"
        case list():
            return "a list"
    return repr(value)


def _cure_for(wanted: str, given: Any) -> str | None:
    if wanted == "text" and isinstance(given, (int, float)):
        return "quote it"
    if wanted == "a list" and isinstance(given, str):
        return f"write [{given}]"
    return None

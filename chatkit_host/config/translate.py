"""What pydantic found, in plain words: each error with its path, its place and its cure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from difflib import SequenceMatcher
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from chatkit_host.config import codes
from chatkit_host.config.faults import Fault, meant_key, note_unknown_key
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


_TYPE_NAME = re.compile(r"(str|int|float|bool)|(list|tuple|dict)\[.*")
"""How pydantic calls one of several types that a value could be of."""

_OF_MAPS = ("missing", "chatkit_no_kind", "chatkit_unknown_kind")
"""Errors that a key may be to blame for which is misspelt in the same map."""


def translate(
    error: ValidationError,
    data: Any,
    found: Collector,
    doubtful: Collection[Path] = (),
) -> list[Fault]:
    """Notes every error of a validation of `data`; gives what is wrong, for the data to be mended.

    Args:
        error: what pydantic says.
        data: what was validated.
        found: where problems go.
        doubtful: maps in which what is missing may be there, misspelt beyond guessing.
    """
    notes = [_Translation(each, data, found) for each in error.errors()]
    notes = _one_for_each_value([note for note in notes if not note.is_echo])
    denied = {guess for guess in found.guesses if any(note.denies(guess) for note in notes)}
    notes = [note for note in notes if not any(note.is_under(guess) for guess in denied)]
    misspelt = _misspelt(notes)
    faults = [Fault(guess) for guess in denied]
    for note in notes:
        first = misspelt.get(note.map_path, note)
        if note is first or not note.is_of_map:
            is_silent = note.map_path in doubtful and note.type in _OF_MAPS
            faults.append(note.fault if is_silent else note.note())
    return faults


def _one_for_each_value(notes: list[_Translation]) -> list[_Translation]:
    """The notes without those that say again of a value that it fits none of several types."""
    first: dict[Path, _Translation] = {}
    kept = []
    for note in notes:
        if note.wanted and any(
            other.is_under(note.path) for other in notes if other.path != note.path
        ):
            continue  # it is of one of the types, but for what is in it
        if note.wanted is None or note.path not in first:
            kept.append(note)
        elif note.wanted not in first[note.path].wants:
            first[note.path].wants.append(note.wanted)
        if note.wanted is not None:
            first.setdefault(note.path, note)
    return kept


def _misspelt(notes: list[_Translation]) -> dict[Path, _Translation]:
    """For each map with misspelt keys the one that is nearest to what is meant.

    What else is odd in that map is better told when this one is read as it is meant.
    """
    first: dict[Path, _Translation] = {}
    for note in sorted(notes, key=lambda note: note.likeness):
        if note.meant is not None:
            first[note.map_path] = note
    return first


class _Translation:
    """One error of pydantic's on its way to a problem."""

    def __init__(self, details: ErrorDetails, data: Any, found: Collector) -> None:
        self.type = details["type"]
        self.context: dict[str, Any] = details.get("ctx") or {}
        self.location = details["loc"]
        self.message = details["msg"]
        self.data = data
        self.found = found
        self.inner = tuple(self.context.get("path") or ())
        self.path = (*path_of(details["loc"], data), *self.inner)
        self.section = section_at(Config, self.location[:-1]) or Section
        self.meant = self._meant_key()
        self.wants = [self.wanted, *self._short_form()] if self.wanted else []

    @property
    def wanted(self) -> str | None:
        """The type that a value should be of, if that is what is wrong."""
        kind = self.type.rsplit("_", 1)[0].removesuffix("_from")
        is_type = self.type.endswith(("_type", "_parsing", "_from_float"))
        return _WANTED.get(kind) if is_type else None

    def _short_form(self) -> list[str]:
        """Text too, where a section has a short form."""
        section = section_at(Config, self.location) if self.type == "model_type" else None
        return ["text"] if section is not None and section.short else []

    @property
    def is_echo(self) -> bool:
        """Whether it is only short of its wrong parts, which have errors of their own."""
        return self.type == "too_short" and bool(self._given())

    @property
    def is_of_map(self) -> bool:
        """Whether it is about the keys of a map, and not about what stands under one."""
        return self.meant is not None or self.type in ("extra_forbidden", *_OF_MAPS)

    @property
    def map_path(self) -> Path:
        """The map that the keys are of."""
        return self.path if self.type == "chatkit_no_kind" else self.path[:-1]

    @property
    def likeness(self) -> float:
        """How much a misspelt key is like the one that is meant."""
        return SequenceMatcher(a=self.path[-1], b=self.meant).ratio() if self.meant else 0.0

    @property
    def fault(self) -> Fault:
        """What it means for reading the rest."""
        is_wrong = self.meant is None and self.type != "extra_forbidden"
        is_type = self.type == "chatkit_schema" and isinstance(self._given(), str)
        instead = self.context.get("hint") if is_type else None
        return Fault(self.path, self.meant, is_wrong, instead)

    def denies(self, guess: Path) -> bool:
        """Whether what stands under a guessed key is of another kind than that key wants."""
        is_value = not self.is_of_map
        is_element = self.path[:-1] == guess and isinstance(self.path[-1], int)
        return is_value and (self.path == guess or is_element)

    def is_under(self, path: Path) -> bool:
        """Whether it is about a path or what is in it."""
        return self.path[: len(path)] == path

    def _meant_key(self) -> str | None:
        if self.type == "extra_forbidden":
            present = value_at(self.path[:-1], self.data)
            return meant_key(str(self.location[-1]), self.section, present or ())
        is_key = self.type in ("chatkit_unknown_kind", "chatkit_schema_keyword")
        return self.context.get("hint") if is_key else None

    def note(self) -> Fault:
        """Notes the problem, and gives what it means for reading the rest."""
        if self.type.startswith("chatkit_"):
            self._ours()
        else:
            self._by_type()()
        return self.fault

    def _by_type(self) -> Callable[[], None]:
        match self.type:
            case "extra_forbidden":
                return self._unknown_key
            case "missing":
                return self._missing_key
            case "literal_error":
                return self._not_a_choice
        return self._wrong_type if self.wants else self._bad_value

    def _ours(self) -> None:
        code = _OURS.get(self.type, codes.BAD_VALUE)
        hint, cure = self.context.get("hint"), self.context.get("cure")
        is_key = bool(self.inner) and self.type not in ("chatkit_schema", "chatkit_model_alias")
        message = str(self.context["message"])
        self.found.add(code, self.path, message, key=is_key, hint=hint, cure=cure)

    def _unknown_key(self) -> None:
        present = value_at(self.path[:-1], self.data)
        note_unknown_key(self.path, self.section, present or (), self.found)

    def _missing_key(self) -> None:
        key = self.location[-1]
        path = self.path[:-1] if self.path[-1:] == (key,) else self.path
        message = f"{key!r} is missing"
        section = section_at(Config, self.location[:-1])
        field = section.model_fields[keys_of(section)[str(key)]] if section else None
        cure = field.description if field else None
        self.found.add(codes.MISSING_KEY, path, message, key=True, cure=cure and f"{key}: {cure}")

    def _not_a_choice(self) -> None:
        choices = re.findall(r"'([^']*)'|(\d+)", str(self.context.get("expected", "")))
        names = [text or number for text, number in choices]
        given = self._given()
        hint = nearest(given, names) if isinstance(given, str) else None
        cure = "write it without quotes" if hint is not None and hint == given else None
        message = f"{described(given)} is not among the choices: {', '.join(names)}"
        hinted = None if cure else hint
        self.found.add(codes.NOT_A_CHOICE, self.path, message, hint=hinted, cure=cure)

    def _wrong_type(self) -> None:
        given = self._given()
        cure = _cure_for(self.wants, given)
        message = f"{' or '.join(self.wants)} is wanted here, not {described(given)}"
        self.found.add(codes.WRONG_TYPE, self.path, message, cure=cure)

    def _bad_value(self) -> None:
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
        *way, key = self.location
        if isinstance(key, int) and way:
            *way, key = way  # an element is described by what is said of its list
        section = section_at(Config, tuple(way))
        name = keys_of(section).get(str(key)) if section else None
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
        is_choice = is_choice or bool(_TYPE_NAME.fullmatch(str(part)))
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


def _cure_for(wants: list[str], given: Any) -> str | None:
    match given:
        case str() if "a list" in wants and given.startswith("-"):
            return "put a space behind each -"
        case str() if "a list" in wants:
            return f"write [{given}]"
        case dict() if "a list" in wants:
            return "begin each element with -, or put it into […]"
        case list() if wants == ["a map"]:
            return "give each a name, as a key, in place of its -"
        case dict() if wants == ["text"] and isinstance(given.get("name"), str):
            return f"write its name alone: {given['name']}"
        case int() | float() if "text" in wants:
            return "quote it"
        case None if "a map" in wants:
            return "write {} if there is nothing to say"
        case None if "text" in wants:
            return "quote it, if it begins with # or &"
    return None

"""The kind of a thing is the one key that says it; this finds that key, and says what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

# Tags are marked, so that a place in the file can be told from a choice pydantic made.
TAG_MARK = "="


def tag(kind: str) -> str:
    """The name of a choice in pydantic's error locations."""
    return TAG_MARK + kind


def kind_of(keys: Iterable[str], short: str | None = None) -> Callable[[Any], str | None]:
    """A discriminator: the first of `keys` that a map has; `short` is the kind of a bare string."""
    ordered = tuple(keys)

    def find(given: Any) -> str | None:
        if isinstance(given, dict):
            return next((tag(key) for key in ordered if key in given), None)
        if isinstance(given, str) and short:
            return tag(short)
        return tag(str(given.kind)) if hasattr(given, "kind") else None

    return find


def exactly_one(
    noun: str,
    keys: Iterable[str],
    *,
    common: Iterable[str] = (),
    later: Iterable[str] = (),
    short: str | None = None,
) -> BeforeValidator:
    """Refuses a thing that has no kind, or two.

    `common` are keys that every kind may have, `later` are kinds that this version does not
    know yet, and `short` is what a bare string must be ("" for any).
    """
    return BeforeValidator(_KindCheck(noun, tuple(keys), frozenset(common), tuple(later), short))


class _KindCheck:
    """The check behind `exactly_one`; a class, so that its parts can be small."""

    def __init__(
        self,
        noun: str,
        keys: tuple[str, ...],
        common: frozenset[str],
        later: tuple[str, ...],
        short: str | None,
    ) -> None:
        self.noun = noun
        self.keys = keys
        self.common = common
        self.later = later
        self.short = short

    def __call__(self, given: Any) -> Any:
        if isinstance(given, str):
            self._check_text(given)
        elif isinstance(given, dict):
            self._check_map(given)
        elif not hasattr(given, "kind"):
            raise problem(
                "map_wanted", f"{self.noun}: a map is wanted here, with {self._choices()}"
            )
        return given

    def _check_text(self, text: str) -> None:
        if self.short is None or self.short not in ("", text):
            message = f"{self.noun}: {text!r} cannot stand alone here"
            if text in self.keys:
                raise problem("kind_text", message, cure=f"write {text}: and what it is to be")
            hint = _nearest(text, [*self.keys, self.short or ""])
            raise problem("kind_text", message, hint=hint)

    def _check_map(self, given: dict[str, Any]) -> None:
        found = [key for key in self.keys if key in given]
        if len(found) > 1:
            names = " and ".join(repr(key) for key in found)
            cure = "leave one of them: it can only be one"
            raise problem("two_kinds", f"{names} together", cure=cure, path=(found[1],))
        if not found:
            self._say_missing(given)

    def _say_missing(self, given: dict[str, Any]) -> None:
        for key in given:
            if key in self.later:
                raise problem("later", f"{key!r} is not supported yet in this version", path=(key,))
        odd = [key for key in given if key not in self.common and not key.startswith("x-")]
        # A key that is nearly a kind says more than one that is nearly something else.
        for names in (self.keys, self.common):
            for key in odd:
                if hint := _nearest(key, names):
                    self._say_unknown(key, hint)
        for key in odd:
            self._say_unknown(key, None)
        raise problem("no_kind", f"this {self.noun} does not say what it is", cure=self._cure())

    def _say_unknown(self, key: str, hint: str | None) -> None:
        text = f"{key!r} is not a kind of {self.noun}"
        text = f"unknown key {key!r}" if hint in self.common else text
        cure = None if hint else self._cure()
        raise problem("unknown_kind", text, hint=hint, cure=cure, path=(key,))

    def _cure(self) -> str:
        return f"give it {self._choices()}"

    def _choices(self) -> str:
        return "one of " + ", ".join(self.keys)


def problem(
    kind: str,
    message: str,
    *,
    cure: str | None = None,
    hint: str | None = None,
    path: tuple[str | int, ...] = (),
) -> PydanticCustomError:
    """An error of ours: `path` leads on to the fault, `hint` is the nearest right name."""
    details = {"message": message, "cure": cure, "hint": hint, "path": path}
    return PydanticCustomError("chatkit_" + kind, "{message}", details)


def _nearest(name: str, names: Iterable[str]) -> str | None:
    return next(iter(get_close_matches(name, list(names), n=1)), None)

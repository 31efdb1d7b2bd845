"""What a test has the model server answer: one reply a request, made of parts."""

from __future__ import annotations

import itertools
import json
import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

_call_numbers = itertools.count(1)


@dataclass
class Say:
    """Assistant text, one delta for each of `deltas`; `citations` are the API's annotations."""

    text: str
    deltas: Sequence[str]
    citations: Sequence[dict[str, Any]] = ()


@dataclass
class Refuse:
    """A refusal, in two deltas."""

    text: str


@dataclass
class Think:
    """A reasoning item of one or several parts; `field` is what a Chat Completions server calls it
    in its deltas, and `raw` has a Responses server send the reasoning itself, not a summary."""

    text: str
    field: str = "reasoning_content"
    more: Sequence[str] = ()
    raw: bool = False

    @property
    def parts(self) -> list[str]:
        return [self.text, *self.more]


@dataclass
class Hosted:
    """A call that the server carries out itself; the Responses API alone has them.

    `events` are the names and fields of what is sent between the item's two appearances.
    """

    added: dict[str, Any]
    events: Sequence[tuple[str, dict[str, Any]]]
    done: dict[str, Any]


@dataclass
class Call:
    """A function call."""

    name: str
    arguments: str
    call_id: str


@dataclass
class Fail:
    """An answer with an error status instead of a stream."""

    status: int
    message: str = "The server said no."
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Die:
    """The connection breaks here, in the middle of the stream."""


@dataclass
class Break:
    """The server says in the middle of the stream that it has failed; with a code of the API's."""

    code: str
    message: str = "The server broke."


@dataclass
class Hang:
    """The stream stops here until it is released or the client leaves."""

    reached: threading.Event = field(default_factory=threading.Event)
    disconnected: threading.Event = field(default_factory=threading.Event)
    _released: threading.Event = field(default_factory=threading.Event)

    def release(self) -> None:
        self._released.set()

    def wait_released(self) -> None:
        self._released.wait(30)


class Stall(Hang):
    """Nothing is answered at all until it is released; it stands first in a reply."""


Part = Say | Refuse | Think | Call | Break | Hosted | Fail | Die | Hang
Reply = Sequence[Part] | Callable[[dict[str, Any]], Sequence[Part]]


def say(
    text: str,
    *,
    deltas: Sequence[str] | None = None,
    citations: Sequence[dict[str, Any]] = (),
) -> Say:
    """Text, by default in deltas of one word."""
    return Say(text, deltas if deltas is not None else re.findall(r"\S+\s*", text), citations)


def call(name: str, arguments: object = None, *, call_id: str | None = None) -> Call:
    """A call; `arguments` are dumped as JSON unless they are text already."""
    text = arguments if isinstance(arguments, str) else json.dumps(arguments or {})
    return Call(name, text, call_id or f"call_{next(_call_numbers)}")


def refuse(text: str) -> Refuse:
    return Refuse(text)


def think(text: str, *more: str, field: str = "reasoning_content", raw: bool = False) -> Think:
    return Think(text, field, more, raw)


def fail(status: int, message: str = "The server said no.", **headers: str) -> Fail:
    return Fail(status, message, {k.replace("_", "-"): v for k, v in headers.items()})


def die() -> Die:
    return Die()


def hang() -> Hang:
    return Hang()


def break_off(code: str, message: str = "The server broke.") -> Break:
    return Break(code, message)


def stall() -> Stall:
    return Stall()

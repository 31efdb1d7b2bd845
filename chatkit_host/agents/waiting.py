"""A turn that stops for somebody's answer: the page's, or the user's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from chatkit_host.agents.tool_error import ToolError

PAGE_ASKED = "The page was asked to run {name}; the turn ends until it answers."
ANSWER_WAITS = "The agent that went on waits for an answer; the turn ends until it is there."
QUESTIONS_PUT = "The questions are on the user's screen; the answers come with the next turn."

_call_id: ContextVar[str | None] = ContextVar("call_id", default=None)
_aloud: ContextVar[bool] = ContextVar("aloud", default=False)
_apart: ContextVar[bool] = ContextVar("apart", default=False)


class TurnEnded(Exception):  # noqa: N818
    """Ends every list and tool on the way up; `told` is what the model reads as the result."""

    def __init__(self, told: str) -> None:
        super().__init__(told)
        self.told = told


@contextmanager
def within_call(call_id: str | None, *, aloud: bool = False) -> Iterator[None]:
    """What is done in here is done by this call of the model's.

    Args:
        call_id: the call.
        aloud: whether an agent that is called is to answer in the thread, in the model's place.
    """
    tokens = _call_id.set(call_id), _aloud.set(aloud)
    try:
        yield
    finally:
        _call_id.reset(tokens[0])
        _aloud.reset(tokens[1])


@contextmanager
def apart_from_thread() -> Iterator[None]:
    """What is done in here is done by an agent that has no thread to come back to."""
    token = _apart.set(True)
    try:
        yield
    finally:
        _apart.reset(token)


def current_call() -> str | None:
    """The model's call that is being carried out, if one is."""
    return _call_id.get()


def is_aloud() -> bool:
    """Whether the agent that is called now is to answer in the thread."""
    return _aloud.get() and not _apart.get()


def require_thread(what: str) -> None:
    """Raises ToolError where nobody could go on with the answer."""
    if _apart.get():
        raise ToolError(f"{what} cannot be done by an agent that is asked as a tool: none waits.")

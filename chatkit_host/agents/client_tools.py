"""A call that the page is to carry out."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, PrivateAttr


class ClientToolCall(BaseModel):
    """What a tool asks the page to do: set it as `AgentContext.client_tool_call`."""

    name: str
    arguments: dict[str, Any]

    # The model's call that this one answers, where it is known; else the run finds it out.
    _call_id: str | None = PrivateAttr(default=None)

    # Whether the model's call had a name and arguments of its own, which it should read again.
    _within: bool = PrivateAttr(default=False)

    def answering(self, call_id: str | None, *, within: bool = False) -> ClientToolCall:
        """The same, bound to the model's call of that id.

        With `within` it was asked for by the tool that the model called, and is not that call
        itself: the model goes on to see its own call, and the page's output as its result.
        """
        self._call_id = call_id
        self._within = within
        return self

    @property
    def within(self) -> bool:
        """Whether the model's call is kept beside this one."""
        return self._within

    @property
    def call_id(self) -> str | None:
        """The model's call that this one answers, where it is known."""
        return self._call_id

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

    def answering(self, call_id: str | None) -> ClientToolCall:
        """The same, bound to the model's call of that id."""
        self._call_id = call_id
        return self

    @property
    def call_id(self) -> str | None:
        """The model's call that this one answers, where it is known."""
        return self._call_id

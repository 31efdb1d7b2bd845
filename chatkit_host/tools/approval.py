"""`approval:` whether a person is asked before a call is carried out, and with what words."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from chatkit_host.config.approval import Approval
from chatkit_host.config.tools import ToolCommon
from chatkit_host.logger import logger
from chatkit_host.templates import RenderError, compile_expression, compile_text


class ApprovalRule:
    """The compiled `approval:` of one tool.

    Args:
        spec: what the file says.
        tool: the tool that it guards.
    """

    def __init__(self, spec: Approval, tool: ToolCommon) -> None:
        self.widget = spec.widget
        self.version = version_of(tool)
        self._condition = compile_expression(spec.if_)
        self._message = None if spec.message is None else compile_text(spec.message)

    def holds(self, scope: Mapping[str, Any]) -> bool:
        """Whether this call wants an approval. A condition that fails has not said that it does
        not."""
        try:
            return self._condition.holds(scope)
        except RenderError as error:
            logger.warning("The condition of an approval failed, so a person is asked: %s", error)
            return True

    def message(self, scope: Mapping[str, Any]) -> str | None:
        """What the question says."""
        try:
            return None if self._message is None else str(self._message.render(scope))
        except RenderError as error:
            logger.warning("The message of an approval is left out: %s", error)
            return None


def version_of(tool: ToolCommon) -> str:
    """Another text for a tool that does another thing, so that nothing else than what was
    approved is done."""
    said = tool.model_dump_json(by_alias=True, fallback=str)
    return hashlib.sha256(said.encode()).hexdigest()[:16]

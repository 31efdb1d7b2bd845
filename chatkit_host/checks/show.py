"""`show:` the templates of what people see of work that goes on."""

from __future__ import annotations

from chatkit_host.checks.app import Checking
from chatkit_host.checks.scope import Scope
from chatkit_host.config import HostedTool, Path, Show, Tool, ToolShow, codes

_OWN_LOOKS = ("web_search", "file_search", "image_generation")
"""Hosted tools whose tasks have a form of their own, with no place for an icon or a text."""


def check_show(
    checking: Checking, show: Show | None, path: Path, scope: Scope, over: Scope | None = None
) -> None:
    """Checks the texts of a `show:`; `over` is the scope once the work is done."""
    if show is None:
        return
    checking.text(show.title, (*path, "title"), scope)
    checking.text(show.content, (*path, "content"), over or scope)
    if isinstance(show, ToolShow):
        checking.text(show.done, (*path, "done"), over or scope)


def check_tool_show(checking: Checking, tool: Tool, path: Path, scope: Scope) -> None:
    """Checks what is shown of a tool: a hosted one has its `call`, the others their `result`."""
    path = (*path, "show")
    if not isinstance(tool, HostedTool):
        check_show(checking, tool.show, path, scope, scope.plus({"result": None}))
        return
    check_show(checking, tool.show, path, scope.plus({"call": None}))
    if tool.show is None or tool.hosted.kind not in _OWN_LOOKS:
        return
    for key in ("icon", "content"):
        if getattr(tool.show, key) is not None:
            message = f"a task of {tool.hosted.kind} has no {key!r}: its form is ChatKit's own"
            checking.found.add(codes.BAD_VALUE, (*path, key), message)

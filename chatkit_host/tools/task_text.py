"""`show:` the words and the icon of the task that people see of something that goes on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chatkit_host.config.show import Show, ToolShow
from chatkit_host.logger import logger
from chatkit_host.templates import RenderError, TextTemplate, compile_text
from chatkit_host.types import CustomTask


class TaskText:
    """The compiled texts of one `show:`.

    Args:
        show: what the file says.
        name: what the title is made of where the file has none.
    """

    def __init__(self, show: Show, name: str) -> None:
        self.icon = show.icon
        self._name = name
        self._title = _compiled(show.title)
        self._done = _compiled(show.done if isinstance(show, ToolShow) else None)
        self._content = _compiled(show.content)

    def title(self, scope: Mapping[str, Any], *, done: bool = False) -> str | None:
        """The title as the file has it; None where it has none."""
        template = self._done if done and self._done is not None else self._title
        return _rendered(template, scope)

    def content(self, scope: Mapping[str, Any]) -> str | None:
        """What stands beneath the title."""
        return _rendered(self._content, scope)

    def begun(self, scope: Mapping[str, Any]) -> CustomTask:
        """The task of something that begins."""
        return CustomTask(title=self.title(scope) or readable(self._name), icon=self.icon)

    def over(self, scope: Mapping[str, Any]) -> CustomTask:
        """The same task when that is over; `scope` has its result."""
        title = self.title(scope, done=True) or readable(self._name)
        return CustomTask(title=title, icon=self.icon, content=self.content(scope))


def readable(name: str) -> str:
    """A name of the file's as people read it: `look_up` becomes Look up."""
    words = name.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]


def _compiled(source: str | None) -> TextTemplate | None:
    return None if source is None else compile_text(source)


def _rendered(template: TextTemplate | None, scope: Mapping[str, Any]) -> str | None:
    """The text; a template that fails is no reason for the work itself to fail."""
    if template is None:
        return None
    try:
        return str(template.render(scope)).strip() or None
    except RenderError as error:
        logger.warning("The text of a task is left out: %s", error)
        return None

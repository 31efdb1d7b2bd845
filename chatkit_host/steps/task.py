"""`task`: shows a task in the turn's workflow; `end_workflow`: folds the workflow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chatkit_host.config import steps as config
from chatkit_host.steps.sources import source
from chatkit_host.steps.step import StepRun
from chatkit_host.templates import compile_text, compile_value
from chatkit_host.types import (
    CustomSummary,
    CustomTask,
    FileTask,
    ImageTask,
    SearchTask,
    Task,
    ThoughtTask,
)

_TASKS: Mapping[str, type[Task]] = {
    "custom": CustomTask,
    "web_search": SearchTask,
    "thought": ThoughtTask,
    "file": FileTask,
    "image": ImageTask,
}
_TEXTS = {"title": "title", "content": "content", "query": "title_query"}
_LISTS = ("queries", "sources")


class TaskStep:
    """Shows a task, or changes the one of its id."""

    def __init__(self, spec: config.TaskStep) -> None:
        self._spec = spec.task
        self._texts = {
            field: compile_text(getattr(self._spec, key))
            for key, field in _TEXTS.items()
            if getattr(self._spec, key) is not None
        }
        self._lists = {
            key: compile_value(getattr(self._spec, key))
            for key in _LISTS
            if getattr(self._spec, key) is not None
        }

    async def run(self, run: StepRun) -> None:
        scope = run.scope()
        fields: dict[str, Any] = {
            field: str(template.render(scope)) for field, template in self._texts.items()
        }
        for key, template in self._lists.items():
            values = template.render(scope) or ()
            fields[key] = [source(v) if key == "sources" else str(v) for v in values]
        if self._spec.icon is not None:
            fields["icon"] = self._spec.icon
        kind = _TASKS[self._spec.type]
        task = kind(**fields, status_indicator=self._spec.status)
        await run.turn.put_task(task, self._spec.id)


class EndWorkflowStep:
    """Ends the workflow that is open, if there is one."""

    def __init__(self, spec: config.EndWorkflowStep) -> None:
        self._spec = spec.end_workflow
        self._title = None if self._spec.title is None else compile_text(self._spec.title)

    async def run(self, run: StepRun) -> None:
        summary = None
        if self._title is not None:
            title = str(self._title.render(run.scope()))
            summary = CustomSummary(title=title, icon=self._spec.icon)
        await run.turn.end_workflow(summary, expanded=self._spec.expanded)

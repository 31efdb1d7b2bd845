"""What people see of a hosted call: a search of the web, code that runs, a file that is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel

from chatkit_host.agents.web_pages import host, page
from chatkit_host.tools.task_text import TaskText, readable
from chatkit_host.types import (
    CustomTask,
    FileSource,
    FileTask,
    ImageTask,
    SearchTask,
    Task,
)

KIND_OF_CALL = {
    "web_search_call": "web_search",
    "file_search_call": "file_search",
    "code_interpreter_call": "code_interpreter",
    "image_generation_call": "image_generation",
    "mcp_call": "mcp",
}
"""Which of the tools a call is of, by the type of its item."""

_OVER = frozenset({"completed", "failed", "incomplete"})

Call = Mapping[str, Any]


def hosted_task(item: Any, text: TaskText, scope: Mapping[str, Any]) -> Task:
    """The task for a call, as far as it has come.

    Args:
        item: the call as the model's server sends it.
        text: what `show:` says.
        scope: what the templates see besides `call`.
    """
    call = plain(item)
    task = _TASKS[call["type"]](call, _is_over(call))
    names = {**scope, "call": call}
    changes: dict[str, Any] = {}
    if title := text.title(names, done=_is_over(call)):
        changes["title"] = title
    if isinstance(task, CustomTask):
        changes |= {"icon": text.icon or task.icon}
        if _is_over(call) and (content := text.content(names)):
            changes["content"] = content
    return task.model_copy(update=changes)


def plain(item: Any) -> dict[str, Any]:
    """A call as a map; what the server has left out is none."""
    if isinstance(item, BaseModel):
        given = item.model_dump(mode="json", warnings=False)
    else:
        given = dict(item) if isinstance(item, Mapping) else dict(vars(item))
    return {**_ABSENT, **given}


_ABSENT: dict[str, Any] = dict.fromkeys(
    ("status", "action", "queries", "results", "code", "name", "arguments", "output", "error")
)


def _is_over(call: Call) -> bool:
    return call["status"] in _OVER


def _web_search(call: Call, over: bool) -> Task:
    action = call["action"] or {}
    url = action.get("url")
    if action.get("type") in ("open_page", "find_in_page") and url:
        title = f"Read {host(url)}" if over else f"Reading {host(url)}"
        return SearchTask(title=title, sources=[page(url)])
    queries = action.get("queries") or [action.get("query") or ""]
    queries = [query for query in queries if query]
    return SearchTask(
        title="Searched the web" if over else "Searching the web",
        title_query=next(iter(queries), None),
        queries=queries,
        sources=[page(found["url"]) for found in action.get("sources") or () if found.get("url")],
    )


def _file_search(call: Call, over: bool) -> Task:
    names = [found.get("filename") for found in call["results"] or ()]
    return FileTask(
        title="Searched the files" if over else "Searching the files",
        sources=[FileSource(filename=name, title=name) for name in dict.fromkeys(names) if name],
    )


def _code_interpreter(call: Call, over: bool) -> Task:
    code = (call["code"] or "").rstrip()
    return CustomTask(
        title="Ran code" if over else "Running code",
        icon="square-code",
        content=f"{_fence(code)}python\n{code}\n{_fence(code)}" if over and code else None,
    )


def _image_generation(_: Call, over: bool) -> Task:
    return ImageTask(title="Made a picture" if over else "Making a picture")


def _mcp(call: Call, _: bool) -> Task:
    return CustomTask(title=readable(call["name"] or "A tool"), icon="bolt")


def _fence(code: str) -> str:
    """A fence that nothing in the code can close."""
    fence = "```"
    while fence in code:
        fence += "`"
    return fence


_TASKS: Mapping[str, Callable[[Call, bool], Task]] = {
    "web_search_call": _web_search,
    "file_search_call": _file_search,
    "code_interpreter_call": _code_interpreter,
    "image_generation_call": _image_generation,
    "mcp_call": _mcp,
}

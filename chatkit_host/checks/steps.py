"""Lists of steps: each step's templates, against what is in scope when it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from chatkit_host.checks.app import Checking
from chatkit_host.checks.arguments import check_arguments
from chatkit_host.checks.props import misspelt
from chatkit_host.checks.scope import Scope
from chatkit_host.checks.senders import check_update
from chatkit_host.checks.shapes import Shape, shape_of_value
from chatkit_host.config import HostedTool, Path, codes, steps
from chatkit_host.config.problems import nearest
from chatkit_host.config.questions import tree_of
from chatkit_host.templates import TemplateError, compile_loop

PLACES = "state.…, shared.…, thread.title, thread.status and thread.metadata.… can be written"
THREAD_STATUSES = ("active", "locked", "closed")
THREAD_TARGETS = ("title", "status", "metadata")


def check_steps(checking: Checking, given: Iterable[steps.Step], path: Path, scope: Scope) -> Scope:
    """Checks a list of steps; gives the scope as it is at its end."""
    for i, step in enumerate(given):
        scope = _Check(checking, (*path, i), scope).step(step)
    return scope


class _Check:
    """The check of one step, one method a kind; each gives the scope of the step after it."""

    def __init__(self, checking: Checking, path: Path, scope: Scope) -> None:
        self.checking = checking
        self.path = path
        self.scope = scope

    def step(self, step: steps.Step) -> Scope:
        """Checks the step's condition, and then what it does."""
        if not isinstance(step, steps.ForStep):  # whose condition sees the loop's names
            self.checking.expression(step.if_, (*self.path, "if"), self.scope)
        return _KINDS[step.kind](self, step) or self.scope

    def text(self, source: str | None, *way: str) -> None:
        self.checking.text(source, self._path(way), self.scope)

    def value(self, tree: Any, *way: str) -> None:
        self.checking.value(tree, self._path(way), self.scope)

    def _path(self, way: tuple[str, ...]) -> Path:
        # In the short form (`message: Hi`) the long form's path is not in the file.
        path = (*self.path, *way)
        known = self.checking.loaded.places.values
        return path if path in known else path[:-1] if len(way) > 1 else path

    def message(self, step: steps.MessageStep) -> None:
        self.text(step.message.text, "message", "text")
        self.value(step.message.annotations, "message", "annotations")

    def widget(self, step: steps.WidgetStep) -> None:
        self.value(step.widget.data, "widget", "data")
        self.text(step.widget.copy_text, "widget", "copy_text")
        widget = self.checking.config.widgets.get(step.widget.name)
        if widget is not None:
            noun, path = f"the widget {step.widget.name!r}", self._path(("widget", "data"))
            check_arguments(self.checking, step.widget.data, widget.data, path, noun)

    def update_widget(self, step: steps.UpdateWidgetStep) -> None:
        self.value(step.update_widget, "update_widget")
        self.text(step.item, "item")
        if step.item is None and self.path[0] == "actions":
            path = (*self.path, "update_widget")
            check_update(self.checking, str(self.path[1]), step.update_widget, path)

    def hidden_context(self, step: steps.HiddenContextStep) -> None:
        self.text(step.hidden_context, "hidden_context")

    def client_effect(self, step: steps.ClientEffectStep) -> None:
        self.value(step.client_effect.data, "client_effect", "data")

    def client_tool(self, step: steps.ClientToolStep) -> None:
        self.value(step.client_tool.arguments, "client_tool", "arguments")
        tool = self.checking.config.tools.get(step.client_tool.name)
        if tool is not None and tool.kind == "client":
            given, path = step.client_tool.arguments, self._path(("client_tool", "arguments"))
            noun = f"the tool {step.client_tool.name!r}"
            check_arguments(self.checking, given, tool.parameters, path, noun)

    def structured_input(self, step: steps.StructuredInputStep) -> None:
        self.value(tree_of(step.structured_input), "structured_input")

    def progress(self, step: steps.ProgressStep) -> None:
        self.text(step.progress.text, "progress", "text")

    def task(self, step: steps.TaskStep) -> None:
        for key in ("title", "content", "query"):
            self.text(getattr(step.task, key), "task", key)
        for key in ("queries", "sources"):
            self.value(getattr(step.task, key), "task", key)

    def end_workflow(self, step: steps.EndWorkflowStep) -> None:
        self.text(step.end_workflow.title, "end_workflow", "title")

    def notice(self, step: steps.NoticeStep) -> None:
        self.text(step.notice.message, "notice", "message")
        self.text(step.notice.title, "notice", "title")

    def let(self, step: steps.LetStep) -> Scope:
        for name, value in step.let.items():
            self.value(value, "let", name)
            is_lone = isinstance(value, str) and value.strip().startswith("{{")
            known = self.scope.plus({name: None})
            self.scope = known.plus_parts([name]) if is_lone else known
        return self.scope

    def set(self, step: steps.SetStep) -> None:
        for target, value in step.set.items():
            self.target(target)
            if target == "thread.status":
                self.status(value)
            self.value(value, "set", target)

    def target(self, target: str) -> None:
        """Checks that a place may be written."""
        match target.split("."):
            case ["state", name, *rest] if name in self.checking.names.state:
                self.part(target, shape_of_value(self.checking.config.state.get(name)), rest)
            case ["state", name, *_]:
                message = f"the state has no {name!r}"
                hint = nearest(name, self.checking.names.state)
                self._refuse(target, message, "declare it in `state`", hint)
            case ["shared", name, *_] if name in self.checking.names.shared:
                return
            case ["shared", name, *_]:
                message = f"nothing that is shared is called {name!r}"
                hint = nearest(name, self.checking.names.shared)
                self._refuse(target, message, "declare it in `shared`", hint)
            case ["thread", "title" | "status"] | ["thread", "metadata", _, *_]:
                return
            case [name, _, *_] if name in self.scope.parts:
                return
            case [name] if name in self.scope.parts:
                cure = f"name a part of it ({name}.…), or write `let` to name something else"
                self._refuse(target, f"{target!r} is a name and not a place", cure)
            case _:
                is_bare = target in self.checking.names.state
                hint = f"state.{target}" if is_bare else nearest_target(target, self.scope.parts)
                self._refuse(target, f"{target!r} cannot be written", PLACES, hint)

    def part(self, target: str, shape: Shape, keys: list[str]) -> None:
        """Warns of a part of the state that is nearly one that there is: it would be a new one."""
        for key in keys:
            if shape is None:
                return
            if key not in shape and (hint := misspelt(key, shape)):
                cure = f"did you mean {hint!r}? If not, declare it in `state`"
                message, path = f"{target!r} is not there yet", (*self.path, "set", target)
                found = self.checking.found
                found.add(codes.TARGET, path, message, key=True, cure=cure, severity="warning")
            shape = shape.get(key)

    def status(self, value: Any) -> None:
        """Checks a status that is written out."""
        given = value.get("type") if isinstance(value, dict) else value
        if not isinstance(given, str) or "{{" in given or given in THREAD_STATUSES:
            return
        message = f"{given!r} is not a thread's status: {', '.join(THREAD_STATUSES)}"
        path = (*self.path, "set", "thread.status")
        hint = nearest(given, THREAD_STATUSES)
        self.checking.found.add(codes.NOT_A_CHOICE, path, message, hint=hint)

    def _refuse(self, target: str, message: str, cure: str, hint: str | None = None) -> None:
        path = (*self.path, "set", target)
        cured = None if hint else cure
        self.checking.found.add(codes.TARGET, path, message, key=True, hint=hint, cure=cured)

    def call(self, step: steps.CallStep) -> Scope:
        for name, value in step.with_.items():
            self.value(value, "with", name)
        check_call(self.checking, step.call, step.with_, (*self.path, "with"), (*self.path, "call"))
        return self.scope.plus({step.as_: None}) if step.as_ else self.scope

    def respond(self, step: steps.RespondStep) -> None:
        self.text(step.respond.input, "respond", "input")

    def return_(self, step: steps.ReturnStep) -> None:
        self.value(step.return_, "return")

    def error(self, step: steps.ErrorStep) -> None:
        self.text(step.error.message, "error", "message")

    def stop(self, step: steps.StopStep) -> None:
        """There is nothing in it."""

    def then(self, step: steps.IfStep) -> Scope:
        ended = check_steps(self.checking, step.then, (*self.path, "then"), self.scope)
        other = check_steps(self.checking, step.else_, (*self.path, "else"), self.scope)
        return ended.after(other)

    def do(self, step: steps.ForStep) -> Scope | None:
        try:
            loop = compile_loop(step.for_)
        except TemplateError as error:
            path = self._path(("for",))
            self.checking.found.add(codes.TEMPLATE, path, error.message, line=error.line)
            return None
        self.checking.expression(loop.items.source, self._path(("for",)), self.scope)
        inner = self.scope.plus({"loop": None}).plus_parts(loop.names)
        self.checking.expression(step.if_, (*self.path, "if"), inner)
        ended = check_steps(self.checking, step.do, (*self.path, "do"), inner)
        return self.scope.after(ended.without(loop.bound))


def nearest_target(target: str, parts: Iterable[str]) -> str | None:
    """The place that is meant by one that cannot be written, if it is but misspelt."""
    name, _, rest = target.partition(".")
    first = nearest(name, ("state", "shared", "thread", *parts)) or name
    if first == "thread":
        key, dot, inner = rest.partition(".")
        rest = f"{nearest(key, THREAD_TARGETS) or key}{dot}{inner}"
    meant = f"{first}.{rest}"
    return meant if rest and meant != target else None


def check_call(checking: Checking, tool: str, given: Any, path: Path, at: Path) -> None:
    """Checks the arguments that a step or a rule gives to a tool."""
    declared = checking.config.tools.get(tool)
    if isinstance(declared, HostedTool):
        message = f"nobody but a model can use {tool!r}: the model's server runs it"
        cure = "give it to an agent, among its `tools`"
        checking.found.add(codes.UNFIT, at, message, cure=cure)
        return
    if declared is None or (declared.kind == "agent" and not declared.parameters["properties"]):
        return
    where = path if path in checking.loaded.places.values else at
    check_arguments(checking, given, declared.parameters, where, f"the tool {tool!r}")


_KINDS: dict[str, Callable[[_Check, Any], Scope | None]] = {
    "message": _Check.message,
    "widget": _Check.widget,
    "update_widget": _Check.update_widget,
    "hidden_context": _Check.hidden_context,
    "client_effect": _Check.client_effect,
    "progress": _Check.progress,
    "let": _Check.let,
    "set": _Check.set,
    "call": _Check.call,
    "respond": _Check.respond,
    "return": _Check.return_,
    "error": _Check.error,
    "stop": _Check.stop,
    "then": _Check.then,
    "do": _Check.do,
    "task": _Check.task,
    "end_workflow": _Check.end_workflow,
    "notice": _Check.notice,
    "client_tool": _Check.client_tool,
    "structured_input": _Check.structured_input,
}

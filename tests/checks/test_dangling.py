"""Whatever names something, led astray: one problem, at its place, with the right name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, BeforeValidator

from chatkit_host.checks.widget_trees import actions_of
from chatkit_host.config import codes
from chatkit_host.config.models import TOOL_CHOICES
from chatkit_host.config.names import Refers
from chatkit_host.config.places import Path as DataPath
from chatkit_host.config.values import Icon, Mark
from chatkit_host.templates import (
    Use,
    compile_expression,
    compile_loop,
    compile_text,
    compile_value,
)
from tests.checks.breaking import (
    Broken,
    at,
    data_of,
    has,
    line_and_column,
    misspelt,
    told,
    written,
)
from tests.checks.everything import BOTS, Place, fields_of_the_language, mark_of, parts, places_in
from tests.checks.test_misspelt_keys import is_refused

KNOWN = ("data", "state", "shared", "request", "thread", "args", "payload", "feedback", "tag")
"""What is in scope and says what it has."""


def change(path: DataPath, value: Any) -> Callable[[Any], None]:
    """What puts a value at a path."""

    def put(data: Any) -> None:
        at(data, path[:-1])[path[-1]] = value

    return put


def rename(path: DataPath, name: str) -> Callable[[Any], None]:
    """What gives the key at a path another name, in its place."""

    def put(data: Any) -> None:
        holder = at(data, path[:-1])
        given = {name if key == path[-1] else key: value for key, value in holder.items()}
        holder.clear()
        holder.update(given)

    return put


def marked(kind: type[Refers] | type[Mark]) -> Iterator[tuple[Path, Place, Any]]:
    """The fields of all bots that are read in one way, with their values."""
    for bot in BOTS:
        for place in places_in(bot):
            if isinstance(place.mark, kind):
                path = written(place.path, data_of(bot))
                yield bot, Place(place.field, path, place.mark), at(data_of(bot), path)


def test_each_field_that_names_something_or_holds_a_template_is_in_a_bot() -> None:
    of_models = {
        field
        for field, (model, name) in fields_of_the_language().items()
        if mark_of(model, name) is not None and not is_refused(field)
    }
    of_bots = {place.field for kind in (Refers, Mark) for _, place, _ in marked(kind)}
    assert sorted(of_models - of_bots) == []
    of_cases = {case.id.partition(" @")[0] for case in [*NAMES, *VARIABLES]}
    assert sorted(of_models - of_cases) == []
    assert len(NAMES) + len(VARIABLES) + len(INNER) + len(KEYS) > 250


# What a field may hold besides names of things and templates. A new field of text fails here until
# it says in its annotation what it names, or stands here because it names nothing in the file.
PLAIN = """
    Accent.primary Agent.description AgentTool.description AgentTool.parameters Allow.connect
    Allow.font Allow.img ApiKey.data ApiKey.name ApiKey.user Attachments.accept CallStep.as_
    ClientAction.payload ClientEffect.name ClientTool.description ClientTool.parameters
    ClientToolCall.name CodeInterpreter.container CodeInterpreter.files Composer.placeholder
    ComposerModel.description ComposerModel.label ComposerTool.label
    ComposerTool.placeholder_override ComposerTool.short_label Config.data Config.include
    Config.name Config.plugins DenyGuardrail.deny Disclaimer.text FileSearch.filters
    FileSearch.stores FileWidget.data FileWidget.file FileWidget.sample
    FontSource.family FontSource.src
    FontSource.unicode_range FontSource.weight Handoff.description HostedTool.description
    HostedTool.parameters ImageGeneration.model ImageGeneration.size KeywordsGuardrail.keywords
    Location.city Location.country Location.region Location.timezone ModelSettings.extra_body
    ModelSettings.extra_headers ModelSettings.metadata Output.schema_ Prompt.label Prompt.prompt
    ProviderModel.base_url ProviderModel.model PythonTool.description PythonTool.parameters
    RemoteMcp.headers RemoteMcp.tools RemoteMcp.url RequestFact.header
    Respond.allowed_image_domains Retry.on ReturnEndpoint.description ReturnEndpoint.parameters
    ReturnTool.description ReturnTool.parameters Rule.match Server.allowed_hosts
    Server.allowed_origins Server.host Server.path Server.public_url
    SharedValue.schema_ ShownTask.id StartScreen.greeting StaticFolder.folder StepsAction.payload
    StepsEndpoint.description StepsEndpoint.parameters StepsTool.description StepsTool.parameters
    Surface.background Surface.foreground Title.text Transcription.base_url Transcription.language
    Transcription.prompt TreeWidget.data TreeWidget.sample
    Typography.font_family Typography.font_family_mono
    Ui.frame_title Ui.locale UploadStore.options UploadStore.url WebSearch.domains
"""

ICON = next(part for part in parts(Icon) if isinstance(part, BeforeValidator))


def holds_text(model: type[BaseModel], name: str) -> bool:
    """Whether a field itself can hold any text, and does not hold sections by their names."""
    field = model.model_fields[name]
    inner = list(parts((field.annotation, *field.metadata)))
    sections = any(isinstance(part, type) and issubclass(part, BaseModel) for part in inner)
    return str in inner and not sections and ICON not in inner


def test_a_field_of_text_says_what_it_names_or_is_known_to_name_nothing() -> None:
    texts = {
        f"{model.__name__}.{name}"
        for model, name in fields_of_the_language().values()
        if mark_of(model, name) is None and holds_text(model, name)
    }
    assert sorted(texts - {*PLAIN.split()}) == []
    assert sorted({*PLAIN.split()} - texts) == []


# Names of things.


def names() -> Iterator[Any]:
    """Every name that stands in a field for names."""
    for bot, place, value in marked(Refers):
        given = (
            [((), value)] if isinstance(value, str) else [((i,), v) for i, v in enumerate(value)]
        )
        for inner, name in given:
            if isinstance(name, str) and "/" not in name and name not in TOOL_CHOICES:
                path = (*place.path, *inner)
                yield pytest.param(bot, path, name, id=f"{place.field} @{_shown(path)}")


def _shown(path: DataPath) -> str:
    return ".".join(map(str, path))


NAMES = list(names())


@pytest.mark.parametrize(("bot", "path", "name"), NAMES)
def test_a_name_that_leads_nowhere(bot: Path, path: DataPath, name: str, tmp_path: Path) -> None:
    broken = Broken(bot, change(path, misspelt(name)))
    where = line_and_column(broken.places().value(path))
    hint = name.partition(":")[0]
    hints = {hint, hint.partition(".")[0]}
    [(code, *place, hinted)] = told(broken.problems(tmp_path))
    assert (code, tuple(place)) == (codes.UNKNOWN_NAME, where)
    assert hinted in hints


# Variables of templates.


def templates() -> Iterator[tuple[Path, str, DataPath, str, tuple[Use, ...]]]:
    """Every text that holds a template: its bot, field and path, and what it reads."""
    for bot, place, value in marked(Mark):
        for path, source, uses in _read(place.mark, value, place.path):
            if has(data_of(bot), path):
                yield bot, f"{place.field} @{_shown(path)}", path, source, uses


def _read(mark: Any, value: Any, path: DataPath) -> Iterator[tuple[DataPath, str, tuple[Use, ...]]]:
    if mark is Mark.VALUE or not isinstance(value, str):
        for inner, part, _ in compile_value(value).parts():
            yield (*path, *inner), part.source, tuple(part.uses)
    elif mark is Mark.TEXT:
        yield path, value, tuple(compile_text(value).uses)
    elif mark is Mark.LOOP:
        yield path, value, tuple(compile_loop(value).items.uses)
    elif value not in ("always", "never"):
        yield path, value, tuple(compile_expression(value).uses)


def variables(depth: int) -> Iterator[Any]:
    """The first names, or the second ones, of all that templates read."""
    for bot, field, path, _, uses in templates():
        for use in uses[:1]:
            if len(use.path) > depth and (depth == 0 or use.path[0] in KNOWN):
                name = use.path[depth]
                yield pytest.param(bot, path, name, id=f"{field} {name}")


VARIABLES = list(variables(0))
INNER = list(variables(1))


@pytest.mark.parametrize(("bot", "path", "name"), [*VARIABLES, *INNER])
def test_a_variable_that_is_not_there(bot: Path, path: DataPath, name: str, tmp_path: Path) -> None:
    text = re.sub(rf"\b{name}\b", misspelt(name), at(data_of(bot), path))
    broken = Broken(bot, change(path, text))
    where = line_and_column(broken.places().value(path))
    assert told(broken.problems(tmp_path)) == [(codes.UNKNOWN_VARIABLE, *where, name)]


# Keys that name something: what is written, and what is given.


EXPECTED = {
    "CallStep.with_": codes.ARGUMENTS,
    ": Rule.with_": codes.ARGUMENTS,
    ": Move.with_": codes.ARGUMENTS,
    "WidgetStep.widget: ShownWidget.data": codes.ARGUMENTS,
    "Config.entities: Entity.preview: Preview.data": codes.ARGUMENTS,
    "ClientToolStep.client_tool: ClientToolCall.arguments": codes.ARGUMENTS,
}


def named_keys() -> Iterator[Any]:
    """The keys of maps that name what another part of the file declares."""
    for bot, place, value in marked(Mark):
        code = next((EXPECTED[end] for end in EXPECTED if place.field.endswith(end)), None)
        if code is not None and isinstance(value, dict):
            for key in value:
                path = (*place.path, key)
                yield pytest.param(bot, path, code, id=f"{place.field} @{_shown(path)}")


KEYS = list(named_keys())


@pytest.mark.parametrize(("bot", "path", "code"), KEYS)
def test_a_key_that_names_nothing(bot: Path, path: DataPath, code: str, tmp_path: Path) -> None:
    key = str(path[-1])
    wrong = misspelt(key)
    broken = Broken(bot, rename(path, wrong))
    where = line_and_column(broken.places().key((*path[:-1], wrong)))
    assert told(broken.problems(tmp_path)) == [(code, *where, key)]


def targets() -> Iterator[Any]:
    """The first two parts of every place that `set` writes, misspelt; and what is hinted at."""
    for bot, place, value in marked(Mark):
        for target in value if place.field == "SetStep.set" else ():
            first, second, *rest = str(target).split(".")
            path = (*place.path, target)
            wrong = ".".join((misspelt(first), second, *rest))
            yield pytest.param(bot, path, wrong, target, id=f"{_shown(path)} {wrong}")
            if first not in ("state", "shared", "thread"):
                continue  # what is in a part of the state may be new
            wrong = ".".join((first, misspelt(second), *rest))
            hint = target if first == "thread" else second
            yield pytest.param(bot, path, wrong, hint, id=f"{_shown(path)} {wrong}")


@pytest.mark.parametrize(("bot", "path", "wrong", "hint"), list(targets()))
def test_a_place_that_cannot_be_written(
    bot: Path, path: DataPath, wrong: str, hint: str, tmp_path: Path
) -> None:
    broken = Broken(bot, rename(path, wrong))
    where = line_and_column(broken.places().key((*path[:-1], wrong)))
    assert told(broken.problems(tmp_path)) == [(codes.TARGET, *where, hint)]


def sent() -> Iterator[Any]:
    """The actions that the widgets of the bots send."""
    for bot, place, value in marked(Mark):
        if place.field.endswith("TreeWidget.template"):
            for path, action in actions_of(value, place.path):
                yield pytest.param(bot, path, action, id=_shown(path))


@pytest.mark.parametrize(("bot", "path", "action"), list(sent()))
def test_an_action_that_nobody_handles(
    bot: Path, path: DataPath, action: dict[str, Any], tmp_path: Path
) -> None:
    broken = Broken(bot, change((*path, "type"), misspelt(action["type"])))
    where = line_and_column(broken.places().value((*path, "type")))
    assert told(broken.problems(tmp_path)) == [(codes.ACTION, *where, action["type"])]

"""Variables are filled in once, after parsing, as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

import pytest
from pydantic import BaseModel

from chatkit_host.config import Config, ProviderModel
from chatkit_host.config.interpolate import may_hold_templates
from chatkit_host.config.values import Mark, Value
from chatkit_host.templates import compile_text
from tests.config.loading import AGENT, config_of, lines_of, problems_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("${NAME}", "Ada"),
        ("Hi ${NAME}!", "Hi Ada!"),
        ("${NOPE:-x y}", "x y"),
        ("${EMPTY:-full}", "full"),
        ("${EMPTY}", ""),
        ("$${NAME}", "${NAME}"),
        ("$NAME $5", "$NAME $5"),
        ("${NAME}${NAME}", "AdaAda"),
        ("${YAML}", "[1, 2]"),
        ("${NUMBER}", "42"),
    ],
)
def test_filling_in(tmp_path: Path, text: str, value: str) -> None:
    environ = {"NAME": "Ada", "EMPTY": "", "YAML": "[1, 2]", "NUMBER": "42"}
    config = config_of(tmp_path, f"{AGENT}data: {{ d: '{text}' }}", environ)
    assert config.data == {"d": value}


def test_numbers_and_truth_from_the_environment_fit_where_they_are_wanted(tmp_path: Path) -> None:
    text = AGENT + 'server: { port: "${P}" }\nrespond: { allow_cancel: "${C}" }'
    config = config_of(tmp_path, text, {"P": "81", "C": "false"})
    assert (config.server.port, config.respond.allow_cancel) == (81, False)


def test_a_file_is_read_without_its_last_newline(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s3cret\n")
    text = AGENT + 'models: { m: { model: x, api_key: "${file:secret}" } }'
    model = config_of(tmp_path, text).models["m"]
    assert isinstance(model, ProviderModel)
    assert model.api_key is not None
    assert model.api_key.get_secret_value() == "s3cret"
    assert "s3cret" not in repr(model)


def test_what_is_missing_is_told_with_its_place(tmp_path: Path) -> None:
    text = "agents:\n  a:\n    model: openai/x\n    instructions: |\n      one\n      two ${PROT}\n"
    assert lines_of(tmp_path, text, {"PORT": "1"}) == [
        (
            "f.yaml:6:7: agents.a.instructions: the environment has no PROT; did you mean 'PORT'?; "
            "set it, or write ${PROT:-default} [CK011]"
        )
    ]


def test_what_is_no_variable_is_told(tmp_path: Path) -> None:
    assert lines_of(tmp_path, AGENT + 'name: "${a b}"') == [
        (
            "f.yaml:2:7: name: ${a b} is not a variable; "
            "write ${NAME} or ${NAME:-default}, and $${ for the text itself [CK012]"
        )
    ]


def test_a_missing_secret_file_is_told(tmp_path: Path) -> None:
    assert lines_of(tmp_path, AGENT + 'name: "${file:nope}"') == [
        "f.yaml:2:7: name: the file 'nope' cannot be read: no such file or directory [CK013]"
    ]


def test_a_value_with_braces_stays_text(tmp_path: Path) -> None:
    text = 'agents: { a: { instructions: "Be ${STYLE}", model: openai/x } }'
    config = config_of(tmp_path, text, {"STYLE": "{{ data }} {% x %} {# y #}"})
    rendered = compile_text(config.agents["a"].instructions).render({"data": "no"})
    assert rendered == "Be {{ data }} {% x %} {# y #}"


def test_where_nothing_is_rendered_braces_are_left_alone(tmp_path: Path) -> None:
    text = AGENT + 'data: { d: "${D}" }\nstorage: "${URL}"'
    config = config_of(tmp_path, text, {"D": "{{ x }}", "URL": "postgresql://u:{{@h/n"})
    assert config.data["d"] == "{{ x }}"
    assert config.storage.url.get_secret_value() == "postgresql://u:{{@h/n"


def templates_in(annotation: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of everything in a part of the language that is rendered."""
    kind = get_origin(annotation)
    if kind is Annotated and is_rendered(annotation.__metadata__):
        yield path
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, field in annotation.model_fields.items() if len(path) < 8 else ():
            inner = (*path, field.alias or name)  # steps have steps in them
            rendered = is_rendered(field.metadata)
            yield from [inner] if rendered else templates_in(field.annotation, inner)
    elif kind in (dict, tuple):
        each = get_args(annotation)[1 if kind is dict else 0]
        yield from templates_in(each, (*path, "some" if kind is dict else 0))
    else:
        for each in get_args(annotation):
            yield from templates_in(each, path)


def is_rendered(metadata: Iterable[Any]) -> bool:
    return any(isinstance(mark, Mark) or mark == Value for mark in metadata)


def test_data_is_escaped_wherever_the_language_has_templates() -> None:
    rendered = list(templates_in(Config))
    assert {str(path[0]) for path in rendered} >= {"endpoints", "guardrails", "on", "widgets"}
    assert [path for path in rendered if not may_hold_templates(path)] == []


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("shared", "motto"), True),  # what is no map is the default
        (("tools", "t", "steps", 0, "for"), True),
        (("widgets", "w", "with", "a"), True),
        (("models", "m", "api_key"), False),
        (("tools", "t", "hosted", "mcp", "authorization"), False),
        (("guardrails", "g", "deny"), False),
        (("respond", "allowed_image_domains", 0), False),
    ],
)
def test_where_values_may_be_templates(path: tuple[Any, ...], expected: bool) -> None:
    assert may_hold_templates(path) is expected


def test_secrets_are_masked_in_problems(tmp_path: Path) -> None:
    text = AGENT + 'limits: { messages: "${API_KEY}" }\nserver: { max_body: "${file:f}" }'
    (tmp_path / "f").write_text("hush-hush")
    problems = problems_of(tmp_path, text, {"API_KEY": "sk-12345"})
    assert len(problems) == 2
    assert not any("sk-12345" in str(p) or "hush-hush" in str(p) for p in problems)


def test_keys_are_not_filled_in(tmp_path: Path) -> None:
    assert config_of(tmp_path, AGENT + 'data: { "${X}": 1 }').data == {"${X}": 1}

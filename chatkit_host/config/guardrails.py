"""`guardrails`: what may not be asked, and what may not be said."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Discriminator, Field, StringConstraints, Tag

from chatkit_host.config.kinds import exactly_one, kind_of
from chatkit_host.config.names import GuardrailName, InPlugin
from chatkit_host.config.section import Section
from chatkit_host.config.values import Template

KINDS = ("deny", "keywords", "max_length", "python")

Keyword = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"[^\s*]")]


class GuardrailCommon(Section):
    """What every guardrail may say."""

    kind: ClassVar[str] = ""

    message: Template | None = Field(None, description="What the user is told instead.")


class DenyGuardrail(GuardrailCommon):
    """Objects to a text in which a pattern is found."""

    kind: ClassVar[str] = "deny"
    deny: str = Field(min_length=1, description="A pattern (RE2, case-insensitive).")


class KeywordsGuardrail(GuardrailCommon):
    """Objects to a text in which one of several words is found."""

    kind: ClassVar[str] = "keywords"
    keywords: tuple[Keyword, ...] = Field(
        min_length=1, description="Whole words or phrases; a * at the end stands for any ending."
    )


class LengthGuardrail(GuardrailCommon):
    """Objects to a text that is too long."""

    kind: ClassVar[str] = "max_length"
    max_length: int = Field(ge=1, description="The most characters that a text may have.")


class PythonGuardrail(GuardrailCommon):
    """Objects where a function of a plugin does."""

    kind: ClassVar[str] = "python"
    python: InPlugin = Field(pattern=r"^[\w.]+:[\w.]+$", description="module:function")


Guardrail = Annotated[
    Annotated[DenyGuardrail, Tag("=deny")]
    | Annotated[KeywordsGuardrail, Tag("=keywords")]
    | Annotated[LengthGuardrail, Tag("=max_length")]
    | Annotated[PythonGuardrail, Tag("=python")],
    Discriminator(kind_of(KINDS)),
    exactly_one("guardrail", KINDS, common=("message",)),
]


class AgentGuardrails(Section):
    """Which guardrails an agent has."""

    input: tuple[GuardrailName, ...] = Field(
        (), description="Looked at before and while it thinks."
    )
    output: tuple[GuardrailName, ...] = Field(
        (), description="Looked at when the answer is complete."
    )


class ToolGuardrails(Section):
    """Which guardrails a tool has."""

    input: tuple[GuardrailName, ...] = Field(
        (), description="Look at the arguments before it runs."
    )
    output: tuple[GuardrailName, ...] = Field(
        (), description="Look at the result before anybody sees it."
    )

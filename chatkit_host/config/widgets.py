"""`widgets`: what a bot shows, as files or as trees with templates in their leaves."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Discriminator, Field, Tag

from chatkit_host.config.kinds import exactly_one, kind_of
from chatkit_host.config.schemas import Schema
from chatkit_host.config.section import Section
from chatkit_host.config.values import Value

KINDS = ("file", "template")
COMMON = ("data", "with", "sample")
SAMPLE = "Data to look at the widget with, in the gallery and on the command line."


class FileWidget(Section):
    """A `.widget` export of ChatKit Studio, or any other file: Jinja that yields JSON."""

    kind: ClassVar[str] = "file"
    short: ClassVar[str | None] = "file"

    file: str = Field(min_length=1, description="The file, relative to this one.")
    data: Schema | None = Field(
        None, description="The data it takes; replaces the schema of a `.widget` file."
    )
    with_: Annotated[dict[str, Any], Value] | None = Field(
        None,
        alias="with",
        description="What the file gets, made of that data; without it, the data.",
    )
    sample: dict[str, Any] | None = Field(None, description=SAMPLE)

    @property
    def is_studio_export(self) -> bool:
        return self.file.endswith(".widget")


class TreeWidget(Section):
    """A widget's tree, written here."""

    kind: ClassVar[str] = "template"

    template: Annotated[dict[str, Any], Value] = Field(
        description="The tree; its leaves are templates."
    )
    data: Schema | None = Field(None, description="The data it takes, by name.")
    sample: dict[str, Any] | None = Field(None, description=SAMPLE)


Widget = Annotated[
    Annotated[FileWidget, Tag("=file")] | Annotated[TreeWidget, Tag("=template")],
    Discriminator(kind_of(KINDS, short="file")),
    exactly_one("widget", KINDS, common=COMMON, short=""),
]

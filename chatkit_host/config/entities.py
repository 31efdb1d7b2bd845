"""`entities`: what users can mention with an @, and what citations are about."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from chatkit_host.config.names import WidgetName
from chatkit_host.config.section import Section
from chatkit_host.config.values import DataTemplate, Expression, LongText, Value


class Preview(Section):
    """Which widget shows a thing, and with what."""

    short: ClassVar[str | None] = "name"

    name: WidgetName = Field(description="A widget of `widgets`.")
    data: DataTemplate = Field({}, description="Its data, by name.")


class Entity(Section):
    """One kind of thing."""

    if_: Expression | None = Field(
        None, alias="if", description="Which tags are of this kind; without it, all that are left."
    )
    search: Value = Field(None, description="The list of those that fit the `query`.")
    context: LongText | None = Field(
        None, description="What the model reads beside a message that mentions one."
    )
    preview: Preview | None = Field(None, description="A widget that shows one.")

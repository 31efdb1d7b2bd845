"""`entities`: what users can mention with an @, and what citations are about."""

from __future__ import annotations

from pydantic import Field

from chatkit_host.config.section import Section
from chatkit_host.config.steps import ShownWidget
from chatkit_host.config.values import Expression, LongText, Value


class Entity(Section):
    """One kind of thing."""

    if_: Expression | None = Field(
        None, alias="if", description="Which tags are of this kind; without it, all that are left."
    )
    search: Value = Field(None, description="The list of those that fit the `query`.")
    context: LongText | None = Field(
        None, description="What the model reads beside a message that mentions one."
    )
    preview: ShownWidget | None = Field(None, description="A widget that shows one.")

"""Components that show words."""

# ruff: noqa: N815 - props are spelt as on the wire

from __future__ import annotations

from typing import Literal

from pydantic import Field

from chatkit_host.components.base import WidgetComponentBase
from chatkit_host.components.tokens import (
    CaptionSize,
    EditableProps,
    FontWeight,
    TextAlign,
    TextSize,
    ThemeColor,
    TitleSize,
)


class Markdown(WidgetComponentBase):
    """Markdown; `streaming` while more of `value` is to come."""

    type: Literal["Markdown"] = Field(default="Markdown", frozen=True)
    value: str
    streaming: bool | None = None


class Text(WidgetComponentBase):
    """Plain text; `streaming` while more of `value` is to come, `editable` makes it a field.

    `width` is in pixels or CSS; `minLines` keeps room, `maxLines` cuts off.
    """

    type: Literal["Text"] = Field(default="Text", frozen=True)
    value: str
    streaming: bool | None = None
    italic: bool | None = None
    lineThrough: bool | None = None
    color: str | ThemeColor | None = None
    weight: FontWeight | None = None
    width: float | str | None = None
    size: TextSize | None = None
    textAlign: TextAlign | None = None
    truncate: bool | None = None
    minLines: int | None = None
    maxLines: int | None = None
    editable: Literal[False] | EditableProps | None = None


class Title(WidgetComponentBase):
    """A headline; `maxLines` cuts it off."""

    type: Literal["Title"] = Field(default="Title", frozen=True)
    value: str
    color: str | ThemeColor | None = None
    weight: FontWeight | None = None
    size: TitleSize | None = None
    textAlign: TextAlign | None = None
    truncate: bool | None = None
    maxLines: int | None = None


class Caption(WidgetComponentBase):
    """Small print beside something else; `maxLines` cuts it off."""

    type: Literal["Caption"] = Field(default="Caption", frozen=True)
    value: str
    color: str | ThemeColor | None = None
    weight: FontWeight | None = None
    size: CaptionSize | None = None
    textAlign: TextAlign | None = None
    truncate: bool | None = None
    maxLines: int | None = None


class Badge(WidgetComponentBase):
    """A word or two in a coloured tag; `pill` rounds its ends."""

    type: Literal["Badge"] = Field(default="Badge", frozen=True)
    label: str
    color: Literal["secondary", "success", "danger", "warning", "info", "discovery"] | None = None
    variant: Literal["solid", "soft", "outline"] | None = None
    size: Literal["sm", "md", "lg"] | None = None
    pill: bool | None = None


class Label(WidgetComponentBase):
    """The words that belong to the form field named `fieldName`."""

    type: Literal["Label"] = Field(default="Label", frozen=True)
    value: str
    fieldName: str
    size: TextSize | None = None
    weight: FontWeight | None = None
    textAlign: TextAlign | None = None
    color: str | ThemeColor | None = None

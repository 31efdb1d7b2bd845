"""Components that the user types into."""

# ruff: noqa: N815 - props are spelt as on the wire

from __future__ import annotations

from typing import Literal

from pydantic import Field

from chatkit_host.components.base import WidgetComponentBase
from chatkit_host.components.tokens import ControlSize

GutterSize = Literal["2xs", "xs", "sm", "md", "lg", "xl"]
"""Room between a field's edge and its text."""


class Input(WidgetComponentBase):
    """One line of text; `pattern` is a regular expression that the value must match."""

    type: Literal["Input"] = Field(default="Input", frozen=True)
    name: str
    inputType: Literal["number", "email", "text", "password", "tel", "url"] | None = None
    defaultValue: str | None = None
    required: bool | None = None
    pattern: str | None = None
    placeholder: str | None = None
    allowAutofillExtensions: bool | None = None
    autoSelect: bool | None = None
    autoFocus: bool | None = None
    disabled: bool | None = None
    variant: Literal["soft", "outline"] | None = None
    size: ControlSize | None = None
    gutterSize: GutterSize | None = None
    pill: bool | None = None


class Textarea(WidgetComponentBase):
    """Many lines of text: `rows` at first, and with `autoResize` up to `maxRows`."""

    type: Literal["Textarea"] = Field(default="Textarea", frozen=True)
    name: str
    defaultValue: str | None = None
    required: bool | None = None
    pattern: str | None = None
    placeholder: str | None = None
    autoSelect: bool | None = None
    autoFocus: bool | None = None
    disabled: bool | None = None
    variant: Literal["soft", "outline"] | None = None
    size: ControlSize | None = None
    gutterSize: GutterSize | None = None
    rows: int | None = None
    autoResize: bool | None = None
    maxRows: int | None = None
    allowAutofillExtensions: bool | None = None

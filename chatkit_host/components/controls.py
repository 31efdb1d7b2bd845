"""Components that the user presses or chooses from."""

# ruff: noqa: N815 - props are spelt as on the wire

from __future__ import annotations

from datetime import datetime
from typing import Literal, NotRequired

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from chatkit_host.actions import ActionConfig
from chatkit_host.components.base import WidgetComponentBase
from chatkit_host.components.tokens import ControlSize, ControlVariant, WidgetIcon


class Button(WidgetComponentBase):
    """A button: it sends `onClickAction`, or with `submit` the form around it.

    `style` is a preset of colour and variant; `block` fills the width; `uniform` makes it square.
    """

    type: Literal["Button"] = Field(default="Button", frozen=True)
    submit: bool | None = None
    label: str | None = None
    onClickAction: ActionConfig | None = None
    iconStart: WidgetIcon | None = None
    iconEnd: WidgetIcon | None = None
    style: Literal["primary", "secondary"] | None = None
    iconSize: Literal["sm", "md", "lg", "xl", "2xl"] | None = None
    color: (
        Literal[
            "primary",
            "secondary",
            "info",
            "discovery",
            "success",
            "caution",
            "warning",
            "danger",
        ]
        | None
    ) = None
    variant: ControlVariant | None = None
    size: ControlSize | None = None
    pill: bool | None = None
    uniform: bool | None = None
    block: bool | None = None
    disabled: bool | None = None


@with_config(ConfigDict(extra="allow"))
class SelectOption(TypedDict):
    """A choice: `value` is sent, `label` is shown, `description` stands below it."""

    value: str
    label: str
    disabled: NotRequired[bool]
    description: NotRequired[str]


class Select(WidgetComponentBase):
    """A drop-down of `options`; `searchable` left out, long lists can be searched."""

    type: Literal["Select"] = Field(default="Select", frozen=True)
    name: str
    options: list[SelectOption]
    onChangeAction: ActionConfig | None = None
    placeholder: str | None = None
    defaultValue: str | None = None
    variant: ControlVariant | None = None
    size: ControlSize | None = None
    pill: bool | None = None
    block: bool | None = None
    clearable: bool | None = None
    disabled: bool | None = None
    searchable: bool | None = None


class DatePicker(WidgetComponentBase):
    """A day, from `min` to `max`, both inside; ISO times.

    These are days of a calendar rather than moments, so a time without an offset stays so.
    """

    type: Literal["DatePicker"] = Field(default="DatePicker", frozen=True)
    name: str
    onChangeAction: ActionConfig | None = None
    placeholder: str | None = None
    defaultValue: datetime | None = None
    min: datetime | None = None
    max: datetime | None = None
    variant: ControlVariant | None = None
    size: ControlSize | None = None
    side: Literal["top", "bottom", "left", "right"] | None = None
    align: Literal["start", "center", "end"] | None = None
    pill: bool | None = None
    block: bool | None = None
    clearable: bool | None = None
    disabled: bool | None = None


class Checkbox(WidgetComponentBase):
    """A box to tick."""

    type: Literal["Checkbox"] = Field(default="Checkbox", frozen=True)
    name: str
    label: str | None = None
    defaultChecked: bool | None = None
    onChangeAction: ActionConfig | None = None
    disabled: bool | None = None
    required: bool | None = None


@with_config(ConfigDict(extra="allow"))
class RadioOption(TypedDict):
    """A choice: `value` is sent, `label` is shown."""

    label: str
    value: str
    disabled: NotRequired[bool]


class RadioGroup(WidgetComponentBase):
    """One of `options`; screen readers hear `ariaLabel`, or else `name`."""

    type: Literal["RadioGroup"] = Field(default="RadioGroup", frozen=True)
    name: str
    options: list[RadioOption] | None = None
    ariaLabel: str | None = None
    onChangeAction: ActionConfig | None = None
    defaultValue: str | None = None
    direction: Literal["row", "col"] | None = None
    disabled: bool | None = None
    required: bool | None = None

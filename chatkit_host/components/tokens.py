"""The vocabulary of widget props: sizes, colours, borders and the like.

Numbers are spacing units for gaps, paddings and margins, and pixels for everything else; text is
taken as CSS. A colour is a token (`secondary`), a palette colour (`red-100`), CSS, or one of each
for the light and the dark theme.
"""

from __future__ import annotations

from typing import Literal, NotRequired

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

from chatkit_host.icons import IconName

WidgetIcon = IconName
"""Icons that a component can show."""

RadiusValue = Literal[
    "2xs", "xs", "sm", "md", "lg", "xl", "2xl", "3xl", "4xl", "full", "100%", "none"
]
"""How round a corner is."""

TextAlign = Literal["start", "center", "end"]
"""Where a line of text sits."""

TextSize = Literal["xs", "sm", "md", "lg", "xl"]
"""Sizes of body text."""

IconSize = Literal["xs", "sm", "md", "lg", "xl", "2xl", "3xl"]
"""Sizes of an icon."""

TitleSize = Literal["sm", "md", "lg", "xl", "2xl", "3xl", "4xl", "5xl"]
"""Sizes of a title."""

CaptionSize = Literal["sm", "md", "lg"]
"""Sizes of a caption."""

Alignment = Literal["start", "center", "end", "baseline", "stretch"]
"""Where children sit across the direction of flow."""

Justification = Literal["start", "center", "end", "between", "around", "evenly", "stretch"]
"""How children spread along the direction of flow."""

ControlVariant = Literal["solid", "soft", "outline", "ghost"]
"""Looks of a button or a field."""

ControlSize = Literal["3xs", "2xs", "xs", "sm", "md", "lg", "xl", "2xl", "3xl"]
"""Sizes of a button or a field."""

FontWeight = Literal["normal", "medium", "semibold", "bold"]
"""How heavy text is."""

Theme = Literal["light", "dark"]
"""A theme forced upon a part of the page."""

# What a prop does not name passes through, here as in the components.
_OPEN = ConfigDict(extra="allow")


@with_config(_OPEN)
class ThemeColor(TypedDict):
    """One colour for each theme."""

    dark: str
    light: str


@with_config(_OPEN)
class Spacing(TypedDict):
    """Space on each side; `x` and `y` mean both sides of that axis."""

    top: NotRequired[float | str]
    right: NotRequired[float | str]
    bottom: NotRequired[float | str]
    left: NotRequired[float | str]
    x: NotRequired[float | str]
    y: NotRequired[float | str]


@with_config(_OPEN)
class Border(TypedDict):
    """A line of `size` pixels; colour tokens are `default`, `subtle` and `strong`."""

    size: int
    color: NotRequired[str | ThemeColor]
    style: NotRequired[
        Literal["solid", "dashed", "dotted", "double", "groove", "ridge", "inset", "outset"]
    ]


@with_config(_OPEN)
class Borders(TypedDict):
    """A border, or its pixels, for each side; `x` and `y` mean both sides of that axis."""

    top: NotRequired[int | Border]
    right: NotRequired[int | Border]
    bottom: NotRequired[int | Border]
    left: NotRequired[int | Border]
    x: NotRequired[int | Border]
    y: NotRequired[int | Border]


@with_config(_OPEN)
class MinMax(TypedDict):
    """Bounds, both inside."""

    min: NotRequired[int]
    max: NotRequired[int]


@with_config(_OPEN)
class EditableProps(TypedDict):
    """How a text turns into a form field of that `name`; `pattern` is a regular expression."""

    name: str
    autoFocus: NotRequired[bool]
    autoSelect: NotRequired[bool]
    autoComplete: NotRequired[str]
    allowAutofillExtensions: NotRequired[bool]
    pattern: NotRequired[str]
    placeholder: NotRequired[str]
    required: NotRequired[bool]

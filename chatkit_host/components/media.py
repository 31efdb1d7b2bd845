"""Components that show no words: pictures, icons, lines and room."""

# ruff: noqa: N815 - props are spelt as on the wire

from __future__ import annotations

from typing import Literal

from pydantic import Field

from chatkit_host.components.base import WidgetComponentBase
from chatkit_host.components.tokens import IconSize, RadiusValue, Spacing, ThemeColor, WidgetIcon


class Divider(WidgetComponentBase):
    """A line; `size` is its thickness in pixels, `spacing` the room above and below it."""

    type: Literal["Divider"] = Field(default="Divider", frozen=True)
    color: str | ThemeColor | None = None
    size: int | str | None = None
    spacing: int | str | None = None
    flush: bool | None = None


class Icon(WidgetComponentBase):
    """One icon, by name."""

    type: Literal["Icon"] = Field(default="Icon", frozen=True)
    name: WidgetIcon
    color: str | ThemeColor | None = None
    size: IconSize | None = None


class Image(WidgetComponentBase):
    """A picture from the address `src`; lengths are in pixels or CSS.

    `size` sets both width and height, and `minSize` and `maxSize` likewise; `position` is the part
    that stays visible when it is cropped; `flush` lets it reach the edge of its container.
    """

    type: Literal["Image"] = Field(default="Image", frozen=True)
    src: str
    alt: str | None = None
    fit: Literal["cover", "contain", "fill", "scale-down", "none"] | None = None
    position: (
        Literal[
            "top left",
            "top",
            "top right",
            "left",
            "center",
            "right",
            "bottom left",
            "bottom",
            "bottom right",
        ]
        | None
    ) = None
    radius: RadiusValue | None = None
    frame: bool | None = None
    flush: bool | None = None
    height: int | str | None = None
    width: int | str | None = None
    size: int | str | None = None
    minHeight: int | str | None = None
    minWidth: int | str | None = None
    minSize: int | str | None = None
    maxHeight: int | str | None = None
    maxWidth: int | str | None = None
    maxSize: int | str | None = None
    margin: int | str | Spacing | None = None
    background: str | ThemeColor | None = None
    aspectRatio: float | str | None = None
    flex: int | str | None = None


class Spacer(WidgetComponentBase):
    """Room that pushes its neighbours apart; `minSize` is the least of it."""

    type: Literal["Spacer"] = Field(default="Spacer", frozen=True)
    minSize: int | str | None = None

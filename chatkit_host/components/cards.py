"""The small parts of a card: its status line and its two buttons."""

from __future__ import annotations

from typing import NotRequired

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

from chatkit_host.actions import ActionConfig
from chatkit_host.components.tokens import WidgetIcon


@with_config(ConfigDict(extra="allow"))
class WidgetStatusWithFavicon(TypedDict):
    """A line of text behind the picture at `favicon`; `frame` sets that off from the ground."""

    text: str
    favicon: NotRequired[str]
    frame: NotRequired[bool]


@with_config(ConfigDict(extra="allow"))
class WidgetStatusWithIcon(TypedDict):
    """A line of text behind an icon."""

    text: str
    icon: NotRequired[WidgetIcon]


WidgetStatus = WidgetStatusWithFavicon | WidgetStatusWithIcon
"""The line above a card or list."""


@with_config(ConfigDict(extra="allow"))
class CardAction(TypedDict):
    """A button at the foot of a card."""

    label: str
    action: ActionConfig

"""The type variables of this room; code for the ChatKit SDK imports some of them by name."""

from __future__ import annotations

from typing import TypeVar

from chatkit_host.components import Markdown, Text

TContext = TypeVar("TContext")
T1 = TypeVar("T1")
T2 = TypeVar("T2")
TWidget = TypeVar("TWidget", bound="Markdown | Text")

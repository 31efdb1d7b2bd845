"""Components that hold others, and the unions of all components and of all roots.

They stand in one file because they need one another: a box holds components, one of which is a box.
"""

# ruff: noqa: N815 - props are spelt as on the wire

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from chatkit_host.actions import ActionConfig
from chatkit_host.components.base import WidgetComponentBase
from chatkit_host.components.cards import CardAction, WidgetStatus
from chatkit_host.components.chart import Chart
from chatkit_host.components.controls import Button, Checkbox, DatePicker, RadioGroup, Select
from chatkit_host.components.fields import Input, Textarea
from chatkit_host.components.media import Divider, Icon, Image, Spacer
from chatkit_host.components.text import Badge, Caption, Label, Markdown, Text, Title
from chatkit_host.components.tokens import (
    Alignment,
    Border,
    Borders,
    Justification,
    RadiusValue,
    Spacing,
    Theme,
    ThemeColor,
)


class ListViewItem(WidgetComponentBase):
    """A row of a list; a click on it sends `onClickAction`."""

    type: Literal["ListViewItem"] = Field(default="ListViewItem", frozen=True)
    children: list[WidgetComponent]
    onClickAction: ActionConfig | None = None
    gap: int | str | None = None
    align: Alignment | None = None


class ListView(WidgetComponentBase):
    """A list of rows; more than `limit` of them wait behind a button."""

    type: Literal["ListView"] = Field(default="ListView", frozen=True)
    children: list[ListViewItem]
    limit: int | Literal["auto"] | None = None
    status: WidgetStatus | None = None
    theme: Theme | None = None


class Card(WidgetComponentBase):
    """A card; with `asForm`, `confirm` sends the values of its fields along.

    `collapsed` folds it up once its main action is done.
    """

    type: Literal["Card"] = Field(default="Card", frozen=True)
    asForm: bool | None = None
    children: list[WidgetComponent]
    background: str | ThemeColor | None = None
    border: float | Border | Borders | None = None
    size: Literal["sm", "md", "lg", "full"] | None = None
    padding: float | str | Spacing | None = None
    status: WidgetStatus | None = None
    collapsed: bool | None = None
    confirm: CardAction | None = None
    cancel: CardAction | None = None
    theme: Theme | None = None


class BoxBase(BaseModel):
    """The props of every flowing container; lengths in pixels or CSS, gaps in spacing units.

    `size` sets both width and height, and `minSize` and `maxSize` likewise; `align` is across the
    flow, `justify` along it.
    """

    model_config = ConfigDict(defer_build=True)

    children: list[WidgetComponent] | None = None
    align: Alignment | None = None
    justify: Justification | None = None
    wrap: Literal["nowrap", "wrap", "wrap-reverse"] | None = None
    flex: int | str | None = None
    gap: int | str | None = None
    height: float | str | None = None
    width: float | str | None = None
    size: float | str | None = None
    minHeight: int | str | None = None
    minWidth: int | str | None = None
    minSize: int | str | None = None
    maxHeight: int | str | None = None
    maxWidth: int | str | None = None
    maxSize: int | str | None = None
    padding: float | str | Spacing | None = None
    margin: float | str | Spacing | None = None
    border: int | Border | Borders | None = None
    radius: RadiusValue | None = None
    background: str | ThemeColor | None = None
    aspectRatio: float | str | None = None


class Box(WidgetComponentBase, BoxBase):
    """A container that flows in `direction`."""

    type: Literal["Box"] = Field(default="Box", frozen=True)
    direction: Literal["row", "col"] | None = None


class Row(WidgetComponentBase, BoxBase):
    """A container that flows from side to side."""

    type: Literal["Row"] = Field(default="Row", frozen=True)


class Col(WidgetComponentBase, BoxBase):
    """A container that flows downwards."""

    type: Literal["Col"] = Field(default="Col", frozen=True)


class Form(WidgetComponentBase, BoxBase):
    """A container whose fields are sent with `onSubmitAction`."""

    type: Literal["Form"] = Field(default="Form", frozen=True)
    onSubmitAction: ActionConfig | None = None
    direction: Literal["row", "col"] | None = None


class TableCell(WidgetComponentBase):
    """A cell; `width` in pixels or CSS, `colSize` a preset of it, spans in columns and rows."""

    type: Literal["Table.Cell"] = Field(default="Table.Cell", frozen=True)
    children: list[WidgetComponent] | None = None
    width: float | str | None = None
    padding: Spacing | None = None
    colSpan: int | None = None
    rowSpan: int | None = None
    align: Literal["start", "center", "end"] | None = None
    vAlign: Literal["start", "center", "end"] | None = None
    colSize: Literal["xs", "sm", "md", "lg", "xl"] | None = None


class TableRow(WidgetComponentBase):
    """A row of cells, or with `header` the one that names the columns."""

    type: Literal["Table.Row"] = Field(default="Table.Row", frozen=True)
    children: list[TableCell] | None = None
    header: bool | None = None


class Table(WidgetComponentBase):
    """Rows of cells."""

    type: Literal["Table"] = Field(default="Table", frozen=True)
    children: list[TableRow] | None = None


class Transition(WidgetComponentBase):
    """Moves smoothly from one child to the next that takes its place."""

    type: Literal["Transition"] = Field(default="Transition", frozen=True)
    children: WidgetComponent | None


class DynamicWidgetComponent(WidgetComponentBase):
    """A component of any type and props, such as a template yields."""

    children: DynamicWidgetComponent | list[DynamicWidgetComponent] | None = None


StrictWidgetComponent = Annotated[
    Text
    | Title
    | Caption
    | Chart
    | Badge
    | Markdown
    | Box
    | Row
    | Col
    | Divider
    | Icon
    | Image
    | ListViewItem
    | Button
    | Checkbox
    | Spacer
    | Select
    | DatePicker
    | Form
    | Input
    | Label
    | RadioGroup
    | Table
    | TableRow
    | TableCell
    | Textarea
    | Transition,
    Field(discriminator="type"),
]
"""Every component whose props are known."""


class BasicRoot(DynamicWidgetComponent):
    """A bare root that only lays out what is in it."""

    type: Literal["Basic"] = Field(default="Basic", frozen=True)
    theme: Theme | None = None
    direction: Literal["row", "col"] | None = None
    gap: float | str | None = None
    padding: float | str | Spacing | None = None
    align: Alignment | None = None
    justify: Justification | None = None


StrictWidgetRoot = Annotated[Card | ListView | BasicRoot, Field(discriminator="type")]
"""Every root whose props are known."""


class DynamicWidgetRoot(DynamicWidgetComponent):
    """A root of any props, such as a template yields."""

    type: Literal["Card", "ListView", "Basic"]


# Left to right: what does not fit the strict models is taken as it is, and what does fit them need
# not be tried again as a dynamic one at every depth.
WidgetComponent = Annotated[
    StrictWidgetComponent | DynamicWidgetComponent, Field(union_mode="left_to_right")
]
"""Anything that can stand inside a widget."""

WidgetRoot = Annotated[StrictWidgetRoot | DynamicWidgetRoot, Field(union_mode="left_to_right")]
"""Anything that can be a whole widget."""

"""The chart: rows of data, and the series that draw them."""

# ruff: noqa: N815 - props are spelt as on the wire

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from pydantic import BaseModel, ConfigDict, Field, with_config
from typing_extensions import TypedDict

from chatkit_host.components.base import WidgetComponentBase
from chatkit_host.components.tokens import ThemeColor

CurveType = Literal[
    "basis",
    "basisClosed",
    "basisOpen",
    "bumpX",
    "bumpY",
    "bump",
    "linear",
    "linearClosed",
    "natural",
    "monotoneX",
    "monotoneY",
    "monotone",
    "step",
    "stepBefore",
    "stepAfter",
]
"""How a line runs from one point to the next."""


@with_config(ConfigDict(extra="allow"))
class XAxisConfig(TypedDict):
    """The field that the x axis shows; `labels` maps a value to what is written for it."""

    dataKey: str
    hide: NotRequired[bool]
    labels: NotRequired[dict[str, str]]


class BarSeries(BaseModel):
    """Bars of the numbers in `dataKey`; series of one `stack` stand on each other."""

    model_config = ConfigDict(extra="allow", defer_build=True)

    type: Literal["bar"] = Field(default="bar", frozen=True)
    label: str | None
    dataKey: str
    stack: str | None = None
    color: str | ThemeColor | None = None


class AreaSeries(BaseModel):
    """A filled line of the numbers in `dataKey`; series of one `stack` stand on each other."""

    model_config = ConfigDict(extra="allow", defer_build=True)

    type: Literal["area"] = Field(default="area", frozen=True)
    label: str | None
    dataKey: str
    stack: str | None = None
    color: str | ThemeColor | None = None
    curveType: CurveType | None = None


class LineSeries(BaseModel):
    """A line of the numbers in `dataKey`."""

    model_config = ConfigDict(extra="allow", defer_build=True)

    type: Literal["line"] = Field(default="line", frozen=True)
    label: str | None
    dataKey: str
    color: str | ThemeColor | None = None
    curveType: CurveType | None = None


Series = Annotated[BarSeries | AreaSeries | LineSeries, Field(discriminator="type")]
"""Anything a chart can draw."""


class Chart(WidgetComponentBase):
    """Rows of `data` as bars, lines and areas; lengths and gaps in pixels, or lengths in CSS.

    `xAxis` is the field for the x axis or its config; `size` sets both width and height, and
    `minSize` and `maxSize` likewise; `aspectRatio` is width by height.
    """

    type: Literal["Chart"] = Field(default="Chart", frozen=True)
    data: list[dict[str, str | int | float]]
    series: list[Series]
    xAxis: str | XAxisConfig
    showYAxis: bool | None = None
    showLegend: bool | None = None
    showTooltip: bool | None = None
    barGap: int | None = None
    barCategoryGap: int | None = None
    flex: int | str | None = None
    height: int | str | None = None
    width: int | str | None = None
    size: int | str | None = None
    minHeight: int | str | None = None
    minWidth: int | str | None = None
    minSize: int | str | None = None
    maxHeight: int | str | None = None
    maxWidth: int | str | None = None
    maxSize: int | str | None = None
    aspectRatio: float | str | None = None

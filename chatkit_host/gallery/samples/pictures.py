"""Samples of components that show no words: icons, pictures, lines, room and charts."""

from __future__ import annotations

from typing import get_args

from chatkit_host.gallery.samples.sample import Sample
from chatkit_host.gallery.samples.trees import (
    PICTURE,
    Tree,
    caption,
    card,
    col,
    each,
    node,
    row,
    text,
)
from chatkit_host.icons import IconName


def image(**props: object) -> Tree:
    return node("Image", src=PICTURE, alt="Hills and a sun", **props)


NAMES: tuple[str, ...] = get_args(get_args(IconName)[0])

ICON = [
    Sample(
        "Every name",
        card(row(*(node("Icon", name=name, size="md") for name in NAMES), wrap="wrap", gap=2)),
    ),
    Sample(
        "Sizes, colours, and other names",
        card(
            row(*each("Icon", "size", ("xs", "sm", "md", "lg", "xl", "2xl", "3xl"), name="star")),
            row(
                *(
                    node("Icon", name="star-filled", size="lg", color=colour)
                    for colour in (
                        "primary",
                        "secondary",
                        "success",
                        "warning",
                        "danger",
                        "purple-500",
                    )
                )
            ),
            row(
                node("Icon", name="lucide:sprout", size="lg"),
                node("Icon", name="lucide:cloud-rain", size="lg"),
                node("Icon", name="vendor:own", size="lg"),
                text("the last one is nobody's", size="sm", color="secondary"),
            ),
        ),
    ),
]

IMAGE = [
    Sample(
        "Sizes",
        card(
            row(
                image(size=48),
                image(width=96, height=64),
                image(width=96, aspectRatio="3 / 1"),
                image(flex=1, minWidth=40, maxHeight=64, height=80),
                align="center",
            )
        ),
    ),
    Sample(
        "Corners, frames and grounds",
        card(
            row(
                image(size=56, radius="md"),
                image(size=56, radius="full"),
                image(size=56, frame=True),
                image(size=56, radius="xl", frame=True, margin={"x": 2}),
                image(
                    size=56,
                    fit="contain",
                    background={"light": "#eef2ff", "dark": "#1e1b4b"},
                    radius="sm",
                ),
            )
        ),
    ),
    Sample(
        "What is seen of it",
        card(
            row(
                *(
                    image(size=56, fit=fit)
                    for fit in ("cover", "contain", "fill", "scale-down", "none")
                )
            ),
            row(*(image(width=40, height=56, position=at) for at in ("left", "center", "right"))),
            row(image(minSize=32, maxSize=48), image(minWidth=32, minHeight=32, maxWidth=64)),
        ),
    ),
    Sample(
        "To the edge",
        card(
            image(flush=True, height=72, width="100%"),
            text("It reaches to the edge of the card."),
        ),
    ),
    Sample(
        "One from elsewhere, which is not loaded",
        card(
            node("Image", src="https://elsewhere.example/spy.png", alt="A fern", size=56),
        ),
    ),
]

DIVIDER = [
    Sample(
        "In a card",
        card(
            text("above"),
            node("Divider"),
            text("and below"),
            node("Divider", color="strong", size=2, spacing=4),
            text("with more room"),
            node("Divider", flush=True, color="purple-400"),
            text("and to the edge"),
        ),
    ),
]

SPACER = [
    Sample(
        "Between neighbours",
        card(
            row(text("start"), node("Spacer"), text("end")),
            row(text("at least"), node("Spacer", minSize=120), text("120 pixels"), text("apart")),
        ),
    ),
]

YEAR = [
    {"month": month, "ferns": ferns, "cacti": cacti, "rain": rain}
    for month, ferns, cacti, rain in (
        ("Jan", 12, 7, 40),
        ("Feb", 18, 9, 32),
        ("Mar", 31, 12, 28),
        ("Apr", 44, 21, 22),
        ("May", 38, 26, 30),
        ("Jun", 29, 33, 18),
    )
]


def chart(*series: Tree, **props: object) -> Tree:
    return node("Chart", **{"data": YEAR, "series": list(series), "xAxis": "month", **props})


def series(kind: str, key: str, **props: object) -> Tree:
    return {"type": kind, "dataKey": key, "label": key.title(), **props}


CHART = [
    Sample(
        "Bars, and a line over them",
        card(
            chart(
                series("bar", "ferns", stack="sold"),
                series("bar", "cacti", stack="sold"),
                series("line", "rain", color="discovery"),
                showYAxis=True,
                height=200,
            ),
            size="lg",
        ),
    ),
    Sample(
        "Bars side by side",
        card(
            chart(
                series("bar", "ferns", color={"light": "#15803d", "dark": "#4ade80"}),
                series("bar", "cacti", color="warning"),
                barGap=2,
                barCategoryGap=24,
                aspectRatio=2.6,
                showTooltip=False,
            ),
            size="lg",
        ),
    ),
    Sample(
        "Areas",
        card(
            chart(
                series("area", "ferns", curveType="natural"),
                series("area", "cacti", curveType="step"),
                xAxis={"dataKey": "month", "labels": {"Jan": "January"}},
                height=160,
            ),
            size="lg",
        ),
    ),
    Sample(
        "Lines, small",
        card(
            row(
                col(
                    caption("Ferns"),
                    chart(
                        series("line", "ferns", curveType="monotone"),
                        xAxis={"dataKey": "month", "hide": True},
                        showLegend=False,
                        height=64,
                    ),
                    flex=1,
                ),
                col(
                    caption("Cacti"),
                    chart(
                        series("line", "cacti", curveType="linear", color="red-500"),
                        xAxis={"dataKey": "month", "hide": True},
                        showLegend=False,
                        minHeight=48,
                        maxHeight=64,
                        height=90,
                    ),
                    flex=1,
                ),
            ),
            size="lg",
        ),
    ),
    Sample(
        "Sizes",
        card(
            row(
                chart(series("bar", "ferns"), size=140, showLegend=False),
                chart(series("bar", "cacti"), width=120, height=100, showLegend=False),
                chart(
                    series("bar", "rain"),
                    flex=1,
                    height=100,
                    minWidth=60,
                    maxWidth=160,
                    minSize=40,
                    maxSize=160,
                    showLegend=False,
                ),
                align="end",
            ),
            size="lg",
        ),
    ),
]

SAMPLES = {
    "Icon": ICON,
    "Image": IMAGE,
    "Divider": DIVIDER,
    "Spacer": SPACER,
    "Chart": CHART,
}

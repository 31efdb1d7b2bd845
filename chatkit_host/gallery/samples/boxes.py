"""Samples of boxes, rows and columns."""

from __future__ import annotations

from chatkit_host.gallery.samples.sample import Sample
from chatkit_host.gallery.samples.trees import Tree, card, node, row, text

GROUND = "blue-200"


def block(size: int | None = 32, **props: object) -> Tree:
    """Something to be laid out."""
    sized = {} if size is None else {"size": size}
    return node("Box", **sized, **{"background": GROUND, "radius": "sm", **props})


def flows(kind: str, **flow: object) -> list[Sample]:
    """The props that every flowing container has, shown by one of them."""
    across = {"height": 72} if kind == "Row" else {}
    return [
        Sample(
            "Across and along",
            card(
                node(
                    kind,
                    block(20),
                    block(28),
                    block(36),
                    align="end",
                    justify="between",
                    gap=1,
                    **across,
                    **flow,
                ),
                node(
                    kind,
                    block(20),
                    block(28),
                    block(36),
                    align="center",
                    justify="center",
                    gap=4,
                    **flow,
                ),
            ),
        ),
        Sample(
            "Sizes",
            card(
                node(
                    kind,
                    *(block(28) for _ in range(9)),
                    wrap="wrap",
                    gap=2,
                    width="80%",
                    minWidth=120,
                    maxWidth=220,
                    height=140,
                    minHeight=40,
                    maxHeight=160,
                    background="surface-secondary",
                    **flow,
                ),
                node(kind, block(20), size=64, minSize=20, maxSize=80, border=1, **flow),
                row(
                    node(
                        kind,
                        text("flex 2", size="sm", color="#111"),
                        flex=2,
                        background=GROUND,
                        padding=2,
                        **flow,
                    ),
                    node(
                        kind,
                        text("1", size="sm", color="#111"),
                        flex=1,
                        background="green-200",
                        padding=2,
                        **flow,
                    ),
                    node(kind, width=96, aspectRatio="2 / 1", background="purple-200", **flow),
                ),
            ),
        ),
        Sample(
            "Room, borders, corners and grounds",
            card(
                node(
                    kind,
                    text("padded", size="sm"),
                    padding={"x": 4, "y": 2},
                    margin={"top": 2},
                    border={"size": 2, "style": "dashed", "color": "red-400"},
                    radius="lg",
                    **flow,
                ),
                node(
                    kind,
                    text("two sides", size="sm"),
                    padding=2,
                    border={"left": {"size": 4, "color": "discovery"}, "bottom": 1},
                    **flow,
                ),
                node(
                    kind,
                    text("light and dark", size="sm"),
                    padding="10px 20px",
                    radius="full",
                    background={"light": "#e0f2fe", "dark": "#0c4a6e"},
                    **flow,
                ),
                node(
                    kind,
                    text("a gradient", size="sm", color="#fff"),
                    padding=3,
                    radius="xl",
                    background="linear-gradient(135deg, #2f6f4f, #155e75)",
                    **flow,
                ),
            ),
        ),
    ]


GROUNDS = ("surface", "surface-secondary", "surface-tertiary", "surface-elevated")

BOX = [
    Sample(
        "Directions",
        card(
            row(
                node("Box", block(24), block(24), direction="row", gap=1, border=1, padding=2),
                node("Box", block(24), block(24), direction="col", gap=1, border=1, padding=2),
            )
        ),
    ),
    Sample(
        "Grounds",
        card(
            row(*(block(48, background=ground, border=1, radius="md") for ground in GROUNDS)),
            row(
                *(
                    block(28, background=f"{colour}-400")
                    for colour in (
                        "gray",
                        "red",
                        "orange",
                        "yellow",
                        "green",
                        "blue",
                        "purple",
                        "pink",
                    )
                )
            ),
        ),
    ),
    Sample(
        "Corners",
        card(
            row(
                *(
                    block(36, radius=radius)
                    for radius in (
                        "none",
                        "2xs",
                        "xs",
                        "sm",
                        "md",
                        "lg",
                        "xl",
                        "2xl",
                        "3xl",
                        "4xl",
                        "full",
                        "100%",
                    )
                ),
                wrap="wrap",
            )
        ),
    ),
    *flows("Box"),
]

TRANSITION = [
    Sample(
        "Around what changes",
        card(
            node("Transition", children=text("It comes in gently.", key="one")),
        ),
    ),
]

BASIC = [
    Sample(
        "No card around",
        node(
            "Basic",
            node("Title", value="No card around"),
            text("A root that only lays out."),
            node("Hologram", text("Inside a component that nobody knows")),
            gap=3,
        ),
    ),
    Sample(
        "In a row, always dark",
        node(
            "Basic",
            block(32),
            block(24),
            text("Whatever the page looks like"),
            direction="row",
            align="center",
            justify="between",
            padding=3,
            theme="dark",
        ),
    ),
]

SAMPLES = {
    "Box": BOX,
    "Row": flows("Row"),
    "Col": flows("Col"),
    "Transition": TRANSITION,
    "Basic": BASIC,
}

"""Samples of buttons."""

from __future__ import annotations

from chatkit_host.gallery.samples.sample import Sample
from chatkit_host.gallery.samples.trees import Tree, card, node, row

SIZES = ("3xs", "2xs", "xs", "sm", "md", "lg", "xl", "2xl", "3xl")

BUTTON_COLOURS = (
    "primary",
    "secondary",
    "info",
    "discovery",
    "success",
    "caution",
    "warning",
    "danger",
)


def button(label: str = "", **props: object) -> Tree:
    told = {"label": label} if label else {}
    return node(
        "Button", **told, onClickAction={"type": "press", "payload": {"label": label}}, **props
    )


BUTTON = [
    Sample(
        "Colours and variants",
        card(
            *(
                row(
                    *(
                        button(colour.title(), color=colour, variant=variant, size="sm")
                        for colour in BUTTON_COLOURS
                    ),
                    wrap="wrap",
                    gap=1,
                )
                for variant in ("solid", "soft", "outline", "ghost")
            ),
            size="lg",
        ),
    ),
    Sample(
        "Sizes",
        card(
            row(
                *(button(size, size=size, style="primary") for size in SIZES),
                wrap="wrap",
                align="center",
            ),
        ),
    ),
    Sample(
        "Icons and shapes",
        card(
            row(
                button("Start", iconStart="play", pill=True),
                button("Next", iconEnd="chevron-right", style="primary", pill=True),
                button(iconStart="dots-horizontal", uniform=True, variant="ghost"),
                button(iconStart="sparkle", iconSize="2xl", style="secondary"),
                button("Disabled", disabled=True, style="primary"),
                wrap="wrap",
            ),
            button("As wide as the card", block=True, style="primary", size="xl"),
        ),
    ),
    Sample(
        "Sends the form around it",
        node(
            "Basic",
            node(
                "Form",
                node("Input", name="name", placeholder="Name", required=True),
                button("Send", submit=True, style="primary"),
                direction="row",
                align="center",
                onSubmitAction={"type": "send"},
            ),
        ),
    ),
]

SAMPLES = {"Button": BUTTON}

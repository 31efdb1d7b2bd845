"""Samples of components that show words."""

from __future__ import annotations

from chatkit_host.gallery.samples.sample import Sample
from chatkit_host.gallery.samples.trees import caption, card, col, each, node, row, text

TOKENS = ("primary", "secondary", "tertiary", "success", "warning", "danger")
LONG = "Water the fern, then the orchid, then the cactus, and the fern again. " * 3

TEXT = [
    Sample(
        "Sizes and weights",
        card(
            *each("Text", "size", ("xs", "sm", "md", "lg", "xl")),
            row(*each("Text", "weight", ("normal", "medium", "semibold", "bold")), wrap="wrap"),
            row(text("italic", italic=True), text("struck", lineThrough=True)),
        ),
    ),
    Sample(
        "Colours",
        card(
            row(*each("Text", "color", TOKENS, size="sm"), wrap="wrap"),
            row(
                text("red-500", color="red-500", size="xl", weight="bold"),
                text("light and dark", color={"light": "#7a1fa2", "dark": "#ffd54f"}),
                text("css", color="oklch(0.62 0.15 250)", size="xl", weight="bold"),
                wrap="wrap",
            ),
        ),
    ),
    Sample(
        "Lines",
        card(
            text("One line that is too long to be shown in full: " + LONG, truncate=True),
            text("Two lines at most: " + LONG, maxLines=2),
            text("Room for two lines", minLines=2),
            text("at the start"),
            text("in the middle", textAlign="center"),
            text("at the end", textAlign="end"),
            text("A width of 160 pixels, then a new line", width=160, size="sm"),
        ),
    ),
    Sample(
        "Editable, and still growing",
        card(
            text(
                "Boston fern",
                size="lg",
                weight="semibold",
                editable={
                    "name": "title",
                    "required": True,
                    "placeholder": "What it is called",
                },
            ),
            text("Three ferns want larger pots, and", id="growing", streaming=True),
        ),
    ),
]

TITLE = [
    Sample(
        "Sizes", card(*each("Title", "size", ("sm", "md", "lg", "xl", "2xl", "3xl", "4xl", "5xl")))
    ),
    Sample(
        "Weights, colours and lines",
        card(
            row(
                *each("Title", "weight", ("normal", "medium", "semibold", "bold"), size="sm"),
                wrap="wrap",
            ),
            node("Title", value="In a colour", size="sm", color="discovery"),
            node("Title", value="At the end", size="sm", textAlign="end"),
            node("Title", value=LONG, size="sm", truncate=True),
            node("Title", value=LONG, size="sm", maxLines=2),
        ),
    ),
]

CAPTION = [
    Sample(
        "Sizes and weights",
        card(
            row(*each("Caption", "size", ("sm", "md", "lg"))),
            row(*each("Caption", "weight", ("normal", "medium", "semibold", "bold"))),
        ),
    ),
    Sample(
        "Colours and lines",
        card(
            row(*each("Caption", "color", TOKENS), wrap="wrap"),
            caption("At the end", textAlign="end"),
            caption(LONG, truncate=True),
            caption(LONG, maxLines=2),
        ),
    ),
]

MARKDOWN = [
    Sample(
        "What it takes",
        card(
            node(
                "Markdown",
                value="""\
### Repotting

**Loosen** the roots, and choose a pot that is *a hand wider*. See [the handbook](https://example.com).

1. Water it the day before.
2. Put `one third` of new soil into the pot.

- [x] pot
- [ ] soil

| Plant | Water |
|:------|------:|
| Fern  | 300 ml |

> A day too early, never one too late.
""",
            )
        ),
    ),
    Sample(
        "Still growing",
        card(node("Markdown", id="growing", value="Three ferns **want larg", streaming=True)),
    ),
]

BADGE_COLOURS = ("secondary", "success", "danger", "warning", "info", "discovery")

BADGE = [
    Sample(
        "Colours and variants",
        card(
            *(
                row(*each("Badge", "color", BADGE_COLOURS, variant=variant), wrap="wrap")
                for variant in ("soft", "solid", "outline")
            )
        ),
    ),
    Sample(
        "Sizes and pills",
        card(
            row(*each("Badge", "size", ("sm", "md", "lg"), color="info")),
            row(
                *each(
                    "Badge",
                    "size",
                    ("sm", "md", "lg"),
                    color="discovery",
                    variant="solid",
                    pill=True,
                )
            ),
        ),
    ),
]

LABEL = [
    Sample(
        "Beside its field",
        card(
            col(
                node("Label", value="Name of the plant", fieldName="plant"),
                node("Input", name="plant", placeholder="Boston fern"),
                gap=1,
            ),
        ),
    ),
    Sample(
        "Sizes, weights and colours",
        card(
            row(
                *(
                    node("Label", value=size, fieldName="a", size=size)
                    for size in ("xs", "sm", "md", "lg", "xl")
                ),
                align="baseline",
            ),
            row(
                *(
                    node("Label", value=weight, fieldName="a", weight=weight)
                    for weight in ("normal", "medium", "semibold", "bold")
                ),
                wrap="wrap",
            ),
            node("Label", value="in a colour", fieldName="a", color="danger"),
            node("Label", value="at the end", fieldName="a", textAlign="end"),
            node("Input", name="a", placeholder="The field of them all"),
        ),
    ),
]

SAMPLES = {
    "Text": TEXT,
    "Title": TITLE,
    "Caption": CAPTION,
    "Markdown": MARKDOWN,
    "Badge": BADGE,
    "Label": LABEL,
}

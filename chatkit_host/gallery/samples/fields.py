"""Samples of what one types into, and of forms."""

from __future__ import annotations

from chatkit_host.gallery.samples.boxes import flows
from chatkit_host.gallery.samples.sample import Sample
from chatkit_host.gallery.samples.trees import card, col, node, row

SOME_SIZES = ("xs", "md", "lg", "2xl")

INPUT = [
    Sample(
        "Kinds",
        card(
            node(
                "Input",
                name="name",
                placeholder="Name",
                required=True,
                autoFocus=False,
                autoSelect=True,
            ),
            node("Input", name="pots", inputType="number", defaultValue="2"),
            node(
                "Input",
                name="code",
                placeholder="Three digits",
                pattern="[0-9]{3}",
                allowAutofillExtensions=False,
            ),
            node("Input", name="gone", placeholder="Disabled", disabled=True),
        ),
    ),
    Sample(
        "Looks",
        card(
            node("Input", name="a", placeholder="outline", variant="outline"),
            node("Input", name="b", placeholder="soft", variant="soft"),
            node("Input", name="c", placeholder="pill", pill=True),
            node("Input", name="d", placeholder="with room at its edges", gutterSize="xl"),
        ),
    ),
    Sample(
        "Sizes",
        card(*(node("Input", name=size, placeholder=size, size=size) for size in SOME_SIZES)),
    ),
]

TEXTAREA = [
    Sample(
        "Rows",
        card(
            node(
                "Textarea",
                name="notes",
                placeholder="Notes",
                rows=2,
                required=True,
                autoFocus=False,
            ),
            node(
                "Textarea",
                name="more",
                autoResize=True,
                maxRows=4,
                autoSelect=True,
                defaultValue="It grows\nwith what is written,\nup to four lines",
            ),
            node(
                "Textarea",
                name="gone",
                placeholder="Disabled",
                rows=1,
                disabled=True,
                allowAutofillExtensions=False,
            ),
        ),
    ),
    Sample(
        "Looks",
        card(
            node("Textarea", name="a", placeholder="outline", variant="outline", rows=1),
            node("Textarea", name="b", placeholder="soft", variant="soft", rows=1, pattern=".+"),
            node(
                "Textarea",
                name="c",
                placeholder="small, with little room",
                size="sm",
                gutterSize="2xs",
                rows=1,
            ),
        ),
    ),
]

FORM = [
    Sample(
        "A form of its own",
        card(
            node(
                "Form",
                col(
                    node("Label", value="Name", fieldName="plant.name"),
                    node(
                        "Input", name="plant.name", placeholder="What it is called", required=True
                    ),
                    gap=1,
                ),
                node("Checkbox", name="gift", label="It is a gift"),
                row(node("Spacer"), node("Button", label="Save", style="primary", submit=True)),
                direction="col",
                gap=3,
                onSubmitAction={"type": "plant.save", "payload": {"shop": 7}},
            )
        ),
    ),
    Sample(
        "From side to side, and a box like any other",
        card(
            node(
                "Form",
                node("Input", name="query", placeholder="Find a plant"),
                node("Button", label="Find", submit=True),
                direction="row",
                align="center",
                justify="between",
                gap=2,
                padding=3,
                radius="lg",
                background="surface-secondary",
                border=1,
                onSubmitAction={"type": "find"},
            )
        ),
    ),
    *flows("Form"),
]

SAMPLES = {"Input": INPUT, "Textarea": TEXTAREA, "Form": FORM}

"""Samples of cards, lists and tables."""

from __future__ import annotations

from chatkit_host.gallery.samples.sample import Sample
from chatkit_host.gallery.samples.trees import (
    PICTURE,
    Tree,
    caption,
    card,
    col,
    node,
    row,
    text,
)

PLANT_FORM = card(
    text("Boston fern", size="lg", weight="semibold", editable={"name": "title", "required": True}),
    node("Label", value="Name", fieldName="plant.name"),
    node("Input", name="plant.name", placeholder="What it is called", required=True),
    row(
        col(
            node("Label", value="Pots", fieldName="plant.pots"),
            node("Input", name="plant.pots", inputType="number", defaultValue="2", variant="soft"),
            flex=1,
        ),
        col(
            node("Label", value="Planted", fieldName="planted"),
            node(
                "DatePicker",
                name="planted",
                block=True,
                clearable=True,
                defaultValue="2026-11-24T00:00:00",
                min="2026-11-03",
            ),
            flex=1,
        ),
    ),
    node("Label", value="Place", fieldName="place"),
    node(
        "Select",
        name="place",
        block=True,
        clearable=True,
        placeholder="Where it stands",
        options=[
            {"value": "half shade", "label": "Half shade"},
            {"value": "full sun", "label": "Full sun"},
            {
                "value": "a dark corner",
                "label": "A dark corner",
                "description": "Only for the patient",
            },
        ],
    ),
    node("Label", value="Notes", fieldName="notes"),
    node("Textarea", name="notes", rows=2, autoResize=True, placeholder="Anything else"),
    node(
        "RadioGroup",
        name="water",
        ariaLabel="Water",
        direction="row",
        defaultValue="weekly",
        options=[
            {"value": "daily", "label": "Daily"},
            {"value": "weekly", "label": "Weekly"},
            {"value": "never", "label": "Never", "disabled": True},
        ],
    ),
    node("Checkbox", name="gift", label="It is a gift", defaultChecked=True),
    asForm=True,
    size="md",
    status={"text": "New plant", "icon": "notebook-pencil"},
    confirm={"label": "Plant it", "action": {"type": "plant.add", "payload": {"shop": 7}}},
    cancel={"label": "Not now", "action": {"type": "plant.forget"}},
)

CARD = [
    Sample("A form, with two buttons", PLANT_FORM),
    Sample(
        "Sizes",
        node(
            "Basic",
            *(card(text(size, size="sm"), size=size) for size in ("sm", "md", "lg", "full")),
            gap=2,
        ),
    ),
    Sample(
        "Status, ground and border",
        card(
            node("Title", value="Order 7"),
            text("Three pots."),
            status={"text": "Fern & Co", "favicon": PICTURE, "frame": True},
            background={"light": "#f0fdf4", "dark": "#0f2417"},
            border={"size": 1, "color": "green-500"},
            padding=6,
        ),
    ),
    Sample(
        "Folded up",
        card(
            node("Title", value="Ordered"),
            text("Three pots."),
            collapsed=True,
            status={"text": "Order 7 is on its way", "icon": "check-circle"},
        ),
    ),
    Sample(
        "Always dark",
        card(
            node("Title", value="Always dark"),
            text("Whatever the page looks like.", color="secondary"),
            node("Button", label="Fine", style="primary"),
            theme="dark",
            background="linear-gradient(120deg, #143, #102)",
            size="sm",
        ),
    ),
]

PLANTS = (
    ("Boston fern", "Half shade and damp soil", "12 €", "green"),
    ("Golden barrel", "Full sun, hardly any water", "18 €", "yellow"),
    ("Moth orchid", "Bright shade, a bath a week", "24 €", "purple"),
    ("Spider plant", "Anything goes", "6 €", "teal"),
    ("Rubber tree", "Bright, evenly damp", "31 €", "red"),
)


def item(name: str, care: str, price: str, colour: str, **props: object) -> Tree:
    leaf = node("Icon", name="lucide:leaf", color=f"{colour}-700")
    return node(
        "ListViewItem",
        node(
            "Box",
            leaf,
            background=f"{colour}-200",
            radius="md",
            size=40,
            align="center",
            justify="center",
        ),
        col(text(name, weight="semibold", size="sm"), caption(care), gap=0),
        node("Spacer"),
        node("Badge", label=price, color="success"),
        key=name,
        onClickAction={"type": "shelf.choose", "payload": {"id": name}},
        **props,
    )


PLANT_LIST = node(
    "ListView",
    *(item(*plant) for plant in PLANTS),
    limit=3,
    status={"text": "Plants in the shop", "favicon": PICTURE, "frame": True},
)

LIST_VIEW = [
    Sample("With a limit", PLANT_LIST),
    Sample(
        "All of it, always dark",
        node(
            "ListView",
            *(item(*plant) for plant in PLANTS[:2]),
            limit="auto",
            theme="dark",
            status={"text": "At night", "icon": "sparkle"},
        ),
    ),
]

LIST_VIEW_ITEM = [
    Sample(
        "One that can be clicked, one that cannot",
        node(
            "ListView",
            item(*PLANTS[0], gap=4, align="center"),
            node(
                "ListViewItem",
                text("Only to read"),
                node("Badge", label="6 €"),
                gap=1,
                align="start",
            ),
        ),
    ),
]


def cell(*children: Tree, **props: object) -> Tree:
    return node("Table.Cell", *children, **props)


def head(*names: str) -> Tree:
    *most, last = names
    return node(
        "Table.Row",
        *(cell(text(name)) for name in most),
        cell(text(last), align="end"),
        header=True,
    )


PRICES = node(
    "Table",
    head("Plant", "Light", "Price"),
    *(
        node(
            "Table.Row",
            cell(text(name, weight="medium"), colSize="lg"),
            cell(node("Badge", label=light, color="info")),
            cell(text(price), align="end"),
            key=name,
        )
        for name, light, price in (
            ("Boston fern", "shade", "12 €"),
            ("Golden barrel", "sun", "18 €"),
        )
    ),
    node(
        "Table.Row",
        cell(text("Both", weight="semibold"), colSpan=2),
        cell(text("30 €", weight="semibold"), align="end"),
    ),
)

TABLE = [Sample("Prices", card(PRICES, size="lg"))]

TABLE_ROW = [
    Sample(
        "A head and a row",
        card(
            node(
                "Table",
                head("Plant", "Price"),
                node("Table.Row", cell(text("Boston fern")), cell(text("12 €"), align="end")),
            )
        ),
    ),
]

TABLE_CELL = [
    Sample(
        "Widths, spans and places",
        card(
            node(
                "Table",
                node(
                    "Table.Row",
                    cell(text("two rows"), rowSpan=2, vAlign="center", colSize="sm"),
                    cell(text("wide"), colSpan=2, align="center"),
                ),
                node(
                    "Table.Row",
                    cell(text("120 pixels", size="sm"), width=120, vAlign="end"),
                    cell(text("padded", size="sm"), padding={"x": 4, "y": 5}, align="end"),
                ),
            ),
            size="lg",
        ),
    ),
]

SAMPLES = {
    "Card": CARD,
    "ListView": LIST_VIEW,
    "ListViewItem": LIST_VIEW_ITEM,
    "Table": TABLE,
    "Table.Row": TABLE_ROW,
    "Table.Cell": TABLE_CELL,
}

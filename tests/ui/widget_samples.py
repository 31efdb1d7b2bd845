"""Widgets with every component and its props: for screenshots, and to see that all is shown."""

from __future__ import annotations

from typing import Any

PICTURE = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR42mNk+M/AwMDA"
    "xAAGDAwMAAkDAQGx0nUmAAAAAElFTkSuQmCC"
)


def text(value: str, **props: Any) -> dict[str, Any]:
    return {"type": "Text", "value": value, **props}


def row(*children: Any, **props: Any) -> dict[str, Any]:
    return {"type": "Row", "children": list(children), **props}


def col(*children: Any, **props: Any) -> dict[str, Any]:
    return {"type": "Col", "children": list(children), **props}


def card(*children: Any, **props: Any) -> dict[str, Any]:
    return {"type": "Card", "children": list(children), **props}


WORDS = card(
    {"type": "Title", "value": "Repotting day", "size": "xl"},
    text("Three ferns want larger pots, and one of them a darker corner."),
    {"type": "Caption", "value": "Updated a minute ago"},
    *(text(f"Text {size}", size=size) for size in ("xs", "sm", "md", "lg", "xl")),
    *(
        {"type": "Title", "value": f"Title {size}", "size": size}
        for size in ("sm", "md", "lg", "2xl", "3xl")
    ),
    row(*({"type": "Caption", "value": size, "size": size} for size in ("sm", "md", "lg"))),
    row(
        *(
            text(name, color=name, size="sm")
            for name in ("primary", "secondary", "tertiary", "success", "warning", "danger")
        ),
        wrap="wrap",
    ),
    row(
        text("red-500", color="red-500"),
        text("light and dark", color={"light": "#a0f", "dark": "#fc0"}),
        text("css", color="oklch(0.6 0.2 250)"),
    ),
    row(*(text(weight, weight=weight) for weight in ("normal", "medium", "semibold", "bold"))),
    row(
        text("italic", italic=True),
        text("struck", lineThrough=True),
        {"type": "Spacer"},
        text("end", textAlign="end"),
    ),
    text("One line that is far too long to be shown in full in the width of a card", truncate=True),
    text(
        "Two lines at most: " + "water the fern, then the orchid, then the cactus; " * 4, maxLines=2
    ),
    {
        "type": "Markdown",
        "value": "**Markdown** with `code`, a [link](https://example.com),\n\n- a list\n- of two",
    },
    size="md",
)

BADGES = card(
    *(
        row(
            *(
                {
                    "type": "Badge",
                    "label": colour,
                    "color": colour,
                    "variant": variant,
                    "pill": variant == "outline",
                }
                for colour in ("secondary", "success", "danger", "warning", "info", "discovery")
            ),
            wrap="wrap",
        )
        for variant in ("soft", "solid", "outline")
    ),
    row(
        *(
            {"type": "Badge", "label": size, "size": size, "color": "info"}
            for size in ("sm", "md", "lg")
        )
    ),
    {"type": "Divider"},
    row(
        *(
            {"type": "Icon", "name": name, "size": size}
            for name, size in zip(
                (
                    "sparkle",
                    "bolt",
                    "calendar",
                    "map-pin",
                    "star-filled",
                    "lucide:sprout",
                    "vendor:own",
                ),
                ("xs", "sm", "md", "lg", "xl", "2xl", "3xl"),
                strict=True,
            )
        )
    ),
    {"type": "Divider", "color": "strong", "size": 2, "spacing": 2, "flush": True},
    row(
        {"type": "Image", "src": PICTURE, "alt": "Colours", "size": 56, "radius": "full"},
        {
            "type": "Image",
            "src": PICTURE,
            "alt": "Colours",
            "width": 96,
            "height": 56,
            "frame": True,
        },
        {"type": "Image", "src": "https://elsewhere.example/spy.png", "alt": "A fern", "size": 56},
        {
            "type": "Image",
            "src": PICTURE,
            "alt": "Wide",
            "flex": 1,
            "aspectRatio": "3 / 1",
            "radius": "md",
        },
    ),
    row(
        {"type": "Box", "size": 40, "background": "surface-secondary", "radius": "sm"},
        {"type": "Box", "size": 40, "background": "blue-200", "radius": "md", "border": 1},
        {
            "type": "Box",
            "size": 40,
            "background": "linear-gradient(135deg, #2f6f4f, #9dd)",
            "radius": "xl",
        },
        {
            "type": "Box",
            "size": 40,
            "border": {"size": 2, "color": "red-400", "style": "dashed"},
            "radius": "lg",
        },
        {"type": "Box", "size": 40, "border": {"y": 3, "left": {"size": 1, "color": "strong"}}},
        {
            "type": "Box",
            "flex": 1,
            "padding": {"x": 3, "y": 2},
            "background": {"light": "#eef", "dark": "#223"},
            "children": [text("padded", size="sm")],
        },
    ),
    status={"text": "Fern & Co", "icon": "sparkle"},
)

BUTTONS = card(
    *(
        row(
            *(
                {
                    "type": "Button",
                    "label": colour.title(),
                    "color": colour,
                    "variant": variant,
                    "size": "md",
                    "onClickAction": {"type": "press"},
                }
                for colour in (
                    "primary",
                    "secondary",
                    "info",
                    "discovery",
                    "success",
                    "warning",
                    "danger",
                )
            ),
            wrap="wrap",
        )
        for variant in ("solid", "soft", "outline", "ghost")
    ),
    row(
        *(
            {"type": "Button", "label": size, "size": size, "style": "primary"}
            for size in ("3xs", "2xs", "xs", "sm", "md", "lg", "xl", "2xl", "3xl")
        ),
        wrap="wrap",
    ),
    row(
        {"type": "Button", "label": "Start", "iconStart": "play", "pill": True},
        {
            "type": "Button",
            "label": "Next",
            "iconEnd": "chevron-right",
            "style": "primary",
            "pill": True,
        },
        {"type": "Button", "iconStart": "dots-horizontal", "uniform": True, "variant": "ghost"},
        {"type": "Button", "label": "Disabled", "disabled": True, "style": "primary"},
    ),
    {
        "type": "Button",
        "label": "As wide as the card",
        "block": True,
        "style": "primary",
        "size": "xl",
    },
    size="lg",
)

OPTIONS = [
    {"value": each.lower(), "label": each} for each in ("Half shade", "Full sun", "A dark corner")
]
OPTIONS[2]["description"] = "Only for the patient"

FORM = {
    "type": "Card",
    "asForm": True,
    "size": "md",
    "status": {"text": "New plant", "icon": "notebook-pencil"},
    "confirm": {"label": "Plant it", "action": {"type": "plant.add", "payload": {"shop": 7}}},
    "cancel": {"label": "Not now", "action": {"type": "plant.forget"}},
    "children": [
        text(
            "Boston fern",
            size="lg",
            weight="semibold",
            editable={"name": "title", "required": True},
        ),
        {"type": "Label", "value": "Name", "fieldName": "plant.name"},
        {
            "type": "Input",
            "name": "plant.name",
            "placeholder": "What it is called",
            "required": True,
        },
        row(
            col(
                {"type": "Label", "value": "Pots", "fieldName": "plant.pots"},
                {
                    "type": "Input",
                    "name": "plant.pots",
                    "inputType": "number",
                    "defaultValue": "2",
                    "variant": "soft",
                },
                flex=1,
            ),
            col(
                {"type": "Label", "value": "Planted", "fieldName": "planted"},
                {
                    "type": "DatePicker",
                    "name": "planted",
                    "block": True,
                    "clearable": True,
                    "defaultValue": "2026-11-24T00:00:00",
                    "min": "2026-11-03",
                },
                flex=1,
            ),
        ),
        {"type": "Label", "value": "Place", "fieldName": "place"},
        {
            "type": "Select",
            "name": "place",
            "options": OPTIONS,
            "placeholder": "Where it stands",
            "block": True,
            "clearable": True,
        },
        {"type": "Label", "value": "Notes", "fieldName": "notes"},
        {
            "type": "Textarea",
            "name": "notes",
            "rows": 2,
            "autoResize": True,
            "placeholder": "Anything else",
        },
        {
            "type": "RadioGroup",
            "name": "water",
            "ariaLabel": "Water",
            "direction": "row",
            "defaultValue": "weekly",
            "options": [
                {"value": "daily", "label": "Daily"},
                {"value": "weekly", "label": "Weekly"},
                {"value": "never", "label": "Never", "disabled": True},
            ],
        },
        {"type": "Checkbox", "name": "gift", "label": "It is a gift", "defaultChecked": True},
    ],
}

LIST = {
    "type": "ListView",
    "limit": 3,
    "status": {"text": "Plants in the shop", "favicon": PICTURE, "frame": True},
    "children": [
        {
            "type": "ListViewItem",
            "key": name,
            "onClickAction": {"type": "shelf.choose", "payload": {"id": name}},
            "children": [
                {
                    "type": "Box",
                    "background": f"{colour}-200",
                    "radius": "md",
                    "size": 40,
                    "align": "center",
                    "justify": "center",
                    "children": [{"type": "Icon", "name": "lucide:leaf", "color": f"{colour}-700"}],
                },
                col(
                    text(name, weight="semibold", size="sm"),
                    {"type": "Caption", "value": care},
                    gap=0,
                ),
                {"type": "Spacer"},
                {"type": "Badge", "label": price, "color": "success"},
            ],
        }
        for name, care, price, colour in (
            ("Boston fern", "Half shade and damp soil", "12 €", "green"),
            ("Golden barrel", "Full sun, hardly any water", "18 €", "yellow"),
            ("Moth orchid", "Bright shade, a bath a week", "24 €", "purple"),
            ("Spider plant", "Anything goes", "6 €", "teal"),
            ("Rubber tree", "Bright, evenly damp", "31 €", "red"),
        )
    ],
}

DATA = [
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

CHARTS = card(
    {"type": "Title", "value": "Sold this year", "size": "sm"},
    {
        "type": "Chart",
        "data": DATA,
        "xAxis": "month",
        "showYAxis": True,
        "height": 220,
        "series": [
            {"type": "bar", "dataKey": "ferns", "label": "Ferns", "stack": "a"},
            {"type": "bar", "dataKey": "cacti", "label": "Cacti", "stack": "a"},
            {"type": "line", "dataKey": "rain", "label": "Rain", "color": "discovery"},
        ],
    },
    {"type": "Divider", "flush": True},
    {
        "type": "Chart",
        "data": DATA,
        "xAxis": {"dataKey": "month", "labels": {"Jan": "January"}},
        "height": 180,
        "series": [
            {"type": "area", "dataKey": "ferns", "label": "Ferns", "curveType": "natural"},
            {"type": "area", "dataKey": "cacti", "label": "Cacti", "curveType": "step"},
        ],
    },
    size="lg",
)

TABLE = card(
    {
        "type": "Table",
        "children": [
            {
                "type": "Table.Row",
                "header": True,
                "children": [
                    {"type": "Table.Cell", "children": [text(each)], "align": align}
                    for each, align in (("Plant", "start"), ("Light", "start"), ("Price", "end"))
                ],
            },
            *(
                {
                    "type": "Table.Row",
                    "key": name,
                    "children": [
                        {
                            "type": "Table.Cell",
                            "children": [text(name, weight="medium")],
                            "colSize": "lg",
                        },
                        {
                            "type": "Table.Cell",
                            "children": [{"type": "Badge", "label": light, "color": "info"}],
                        },
                        {"type": "Table.Cell", "align": "end", "children": [text(price)]},
                    ],
                }
                for name, light, price in (
                    ("Boston fern", "shade", "12 €"),
                    ("Golden barrel", "sun", "18 €"),
                )
            ),
            {
                "type": "Table.Row",
                "children": [
                    {
                        "type": "Table.Cell",
                        "colSpan": 2,
                        "children": [text("Both", weight="semibold")],
                    },
                    {
                        "type": "Table.Cell",
                        "align": "end",
                        "children": [text("30 €", weight="semibold")],
                    },
                ],
            },
        ],
    },
    {"type": "Transition", "children": text("It comes in gently.", key="one")},
)

FOLDED = card(
    {"type": "Title", "value": "Ordered"},
    text("Three pots."),
    collapsed=True,
    status={"text": "Order 7 is on its way", "icon": "check-circle"},
)

DARK = card(
    {"type": "Title", "value": "Always dark"},
    text("Whatever the page looks like.", color="secondary"),
    {"type": "Button", "label": "Fine", "style": "primary"},
    theme="dark",
    background="linear-gradient(120deg, #143, #102)",
    size="sm",
)

BASIC = {
    "type": "Basic",
    "gap": 3,
    "children": [
        {"type": "Title", "value": "No card around"},
        text("A root that only lays out."),
        {"type": "Hologram", "children": [text("Inside something unknown")]},
    ],
}

SAMPLES: dict[str, dict[str, Any]] = {
    "words": WORDS,
    "badges": BADGES,
    "buttons": BUTTONS,
    "form": FORM,
    "list": LIST,
    "charts": CHARTS,
    "table": TABLE,
    "folded": FOLDED,
    "dark": DARK,
    "basic": BASIC,
}

"""Samples of what one chooses from."""

from __future__ import annotations

from chatkit_host.gallery.samples.sample import Sample
from chatkit_host.gallery.samples.trees import Tree, card, node, row

SOME_SIZES = ("xs", "md", "lg", "2xl")

OPTIONS: list[Tree] = [
    {"value": "half", "label": "Half shade"},
    {"value": "sun", "label": "Full sun"},
    {"value": "dark", "label": "A dark corner", "description": "Only for the patient"},
    {"value": "out", "label": "Outside", "disabled": True},
]

SELECT = [
    Sample(
        "Choices",
        card(
            node(
                "Select",
                name="place",
                options=OPTIONS,
                placeholder="Where it stands",
                block=True,
                onChangeAction={"type": "place"},
            ),
            node(
                "Select",
                name="chosen",
                options=OPTIONS,
                defaultValue="sun",
                clearable=True,
                block=True,
                searchable=True,
            ),
            node(
                "Select",
                name="gone",
                options=OPTIONS,
                placeholder="Disabled",
                disabled=True,
                block=True,
            ),
        ),
    ),
    Sample(
        "Looks",
        card(
            row(
                *(
                    node(
                        "Select",
                        name=variant,
                        options=OPTIONS,
                        placeholder=variant,
                        variant=variant,
                        size="md",
                    )
                    for variant in ("outline", "soft", "ghost", "solid")
                ),
                wrap="wrap",
            ),
            row(
                *(
                    node(
                        "Select", name=size, options=OPTIONS, placeholder=size, size=size, pill=True
                    )
                    for size in SOME_SIZES
                ),
                wrap="wrap",
                align="center",
            ),
        ),
    ),
]

DAY = "2026-11-24T00:00:00"

DATE_PICKER = [
    Sample(
        "Days",
        card(
            node(
                "DatePicker",
                name="planted",
                placeholder="Planted on",
                block=True,
                onChangeAction={"type": "planted"},
            ),
            node(
                "DatePicker",
                name="chosen",
                defaultValue=DAY,
                min="2026-11-03",
                max="2026-12-24",
                clearable=True,
                block=True,
                side="top",
                align="end",
            ),
            node("DatePicker", name="gone", placeholder="Disabled", disabled=True, block=True),
        ),
    ),
    Sample(
        "Looks",
        card(
            row(
                *(
                    node(
                        "DatePicker",
                        name=variant,
                        defaultValue=DAY,
                        variant=variant,
                        size="sm",
                        pill=variant == "soft",
                    )
                    for variant in ("outline", "soft", "ghost", "solid")
                ),
                wrap="wrap",
            )
        ),
    ),
]

CHECKBOX = [
    Sample(
        "States",
        card(
            node("Checkbox", name="gift", label="It is a gift", onChangeAction={"type": "gift"}),
            node("Checkbox", name="card", label="With a card", defaultChecked=True, required=True),
            node("Checkbox", name="gone", label="Disabled", disabled=True),
            node(
                "Checkbox",
                name="kept",
                label="Disabled and ticked",
                disabled=True,
                defaultChecked=True,
            ),
        ),
    ),
]

OFTEN: list[Tree] = [
    {"value": "daily", "label": "Daily"},
    {"value": "weekly", "label": "Weekly"},
    {"value": "never", "label": "Never", "disabled": True},
]

RADIO_GROUP = [
    Sample(
        "In a row, and in a column",
        card(
            node(
                "RadioGroup",
                name="water",
                ariaLabel="Water",
                options=OFTEN,
                direction="row",
                defaultValue="weekly",
                onChangeAction={"type": "water"},
            ),
            node("Divider"),
            node(
                "RadioGroup",
                name="feed",
                ariaLabel="Feed",
                options=OFTEN,
                direction="col",
                required=True,
            ),
            node("Divider"),
            node(
                "RadioGroup",
                name="gone",
                ariaLabel="Disabled",
                options=OFTEN,
                direction="row",
                defaultValue="daily",
                disabled=True,
            ),
        ),
    ),
]

SAMPLES = {
    "Select": SELECT,
    "DatePicker": DATE_PICKER,
    "Checkbox": CHECKBOX,
    "RadioGroup": RADIO_GROUP,
}

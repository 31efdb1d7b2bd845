"""A thread with everything that a thread can have in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chatkit_host import clock
from chatkit_host.types import (
    Annotation,
    AssistantMessageContent,
    AssistantMessageItem,
    ClientToolCallItem,
    CustomTask,
    DurationSummary,
    EndOfTurnItem,
    EntitySource,
    FileSource,
    FileTask,
    GeneratedImage,
    GeneratedImageItem,
    NoticeEvent,
    SearchTask,
    StreamEvent,
    StructuredInputFreeform,
    StructuredInputItem,
    StructuredInputMultipleChoice,
    StructuredInputMultipleChoiceOption,
    TaskItem,
    ThoughtTask,
    ThreadItemDoneEvent,
    URLSource,
    WidgetItem,
    Workflow,
    WorkflowItem,
)
from chatkit_host.widgets import DynamicWidgetRoot

PROSE = """\
## Repotting, in short

A **Boston fern** wants a new pot every *two years*, and tells you so: its roots
begin to [circle the pot](https://example.com/roots). Use `loose soil`, and water it well.

1. Take it out, and loosen its roots.
2. Choose a pot that is a hand wider.
   - Clay breathes; plastic holds water.
3. Keep it in half shade for a week.

| Plant | Light | Water |
|:------|:------|------:|
| Boston fern | half shade | 300 ml |
| Golden barrel | full sun | 40 ml |

```python
def litres(pots: int, each: float = 0.3) -> float:
    \"\"\"How much water a round takes.\"\"\"
    return pots * each  # in litres
```

> A fern forgives a day too early, never one too late.

The soil dries by $m(t) = m_0 e^{-kt}$, and so

$$\\int_0^T m(t)\\,dt = \\frac{m_0}{k}\\left(1 - e^{-kT}\\right)$$

- [x] pot
- [ ] soil
"""
PICTURE = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkaPhfDwADcgGA"
    "R0Ug9wAAAABJRU5ErkJggg=="
)


class Items:
    """Makes items with ids of their own."""

    def __init__(self, thread_id: str) -> None:
        self._thread_id = thread_id
        self._count = 0

    def base(self) -> dict[str, Any]:
        self._count += 1
        return {
            "id": f"itm_{self._thread_id}_{self._count}",
            "thread_id": self._thread_id,
            "created_at": clock.now(),
        }

    def said(self, text: str, annotations: list[Annotation] | None = None) -> AssistantMessageItem:
        part = AssistantMessageContent(text=text, annotations=annotations or [])
        return AssistantMessageItem(**self.base(), content=[part])


def reasoning(items: Items) -> WorkflowItem:
    tasks = [
        ThoughtTask(title="Weighing pots", content="Clay **breathes**. The fern likes it damp."),
        SearchTask(
            title="Looked for advice",
            queries=["repot boston fern", "fern soil"],
            sources=[URLSource(title="Ferns", url="https://www.example.com/ferns")],
        ),
        FileTask(sources=[FileSource(title="handbook.pdf", filename="handbook.pdf")]),
        CustomTask(
            title="Compared prices",
            icon="chart",
            content="Three shops.",
            status_indicator="complete",
        ),
    ]
    workflow = Workflow(type="reasoning", tasks=list(tasks), summary=DurationSummary(duration=8))
    return WorkflowItem(**items.base(), workflow=workflow)


def cited(items: Items) -> AssistantMessageItem:
    text = "Ferns are older than flowers. Ours came from the Allen nursery, as the handbook says."
    return items.said(
        text,
        [
            Annotation(
                index=28,
                source=URLSource(
                    title="Fern – an encyclopaedia",
                    url="https://www.example.com/fern",
                    description="Ferns appeared some 360 million years ago, long before flowers.",
                    attribution="Example",
                ),
            ),
            Annotation(
                index=66,
                source=EntitySource(
                    id="e1", title="Allen nursery", icon="map-pin", interactive=True
                ),
            ),
            Annotation(source=FileSource(title="Handbook", filename="handbook.pdf")),
        ],
    )


def approval(items: Items) -> WidgetItem:
    tree = {
        "type": "Card",
        "children": [
            {"type": "Title", "value": "Order three clay pots?"},
            {"type": "Text", "value": "3 × 12 €, delivered on Friday"},
            {"type": "Caption", "value": "Nothing is bought before you say so."},
        ],
        "confirm": {"label": "Order", "action": {"type": "order"}},
        "cancel": {"label": "Not now", "action": {"type": "forget"}},
    }
    return WidgetItem(**items.base(), widget=DynamicWidgetRoot.model_validate(tree))


def questions(items: Items) -> StructuredInputItem:
    options = ["Half shade", "Full sun", "A dark corner"]
    return StructuredInputItem(
        **items.base(),
        inputs=[
            StructuredInputMultipleChoice(
                id="q1",
                question="Where will it stand?",
                options=[StructuredInputMultipleChoiceOption(value=each) for each in options],
            ),
            StructuredInputFreeform(
                id="q2", question="How large is the room?", description="Roughly."
            ),
        ],
    )


def everything(thread_id: str) -> Iterator[StreamEvent]:
    """One turn that shows all there is."""
    items = Items(thread_id)
    yield ThreadItemDoneEvent(item=reasoning(items))
    yield ThreadItemDoneEvent(item=items.said(PROSE))
    yield ThreadItemDoneEvent(item=cited(items))
    task = CustomTask(title="Wrote it down", icon="notebook", content="In your *garden diary*.")
    yield ThreadItemDoneEvent(item=TaskItem(**items.base(), task=task))
    picture = GeneratedImage(id="img", url=PICTURE)
    yield ThreadItemDoneEvent(item=GeneratedImageItem(**items.base(), image=picture))
    yield NoticeEvent(level="info", message="Deliveries *rest* on Sunday.")
    yield NoticeEvent(level="warning", title="Frost", message="Keep it inside tonight.")
    yield ThreadItemDoneEvent(item=approval(items))
    yield ThreadItemDoneEvent(item=questions(items))
    yield ThreadItemDoneEvent(item=EndOfTurnItem(**items.base()))


def client_call(thread_id: str) -> Iterator[StreamEvent]:
    """A turn that ends with a call of the page."""
    base = Items(thread_id).base()
    yield ThreadItemDoneEvent(
        item=ClientToolCallItem(**base, call_id="call_1", name="look", arguments={"at": "page"})
    )

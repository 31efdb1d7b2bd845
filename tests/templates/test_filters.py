"""The filters and the test that this language adds to Jinja's."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from chatkit_host.templates import RenderError, compile_expression

SCOPE: dict[str, Any] = {
    "cats": [
        {"id": "m", "name": "Mia", "note": "Likes tuna"},
        {"id": "t", "name": "Tom", "note": "likes Mice", "age": None},
    ],
    "now": datetime(2026, 1, 2, tzinfo=UTC),
    "q": None,
}


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("(cats | find(id='t')).name", "Tom"),
        ("cats | find(id='x')", None),
        ("cats | find(id='t', name='Mia')", None),
        ("cats | search('likes') | map(attribute='id')", ["m", "t"]),
        ("cats | search('MI', 'name') | map(attribute='id')", ["m"]),
        ("cats | search('likes mi') | map(attribute='id')", ["m", "t"]),
        ("cats | search(q) | length", 2),
        ("['tuna', 'milk'] | search('un')", ["tuna"]),
        ("(cats | keyed('id')).t.name", "Tom"),
        ("{'a': 1, 'b': 2, 'c': 3} | omit('a', 'c')", {"b": 2}),
        ("'Mr. Ünder  & Söhne!' | slug", "mr-under-sohne"),
        ("12 | clamp(0, 10)", 10),
        ("-1 | clamp(0, 10)", 0),
        ("3 | clamp(0, 10)", 3),
        ("now | date", "2026-01-02"),
        ("'2026-01-02T03:04:05Z' | date('%d.%m.%Y %H:%M')", "02.01.2026 03:04"),
        ("{'a': 1} | items", [["a", 1]]),
        ("'The CAT' is match('c.t$')", True),
        ("'dog' is match('c.t')", False),
        ("cats | rejectattr('id', 'equalto', 'm') | map(attribute='id')", ["t"]),
        ("[3, 1, 3] | unique", [3, 1]),
        ("[1, 2] | reverse", [2, 1]),
    ],
)
def test_filters(source: str, value: Any) -> None:
    assert compile_expression(source).render(SCOPE) == value


@pytest.mark.parametrize("source", ["'x' is match('(?=y)')", "3 | date", "'soon' | date"])
def test_what_they_do_not_take(source: str) -> None:
    with pytest.raises(RenderError):
        compile_expression(source).render(SCOPE)

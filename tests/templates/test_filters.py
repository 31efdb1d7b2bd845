"""The filters and the tests that this language adds to Jinja's."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from chatkit_host.templates import RenderError, TemplateError, compile_expression, to_json

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
        ("cats | selectattr('note', 'contains', 'tuna') | map(attribute='id')", ["m"]),
        ("[[1, 2], [3]] | select('contains', 2) | list", [[1, 2]]),
        ("cats | select('contains', 'age') | map(attribute='id')", ["t"]),
        ("cats | rejectattr('id', 'equalto', 'm') | map(attribute='id')", ["t"]),
        ("[3, 1, 3] | unique", [3, 1]),
        ("[1, 2] | reverse", [2, 1]),
    ],
)
def test_filters(source: str, value: Any) -> None:
    assert compile_expression(source).render(SCOPE) == value


def test_json_has_no_word_for_what_is_no_number() -> None:
    given = {"a": [float("nan"), 1.5], "b": {"c": float("inf")}}
    assert to_json(given) == '{"a": [null, 1.5], "b": {"c": null}}'


@pytest.mark.parametrize("source", ["'x' is match('(?=y)')", "3 | date", "'soon' | date"])
def test_what_they_do_not_take(source: str) -> None:
    with pytest.raises(RenderError):
        compile_expression(source).render(SCOPE)


ARTICLES = [
    {"id": "back", "title": "Returning something", "words": ["refund"], "content": "In 30 days."},
    {"id": "way", "title": "Where is my parcel?", "words": ["delivery"], "content": "Return it."},
    {"id": "pay", "title": "How to pay", "words": ["card"], "content": "In 14 days."},
]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("How do I return a parcel?", ["way", "pay", "back"]),
        ("RETURNS, please", ["back", "way"]),
        ("paying by cards", ["pay"]),
        ("a refund in days", ["back", "pay"]),
        ("elephants", []),
        ("ret", []),
        ("", []),
        (None, []),
    ],
)
def test_the_best_for_a_question_come_first(question: str | None, found: list[str]) -> None:
    source = "a | search(q, 'title', 'words', 'content', best=3) | map(attribute='id')"
    assert compile_expression(source).render({"a": ARTICLES, "q": question}) == found


def test_of_the_best_there_are_no_more_than_asked_for_and_words_can_be_ignored() -> None:
    def ids(asked: str) -> Any:
        source = f"a | search('How do I return a parcel?', 'title', 'content', {asked})"
        return [each["id"] for each in compile_expression(source).render({"a": ARTICLES})]

    assert ids("best=1") == ["way"]
    assert ids("best=0") == []
    assert ids("best=3, ignore=['how', 'DO', 'i']") == ["way", "back"]
    assert ids("best=3, ignore=['how', 'parcel']") == ["back", "way"]


def test_the_best_are_sought_among_texts_too() -> None:
    source = "['tuna in oil', 'milk', 'oil'] | search('oils or tuna', best=2)"
    assert compile_expression(source).render({}) == ["tuna in oil", "oil"]


@pytest.mark.parametrize(
    ("asked", "written", "same"),
    [
        ("returns", "returning", True),
        ("deliveries", "delivery", True),
        ("shipping", "ship", True),
        ("oils", "oil", True),
        ("contact", "content", False),
        ("change", "chance", False),
        ("payment", "pay", False),
        ("how", "however", False),
    ],
)
def test_words_that_begin_alike_are_forms_of_one(asked: str, written: str, same: bool) -> None:
    for one, other in ((asked, written), (written, asked)):
        found = compile_expression("[other] | search(one, best=1)").render(
            {"one": one, "other": f"a {other} b"}
        )
        assert bool(found) is same


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (
            "cats | selectattr('id', 'equals', 'm')",
            "there is no test 'equals'; did you mean 'equalto'?",
        ),
        ("cats | rejectattr('id', 'has', 'm')", "there is no test 'has'"),
        ("cats | select('strng')", "there is no test 'strng'; did you mean 'string'?"),
        ("cats | map('uper')", "there is no filter 'uper'; did you mean 'upper'?"),
        ("cats | joinn", "there is no filter 'joinn'; did you mean 'join'?"),
        ("q is defned", "there is no test 'defned'; did you mean 'defined'?"),
    ],
)
def test_a_filter_or_test_that_is_not_there_is_found_before_it_runs(
    source: str, message: str
) -> None:
    with pytest.raises(TemplateError) as caught:
        compile_expression(source)
    assert caught.value.message == message

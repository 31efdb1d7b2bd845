"""`for`/`do`, and names that stand for a part of the state."""

from __future__ import annotations

from pathlib import Path

from tests.compiler.bots import said
from tests.steps.test_steps import going, texts

TRIP = "state: { trip: [{ id: a, seat: none }, { id: b, seat: none }], spare: { seat: none } }"


async def test_do_runs_once_for_each_element(tmp_path: Path) -> None:
    steps = """
    - for: word in ['one', 'two']
      if: true
      do: [{ message: "{{ loop.index }} of {{ loop.length }}: {{ word }}" }]
    - return: end
    """
    assert await texts(tmp_path, steps) == ["1 of 2: one", "2 of 2: two", "end"]


async def test_if_is_asked_for_each_element_when_its_turn_comes(tmp_path: Path) -> None:
    steps = """
    - let: { sum: 0 }
    - for: n in [1, 2, 3, 4]
      if: n != 2 and sum < 4
      do: [{ let: { sum: "{{ sum + n }}" } }]
    - return: "{{ sum }}"
    """
    assert await texts(tmp_path, steps) == ["4"]


async def test_the_names_of_a_loop_go_with_it_and_those_of_let_stay(tmp_path: Path) -> None:
    steps = """
    - let: { x: before, sum: 0 }
    - { for: "x, y in [[1, 2], [3, 4]]", do: [{ let: { sum: "{{ sum + x * y }}" } }] }
    - return: "{{ x }} {{ sum }} {{ y is defined }}"
    """
    assert await texts(tmp_path, steps) == ["before 14 False"]


async def test_stop_and_return_in_do_end_the_whole_list(tmp_path: Path) -> None:
    steps = "- { for: 'x in [1, 2]', do: [{ return: '{{ x }}' }] }\n- message: never"
    assert await texts(tmp_path, steps) == ["1"]


async def test_set_writes_the_part_that_let_has_named(tmp_path: Path) -> None:
    steps = """
    - let: { segment: "{{ state.trip | find(id='b') }}" }
    - set: { segment.seat: 12A }
    - return: "{{ segment.seat }}"
    """
    talk = await going(tmp_path, steps, TRIP)
    assert said(talk.events) == ["12A"]  # type: ignore[attr-defined]
    assert [each["seat"] for each in (await talk.state())["trip"]] == ["none", "12A"]


async def test_set_writes_the_parts_that_for_goes_through(tmp_path: Path) -> None:
    steps = """
    - for: segment in state.trip | selectattr('id', 'ne', 'x')
      do: [{ set: { segment.seat: "{{ loop.index }}F", segment.bags.count: 1 } }]
    """
    talk = await going(tmp_path, steps, TRIP)
    trip = (await talk.state())["trip"]
    assert trip[1] == {"id": "b", "seat": "2F", "bags": {"count": 1}}


async def test_a_loop_goes_through_what_was_there_at_its_beginning(tmp_path: Path) -> None:
    steps = """
    - for: segment in state.trip
      do: [{ set: { state.trip: "{{ state.trip + [{'id': 'c'}] }}" } }]
    """
    talk = await going(tmp_path, steps, TRIP)
    assert len((await talk.state())["trip"]) == 4


async def test_what_is_no_part_of_the_state_cannot_be_set(tmp_path: Path) -> None:
    steps = """
    - let: { row: "{{ data.rows[0] }}" }
    - set: { row.seat: 1 }
    - return: never
    """
    talk = await going(tmp_path, steps, "data: { rows: [{ seat: none }] }")
    assert "never" not in said(talk.events)  # type: ignore[attr-defined]
    assert talk.app.config.data == {"rows": [{"seat": "none"}]}


async def test_a_part_that_was_replaced_is_none_any_more(tmp_path: Path) -> None:
    steps = """
    - let: { spare: "{{ state.spare }}" }
    - set: { state.spare: { seat: new } }
    - set: { spare.seat: lost }
    - return: never
    """
    talk = await going(tmp_path, steps, TRIP)
    assert "never" not in said(talk.events)  # type: ignore[attr-defined]


async def test_setting_a_part_to_another_makes_a_copy(tmp_path: Path) -> None:
    steps = """
    - let: { spare: "{{ state.spare }}" }
    - set: { state.other: "{{ spare }}", spare.seat: mine }
    """
    talk = await going(tmp_path, steps, TRIP.replace("spare:", "other: 0, spare:"))
    state = await talk.state()
    assert (state["other"], state["spare"]) == ({"seat": "none"}, {"seat": "mine"})


async def test_widget_gives_a_checked_widget_as_a_value(tmp_path: Path) -> None:
    steps = """
    - return: "{{ widget('card', n=1).children[0].value }}/{{ widget('card', {'n': 2}).type }}"
    """
    card = """
    widgets:
      card:
        data: { n: integer }
        template: { type: Card, children: [{ type: Text, value: "n={{ n }}" }] }
    """
    assert await texts(tmp_path, steps, card) == ["n=1/Card"]


async def test_a_widget_with_data_that_does_not_fit_is_no_value(tmp_path: Path) -> None:
    card = """
    widgets: { card: { data: { n: integer }, template: { type: Card, children: [] } } }
    """
    steps = "- return: \"{{ widget('card', n='x') }}\""
    [told] = await texts(tmp_path, steps, card)
    assert told.startswith("Error: the tool failed for a reason that is not yours")

"""Requests: a good body becomes one, a bad body is told what is wrong with it, and where."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chatkit_host import types
from chatkit_host.errors import InvalidRequestError
from chatkit_host.types.codec import decode_request
from chatkit_host.types.strict import read_json

MESSAGE: dict[str, Any] = {
    "content": [{"type": "input_text", "text": "hello"}],
    "attachments": [],
    "inference_options": {},
}


def body(kind: str, **params: Any) -> str:
    return json.dumps({"type": kind, "params": params})


@pytest.mark.parametrize("kind", [str, str.encode, lambda text: bytearray(text.encode())])
def test_a_good_body_is_a_request(kind: Any) -> None:
    request = decode_request(kind(body("threads.create", input=MESSAGE)))
    assert isinstance(request, types.ThreadsCreateReq)
    assert request.params.input.content[0].text == "hello"
    assert types.is_streaming_req(request)


def test_a_listing_is_not_streamed() -> None:
    assert not types.is_streaming_req(decode_request(body("threads.list")))


def action_with(number: str) -> str:
    action = {"type": "a", "payload": {"n": "NUMBER"}}
    text = body("threads.custom_action", thread_id="t", action=action)
    return text.replace('"NUMBER"', number)


ODD = ["NaN", "-Infinity", "1e400", "1" * 400 + ".5", "1" * 250 + "e99"]


@pytest.mark.parametrize("number", ODD)
def test_a_number_that_json_does_not_know_is_refused(number: str) -> None:
    with pytest.raises(InvalidRequestError, match="number that JSON does not know"):
        decode_request(action_with(number))
    with pytest.raises(ValueError):
        read_json(number)


@pytest.mark.parametrize("number", ["1e-400", "1e300", "1" * 400, "0.1", '"NaN"', '"1e400"'])
def test_other_numbers_and_texts_are_let_through(number: str) -> None:
    decode_request(action_with(number))
    read_json(number)


HALVES = ['"\ud800"', '["\\uDC00 "]', '{"\\ud800": 1}', b'"\\ud83d"', b'"\xed\xa0\x80"']


@pytest.mark.parametrize("text", HALVES)
def test_half_a_surrogate_pair_is_no_json(text: str | bytes) -> None:
    with pytest.raises(ValueError):
        read_json(text)


@pytest.mark.parametrize("text", ['"\\ud83d\\ude00"', b'"\\ud83d\\ude00"', '"\\\\ud800"', '"😀"'])
def test_whole_pairs_and_what_only_looks_like_half_of_one_are(text: str | bytes) -> None:
    assert read_json(text) in ("😀", "\\ud800")


WRONG: list[tuple[str | bytes, str]] = [
    ("", "the body is empty; it must be a JSON object with a type"),
    (b"  \n", "the body is empty; it must be a JSON object with a type"),
    ("{", "the body is not JSON: end of text while parsing an object at line 1 column 1"),
    ("hello", "the body is not JSON: expected value at line 1 column 1"),
    ("[]", "the body must be a JSON object, not an array"),
    ("null", "the body must be a JSON object, not null"),
    ('"x"', "the body must be a JSON object, not a text"),
    ("12", "the body must be a JSON object, not a number"),
    ("true", "the body must be a JSON object, not true or false"),
    ("\ud800", "the body is not JSON: it is not UTF-8"),
    ("{}", "type: is missing"),
    ('{"type": "thread.list"}', "type: unknown type 'thread.list'; did you mean 'threads.list'?"),
    ('{"type": "threads.list"}', "params: is missing"),
    ('{"type": "threads.list", "params": 5}', "params: should be an object"),
    (body("threads.list", order="up"), "params.order: should be 'asc' or 'desc'"),
    (
        body("threads.create", input={"attachments": [7], "inference_options": {}}),
        "params.input.content: is missing; params.input.attachments.0: should be a valid string",
    ),
    (
        body("threads.create", input={**MESSAGE, "content": [{"type": "input_text"}, {}]}),
        "params.input.content.0.text: is missing; params.input.content.1.type: is missing",
    ),
    (
        body("threads.custom_action", thread_id="t", action={"payload": 1}),
        "params.action.type: is missing",
    ),
]


@pytest.mark.parametrize(("wrong", "told"), WRONG)
def test_a_bad_body_is_told_what_is_wrong(wrong: str | bytes, told: str) -> None:
    with pytest.raises(InvalidRequestError) as caught:
        decode_request(wrong)
    assert caught.value.message == told
    assert caught.value.__cause__ is None


def test_a_body_that_is_not_text_is_told_so() -> None:
    with pytest.raises(InvalidRequestError, match="the body is not JSON"):
        decode_request(b"\xff\xfe")


def test_an_unknown_type_far_from_any_is_shown_them_all() -> None:
    with pytest.raises(InvalidRequestError, match=r"expected one of threads\.create, .*"):
        decode_request('{"type": "zzz"}')


def test_only_some_of_many_problems_are_told() -> None:
    wrong = {**MESSAGE, "attachments": [1, 2, 3, 4, 5, 6, 7]}
    with pytest.raises(InvalidRequestError, match=r"attachments\.4: .*; and 2 more$"):
        decode_request(body("threads.create", input=wrong))


@pytest.mark.parametrize(
    "leaky",
    [
        body("threads.get_by_id", thread_id={"secret": "s3cret"}),
        json.dumps({"type": "threads.list s3cret=1", "params": {}}),
        body("input.transcribe", audio_base64=["s3cret"], mime_type="s3cret"),
        '{"type": "threads.list", "params": {"s3cret',
    ],
)
def test_what_is_told_never_repeats_what_was_sent(leaky: str) -> None:
    with pytest.raises(InvalidRequestError) as caught:
        decode_request(leaky)
    assert "s3cret" not in caught.value.message
    assert "pydantic" not in caught.value.message


def test_a_body_of_many_levels_is_refused() -> None:
    deep = '{"a":' * 100_000
    with pytest.raises(InvalidRequestError, match="the body is not JSON"):
        decode_request(deep)

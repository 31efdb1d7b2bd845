"""Visitors, by a signed cookie."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chatkit_host import clock
from chatkit_host.web.auth.anonymous import LIFETIME, RENEW_AFTER, AnonymousAuth
from chatkit_host.web.auth.identity import Identity

KEY = b"k" * 32
START = datetime(2026, 1, 1, tzinfo=UTC)


def scope(cookie: str | None = None, scheme: str = "http", host: str = "localhost") -> Any:
    headers = [(b"host", host.encode())]
    if cookie is not None:
        headers.append((b"cookie", cookie.encode("latin-1")))
    return {"type": "http", "scheme": scheme, "headers": headers}


def cookie_of(identity: Identity) -> str:
    """What a browser would send back."""
    return identity.headers[0][1].decode().partition(";")[0]


def test_a_visitor_is_known_again() -> None:
    auth = AnonymousAuth(KEY)
    first = auth.identify(scope())
    again = auth.identify(scope(cookie_of(first)))
    assert again.owner == first.owner == first.user["id"]
    assert again.headers == []


def test_two_visitors_are_two_owners() -> None:
    auth = AnonymousAuth(KEY)
    assert auth.identify(scope()).owner != auth.identify(scope()).owner


def test_the_cookie_is_known_after_a_restart() -> None:
    first = AnonymousAuth(KEY).identify(scope())
    assert AnonymousAuth(KEY).identify(scope(cookie_of(first))).owner == first.owner


def test_the_cookie_keeps_to_itself() -> None:
    cookie = AnonymousAuth(KEY).identify(scope()).headers[0][1].decode()
    assert "; HttpOnly" in cookie
    assert "; SameSite=Lax" in cookie
    assert "; Max-Age=34560000" in cookie
    assert "Secure" not in cookie


def test_behind_tls_the_cookie_stays_there() -> None:
    cookie = AnonymousAuth(KEY).identify(scope(scheme="https")).headers[0][1].decode()
    assert cookie.endswith("; Secure")


@pytest.mark.parametrize("value", ["", "x", "anon_1.aaaa.bbbb", '"', "a=b=c", "ü.é.ñ", "." * 5000])
def test_a_forged_cookie_makes_a_new_visitor(value: str) -> None:
    identity = AnonymousAuth(KEY).identify(scope(f"chatkit_visitor={value}"))
    assert identity.owner.startswith("anon_")
    assert identity.headers


def test_the_cookie_of_another_key_makes_a_new_visitor() -> None:
    first = AnonymousAuth(KEY).identify(scope())
    other = AnonymousAuth(b"o" * 32).identify(scope(cookie_of(first)))
    assert other.owner != first.owner
    assert other.headers


def test_nobody_becomes_somebody_by_editing_the_name() -> None:
    auth = AnonymousAuth(KEY)
    victim = auth.identify(scope()).owner
    own = cookie_of(auth.identify(scope()))
    name, _, value = own.partition("=")
    forged = f"{name}={victim}.{value.partition('.')[2]}"
    assert auth.identify(scope(forged)).owner != victim


def test_a_cookie_is_renewed_before_it_is_old(monkeypatch: pytest.MonkeyPatch) -> None:
    auth = AnonymousAuth(KEY)
    monkeypatch.setattr(clock, "now", lambda: START)
    first = auth.identify(scope())
    later = START + RENEW_AFTER + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    renewed = auth.identify(scope(cookie_of(first)))
    assert renewed.owner == first.owner
    assert renewed.headers


def test_an_old_cookie_makes_a_new_visitor(monkeypatch: pytest.MonkeyPatch) -> None:
    auth = AnonymousAuth(KEY)
    monkeypatch.setattr(clock, "now", lambda: START)
    first = auth.identify(scope())
    monkeypatch.setattr(clock, "now", lambda: START + LIFETIME + timedelta(days=1))
    assert auth.identify(scope(cookie_of(first))).owner != first.owner


def test_two_bots_on_one_machine_do_not_take_each_others_cookie() -> None:
    names = {
        cookie_of(AnonymousAuth(KEY).identify(scope(host=host))).partition("=")[0]
        for host in ("localhost:8000", "localhost:8001", "localhost", "[::1]")
    }
    assert names == {"chatkit_visitor_8000", "chatkit_visitor_8001", "chatkit_visitor"}


def test_other_cookies_do_not_matter() -> None:
    auth = AnonymousAuth(KEY)
    first = auth.identify(scope())
    cookies = f"theme=dark; {cookie_of(first)}; x=1"
    assert auth.identify(scope(cookies)).owner == first.owner

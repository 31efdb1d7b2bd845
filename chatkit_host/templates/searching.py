"""The filter `search`: all items that have every word, or the best for a question."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice, takewhile
from typing import Any

_SHORT = 3  # letters of the shortest word that has other forms: card, cards
_SHARED = 5  # letters that two forms begin with
_ENDING = 3  # letters that they may end with
_LONG = 50_000  # characters of a text that is not kept
_QUESTION = 100  # the most words of a question that are looked for


def search(
    items: Iterable[Any],
    words: str | None,
    *fields: str,
    best: int | None = None,
    ignore: Iterable[str] = (),
) -> list[Any]:
    """The items in which every word occurs, whatever its case; all of them without words.

    With `best`, that many in which some of the words occur, the best match first; words of
    `ignore` are not looked for.
    """
    if best is None:
        sought = [word.casefold() for word in (words or "").split()]
        return [each for each in items if all(word in _text(each, fields) for word in sought)]
    ignored = {str(word).casefold() for word in ignore}
    asked = [word for word in _words(str(words or "").casefold()) if word not in ignored]
    return _ranked(list(items), asked[:_QUESTION], fields)[: max(best, 0)]


def _ranked(items: list[Any], asked: Sequence[str], fields: tuple[str, ...]) -> list[Any]:
    """The items that have one of the words, by how many, how rare, and in how early a field."""
    texts = [[_read(text) for text in _parts(each, fields)] for each in items]
    scores = [0.0] * len(items)
    for word in asked:
        found = [
            max((t.has(word) / (n + 1) for n, t in enumerate(each)), default=0) for each in texts
        ]
        having = sum(1 for each in found if each)
        for place, weight in enumerate(found):
            scores[place] += weight and weight * math.log(1 + len(items) / having)
    places = sorted(range(len(items)), key=lambda place: -scores[place])
    return [items[place] for place in places if scores[place] > 0]


def _parts(item: Any, fields: tuple[str, ...]) -> list[str]:
    """The texts of an item to look into: one a field, or all in one."""
    if not isinstance(item, Mapping) or not fields:
        return [_text(item, ())]
    return [_text(item, (name,)) for name in fields]


def _text(item: Any, fields: tuple[str, ...]) -> str:
    if not isinstance(item, Mapping):
        return str(item).casefold()
    values = (item.get(name) for name in fields) if fields else item.values()
    return " ".join(str(value) for value in values if value is not None).casefold()


class _Text:
    """The words of a text, to be found by their beginnings."""

    def __init__(self, text: str) -> None:
        self._words = sorted(_words(text))
        self._set = frozenset(self._words)

    def has(self, word: str) -> bool:
        """Whether the word is there, or one that is like it."""
        shorter = (word[:length] for length in range(_SHORT, min(len(word), _SHARED)))
        return (
            word in self._set
            or any(each in self._set and _alike(each, word) for each in shorter)
            or any(_alike(each, word) for each in self._beginning_with(word[:_SHARED]))
        )

    def _beginning_with(self, start: str) -> Iterator[str]:
        following = islice(self._words, bisect_left(self._words, start), None)
        return takewhile(lambda each: each.startswith(start), following)


def _alike(one: str, other: str) -> bool:
    """Whether two words are likely forms of one: ship, shipping; returned, returning."""
    shorter, longer = sorted((one, other), key=len)
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    shared = len(list(same))
    if shared == len(shorter):
        return shared > _SHORT or (shared == _SHORT and len(longer) == shared + 1)
    return shared >= _SHARED and len(longer) - shared <= _ENDING


@lru_cache(maxsize=1024)
def _kept(text: str) -> _Text:
    return _Text(text)


def _read(text: str) -> _Text:
    """A text's words; articles are asked often, so they are read once, but for huge ones."""
    return _kept(text) if len(text) <= _LONG else _Text(text)


def _words(text: str) -> list[str]:
    """The words of a text, each once, in their order."""
    return list(dict.fromkeys(re.findall(r"\w+", text)))

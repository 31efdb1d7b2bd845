"""What a YAML error means to somebody who wrote the file."""

from __future__ import annotations

import re

import yaml

from chatkit_host.config import codes
from chatkit_host.config.places import Place
from chatkit_host.config.problems import Collector, nearest

_BRACES = re.compile(r"(?:^|[:\-,\[{])\s*(\{\{|\{%)")
_ANCHOR = re.compile(r"(?<![^\s\[{,])&([^\s,\]}]+)")
_VARIABLE = re.compile(r"[{\[,].*?(\$\{)")
_WORDS = {
    "found character that cannot start any token": "this character cannot begin a value",
    "mapping values are not allowed in this context": "a second ': ' in one line",
    "mapping values are not allowed here": "a second ': ' in one line",
    "could not find expected ':'": "a name is wanted here, with a ': ' behind it",
    "did not find expected key": "this line does not fit the ones above it",
    "did not find expected ',' or '}'": "a map in {…} is not closed, or a comma is missing",
    "did not find expected ',' or ']'": "a list in […] is not closed, or a comma is missing",
    "found unexpected end of stream": "a quote is not closed",
    "found unknown escape character": "an escape that double quotes do not know",
    "found undefined alias": "an alias without an anchor",
    "did not find expected '-' indicator": "this line does not fit the list above it",
    "did not find expected node content": "a value is missing, or begins with a sign of YAML's",
}
_WHERE_IT_BEGINS = ("not closed", "behind it")
"""Of what is not closed, where it begins says more than where the file ends."""

_CURES = {
    "expected ':'": "check the indentation, or put the text under a name",
    "mapping values": "quote the value if it has a ': ' in it, or check the indentation",
    "expected key": "check the indentation",
    "'-' indicator": "check the indentation",
    "escape": "use single quotes, which know no escapes",
    "cannot start": "quote the value",
    "node content": "quote the value",
}


def note_syntax_error(error: yaml.YAMLError, found: Collector) -> None:
    """Notes what is wrong with a text that is not YAML, in plain words."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        found.add(codes.SYNTAX, (), f"the file holds a character that YAML does not take: {error}")
        return
    text = str(getattr(error, "problem", None) or error)
    if "undefined alias" in text:
        _note_alias(found, _place(found, mark))
        return
    said = next((words for known, words in _WORDS.items() if known in text), text)
    place = _place(found, mark)
    opened = getattr(error, "context_mark", None)
    if opened and any(part in said for part in _WHERE_IT_BEGINS):
        place = _place(found, opened)
    _note_at(found, place, said, text)


def _note_alias(found: Collector, place: Place) -> None:
    """Notes an alias that stands for nothing, with the anchor that was perhaps meant."""
    lines = found.places.lines[place.file]
    name = re.match(r"\*([^\s,\]}]+)", lines[place.line - 1][place.column - 1 :])
    anchors = {each for line in lines for each in _ANCHOR.findall(line)}
    message = f"there is no anchor {name[1]!r}" if name else _WORDS["found undefined alias"]
    hint = nearest(name[1], anchors) if name else None
    cure = None if hint else "write & and the name before what it stands for, above this line"
    found.add(codes.SYNTAX, (), message, at=place, hint=hint, cure=cure)


def _place(found: Collector, mark: yaml.Mark) -> Place:
    lines = found.places.lines[found.places.file] or [""]
    if mark.line < len(lines):
        return Place(found.places.file, mark.line + 1, mark.column + 1)
    return Place(found.places.file, len(lines), len(lines[-1]) + 1)


def _note_at(found: Collector, place: Place, said: str, text: str) -> None:
    source = found.places.text(place)
    if quoted := _unquoted(source):
        place = Place(place.file, place.line, quoted[0])
        message, cure = f"{quoted[1]} begins a map to YAML", 'quote the whole value: "…"'
        found.add(codes.UNQUOTED, (), message, at=place, cure=cure)
        return
    found.add(codes.SYNTAX, (), said, at=place, cure=_cure(text, source, place.column))


def _unquoted(source: str) -> tuple[int, str] | None:
    """The column and the sign of a template or variable that wanted quotes, if the line has one."""
    bare = re.sub(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'", lambda quoted: "~" * len(quoted[0]), source)
    for pattern in (_BRACES, _VARIABLE):
        if match := pattern.search(bare):
            return match.start(1) + 1, match[1]
    return None


def _cure(text: str, source: str, column: int) -> str | None:
    if "\t" in source[: max(column, 1)]:
        return "YAML indents with spaces, never with tabs"
    return next((cure for part, cure in _CURES.items() if part in text), None)

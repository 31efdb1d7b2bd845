"""What a YAML error means to somebody who wrote the file."""

from __future__ import annotations

import re

import yaml

from chatkit_host.config import codes
from chatkit_host.config.places import Place
from chatkit_host.config.problems import Collector, nearest

_BRACES = re.compile(r"(?:^|[:\-,\[{])\s*(\{\{|\{%)")
_ANCHOR = re.compile(r"(?<![^\s\[{,])&([^\s,\]}]+)")
_FLOW = re.compile(r"[{\[,]")
_WORDS = {
    "found character that cannot start any token": "this character cannot begin a value",
    "mapping values are not allowed in this context": "a second ': ' in one line",
    "mapping values are not allowed here": "a second ': ' in one line",
    "could not find expected ':'": "a name is wanted here, with a ': ' behind it",
    "did not find expected alphabetic or numeric character": "* and & begin an alias or an anchor",
    "did not find expected comment or line break": "behind | or > the text begins in the next line",
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

_MARK_OF_GIT = re.compile(r"(<{7}|>{7}|\|{7})( |$)")
_NO_SPACE = re.compile(r"\s*(?:- )?[A-Za-z_][\w.-]*(:)[^\s:/]")
_COMMENT = re.compile(r":\s+(#)\w")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_APOSTROPHE = re.compile(r"'[^']*\w'\w")

_CURES = {
    "expected ':'": "check the indentation, or put the text under a name",
    "mapping values": "quote the value if it has a ': ' in it, or check the indentation",
    "expected key": "check the indentation",
    "alphabetic or numeric": "quote the value",
    "comment or line break": "put the text into the next line, indented, or quote it",
    "'-' indicator": "check the indentation",
    "escape": "use single quotes, which know no escapes",
    "cannot start": "quote the value",
    "node content": "quote the value",
}


def note_syntax_error(error: yaml.YAMLError, found: Collector) -> None:
    """Notes what is wrong with a text that is not YAML, in plain words."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        _note_character(found)
        return
    text = str(getattr(error, "problem", None) or error)
    if "nesting depth" in text:
        found.add(codes.TOO_LARGE, (), "the file is nested too deeply", at=_place(found, mark))
        return
    if "undefined alias" in text:
        _note_alias(found, _place(found, mark))
        return
    if known := _known_mistake(found, mark.line, text):
        place, message, cure = known
        found.add(codes.SYNTAX, (), message, at=place, cure=cure)
        return
    said = next((words for known, words in _WORDS.items() if known in text), text)
    place = _place(found, mark)
    opened = getattr(error, "context_mark", None)
    if opened and any(part in said for part in _WHERE_IT_BEGINS):
        place = _place(found, opened)
    _note_at(found, place, said, text)


def _note_character(found: Collector) -> None:
    """Notes a character that stands in no text: NUL, and others that control terminals."""
    lines = found.places.lines[found.places.file]
    sign = next((c for line in lines for c in line if _CONTROL.match(c)), "")
    row = next((i for i, line in enumerate(lines) if sign and sign in line), 0)
    column = lines[row].index(sign) + 1 if sign else 1
    named = f"the character U+{ord(sign):04X}" if sign else "a character of this file"
    place = Place(found.places.file, row + 1, column)
    found.add(codes.SYNTAX, (), f"{named} is no text to YAML", at=place, cure="take it out")


def _known_mistake(found: Collector, line: int, text: str) -> tuple[Place, str, str] | None:
    """The place, the words and the cure of a mistake whose mark stands elsewhere, if it is one."""
    file = found.places.file
    lines = found.places.lines[file]
    for number, each in enumerate(lines, 1):
        if _MARK_OF_GIT.match(each):
            cure = "choose one of the two versions, and take the marks out"
            return Place(file, number, 1), "a mark that git left where two versions meet", cure
    above = lines[line - 1] if 0 < line <= len(lines) else ""
    if "mapping values" in text and (match := _NO_SPACE.match(above)):
        place = Place(file, line, match.start(1) + 1)
        return place, "a name and its value are one text here", "put a space behind the colon"
    line = min(line, len(lines) - 1)
    here = lines[line] if lines else ""
    if "not find expected" in text and (sign := _COMMENT.search(here)):
        place = Place(file, line + 1, sign.start(1) + 1)
        return place, "a # begins a comment, and what follows is not read", "quote the value"
    if "not find expected" in text and (quote := _APOSTROPHE.search(here)):
        place = Place(file, line + 1, quote.end() - 1)
        message = "this apostrophe ends the text that began with one"
        return place, message, "write it twice (''), or put the text into \"…\""
    return None


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
    if match := _BRACES.search(bare):
        return match.start(1) + 1, match[1]
    # No pattern: on a line of a hundred thousand brackets it would look for minutes.
    opened = _FLOW.search(bare)
    at = bare.find("${", opened.end()) if opened else -1
    return (at + 1, "${") if at >= 0 else None


def _cure(text: str, source: str, column: int) -> str | None:
    if "\t" in source[: max(column, 1)]:
        return "YAML indents with spaces, never with tabs"
    return next((cure for part, cure in _CURES.items() if part in text), None)

"""Text → data with positions: YAML 1.2's core scalars and JSON's types, nothing more."""

from __future__ import annotations

import math
import re
from typing import Any

import yaml

from chatkit_host.config import codes
from chatkit_host.config.places import Path, Place, SourceMap
from chatkit_host.config.problems import Collector, ConfigProblems
from chatkit_host.config.yaml_faults import note_syntax_error

# Aliases let a small file stand for a huge one; this many values are enough for any bot.
MOST_VALUES = 100_000
DEEPEST = 60

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NAME = re.compile(r"[\w./-]+")
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_ODD_FLOAT = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


class _Loader(_Base):  # type: ignore[misc]
    """Composes nodes only; what a plain scalar means is settled here, not by YAML 1.1."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 — PyYAML's own shape


def parse(text: str, file: str) -> tuple[Any, SourceMap, Collector]:
    """Reads YAML text; gives the data, its places, and the problems found on the way.

    Raises ConfigProblems when the text is not YAML at all, since nothing can be read from it.
    """
    places = SourceMap(file)
    places.lines[file] = text.splitlines()
    found = Collector(places)
    node = _compose(text, found)
    data = None if node is None else _Reader(places, found).read(node, ())
    return data, places, found


def _compose(text: str, found: Collector) -> yaml.Node | None:
    try:
        documents = list(yaml.compose_all(text, Loader=_Loader))
    except yaml.YAMLError as error:
        note_syntax_error(error, found)
        raise ConfigProblems(found.problems) from None
    except RecursionError:
        found.add(codes.TOO_LARGE, (), "the file is nested too deeply")
        raise ConfigProblems(found.problems) from None
    if len(documents) > 1:
        place = _at(found.places, documents[1])
        cure = "one file holds one bot"
        found.add(codes.SYNTAX, (), "a second document begins here", at=place, cure=cure)
        raise ConfigProblems(found.problems)
    return documents[0] if documents else None


def _remember(places: SourceMap, path: Path, node: yaml.Node) -> None:
    places.values[path] = _at(places, node)
    if getattr(node, "style", None) in ("|", ">"):
        places.blocks.add(path)


class _TooMuchError(Exception):
    """Ends the reading of a file that would never end."""


class _Reader:
    """Turns nodes into data, one method a kind of node."""

    def __init__(self, places: SourceMap, found: Collector) -> None:
        self.places = places
        self.found = found
        self.count = 0
        self.open: list[yaml.Node] = []

    def read(self, node: yaml.Node, path: Path) -> Any:
        """The data of the whole tree."""
        try:
            return self.visit(node, path)
        except _TooMuchError as error:
            self.found.add(codes.TOO_LARGE, (), str(error))
            raise ConfigProblems(self.found.problems) from None

    def visit(self, node: yaml.Node, path: Path) -> Any:
        """The data of one node; its place is kept under its path."""
        _remember(self.places, path, node)
        self._count(node)
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node, path)
        self.open.append(node)
        try:
            if isinstance(node, yaml.SequenceNode):
                return [self.visit(each, (*path, i)) for i, each in enumerate(node.value)]
            return self.mapping(node, path)
        finally:
            self.open.pop()

    def _count(self, node: yaml.Node) -> None:
        self.count += 1
        if any(node is parent for parent in self.open):
            raise _TooMuchError("an alias stands inside of what it names, and would never end")
        if self.count > MOST_VALUES:
            raise _TooMuchError(f"the file stands for more than {MOST_VALUES:,} values")
        if len(self.open) > DEEPEST:
            raise _TooMuchError(f"the file is nested more than {DEEPEST} deep")

    def mapping(self, node: yaml.Node, path: Path) -> dict[str, Any]:
        """A map; merge keys fill in what it does not say itself."""
        result: dict[str, Any] = {}
        merged: list[yaml.Node] = []
        for key_node, value_node in node.value:
            key = self.key(key_node, value_node, path)
            if key == "<<" and not key_node.style:
                merged.append(value_node)
            elif key in result:
                self._refuse_twice(key, key_node, path)
            elif key is not None:
                self._enter(result, key, key_node, value_node, path)
        for source in merged:
            self.merge(result, source, path)
        return result

    def _refuse_twice(self, key: str | None, key_node: yaml.Node, path: Path) -> None:
        first = self.places.keys[(*path, str(key))].line
        self.found.add(
            codes.DUPLICATE_KEY,
            (*path, str(key)),
            f"{key!r} stands twice in this map",
            at=_at(self.places, key_node),
            cure=f"the first is in line {first}; keep one",
        )

    def _enter(
        self, result: dict[str, Any], key: str, key_node: yaml.Node, node: yaml.Node, path: Path
    ) -> None:
        inner = (*path, key)
        self.places.keys[inner] = _at(self.places, key_node)
        if self._is_rest_of_text(key_node, node):
            message = f"a comma ends a text inside of {{…}}, so {key!r} is a key without a value"
            place, cure = _at(self.places, key_node), "quote the text that has the comma in it"
            self.found.add(codes.UNQUOTED, inner, message, at=place, cure=cure)
            self.found.spoil(inner)
        result[key] = self.visit(node, inner)

    def key(self, node: yaml.Node, value: yaml.Node, path: Path) -> str | None:
        """A key's text, as it is written; JSON has no other keys."""
        if isinstance(node, yaml.ScalarNode):
            return str(node.value)
        place = _at(self.places, node)
        if _is_braces(node, value):
            message = "a value that begins with {{ is a map to YAML"
            self.found.add(codes.UNQUOTED, path, message, cure='quote it: "{{ … }}"')
        else:
            self.found.add(codes.NOT_JSON, path, "a key must be text", at=place)
        self.found.spoil(path)
        return None

    def _is_rest_of_text(self, key: yaml.Node, value: yaml.Node) -> bool:
        """Whether `b c` was read in `{x: a, b c}`: words that nobody quoted, and no key at all."""
        empty = isinstance(value, yaml.ScalarNode) and value.value == "" and not value.style
        if not (empty and isinstance(key, yaml.ScalarNode)):
            return False
        if key.style or _NAME.fullmatch(key.value):
            return False
        line = self.places.lines[self.places.file][key.end_mark.line]
        return not line[key.end_mark.column :].lstrip().startswith(":")

    def merge(self, result: dict[str, Any], node: yaml.Node, path: Path) -> None:
        """Fills in the keys of `<<: *name`, or of a list of them; the first one wins."""
        sources = node.value if isinstance(node, yaml.SequenceNode) else [node]
        for source in sources:
            if not isinstance(source, yaml.MappingNode):
                message = "'<<' takes a map, or a list of maps"
                self.found.add(codes.SYNTAX, path, message, at=_at(self.places, source))
                continue
            self._merge_one(result, source, path)

    def _merge_one(self, result: dict[str, Any], source: yaml.Node, path: Path) -> None:
        self._count(source)
        self.open.append(source)
        nested: list[yaml.Node] = []
        for key_node, value_node in source.value:
            key = self.key(key_node, value_node, path)
            if key == "<<" and not key_node.style:
                nested.append(value_node)
            elif key is not None and key not in result:
                self._enter(result, key, key_node, value_node, path)
        for each in nested:
            self.merge(result, each, path)
        self.open.pop()

    def scalar(self, node: yaml.ScalarNode, path: Path) -> Any:
        """A plain scalar by YAML 1.2's core schema; a quoted one is text."""
        if node.tag != "tag:yaml.org,2002:str":
            message = f"the tag {node.tag!r} has no meaning here"
            self.found.add(codes.NOT_JSON, path, message, cure="leave it out")
        elif not node.style:
            return self._plain(str(node.value), path)
        return node.value

    def _plain(self, text: str, path: Path) -> Any:
        if text in _WORDS:
            return _WORDS[text]
        if _ODD_FLOAT.fullmatch(text):
            self.found.add(codes.NOT_JSON, path, f"JSON has no number {text}", cure="quote it")
            return text
        return _number(text)


def _number(text: str) -> Any:
    if _INT.fullmatch(text) and len(text) < 1000:
        return int(text, {"0o": 8, "0x": 16}.get(text[:2], 10))
    if _FLOAT.fullmatch(text):
        number = float(text)
        return number if math.isfinite(number) else text
    return text


def _at(places: SourceMap, node: yaml.Node) -> Place:
    return Place(places.file, node.start_mark.line + 1, node.start_mark.column + 1)


def _is_braces(key: yaml.Node, value: yaml.Node) -> bool:
    """Whether an unquoted `{{ x }}` was read, which to YAML is a map with a map for its key."""
    empty = isinstance(value, yaml.ScalarNode) and value.value == ""
    return isinstance(key, yaml.MappingNode) and key.flow_style is True and empty

"""The codes of problems are stable: they are named once, explained, and documented."""

from __future__ import annotations

from pathlib import Path

from chatkit_host.config import codes

DOCS = Path(__file__).parents[2] / "docs" / "checks.md"


def test_each_code_has_a_meaning_and_a_place_in_the_docs() -> None:
    named = [value for name, value in vars(codes).items() if name.isupper() and name != "MEANINGS"]
    assert sorted(named) == sorted(set(named)) == sorted(codes.MEANINGS)
    text = DOCS.read_text(encoding="utf-8").replace("`", "")
    assert [
        code for code in named if f"### {code}: {codes.MEANINGS[code]}".replace("`", "") not in text
    ] == []


def test_each_code_has_a_mistake_and_a_cure_in_the_docs() -> None:
    """`tests/docs` looks whether each of these mistakes gives its code; CK001 is no YAML."""
    sections = DOCS.read_text(encoding="utf-8").split("\n### ")[1:]
    by_code = {section[:5]: section for section in sections}
    lacking = [
        code
        for code in codes.MEANINGS
        if f"# mistake {code}" not in by_code[code] and f"[{code}]" not in by_code[code]
    ]
    assert lacking == []
    assert [code for code in codes.MEANINGS if "Cure: " not in by_code[code]] == []

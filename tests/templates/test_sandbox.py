"""A few characters of a template can neither ask for a gigabyte nor reach beyond its data."""

from __future__ import annotations

import tracemalloc

import pytest

from chatkit_host.templates import RenderError, compile_text

GROW = "{{% set ns = namespace(x='aaaaaaaaaa') %}}{{% for i in range(60) %}}{}{{% endfor %}}"


@pytest.mark.parametrize(
    "source",
    [
        "{{ 'a' * 10**9 }}",
        "{{ 10**9 * 'a' }}",
        "{{ [1] * 10**9 }}",
        "{{ 9 ** (10**9) }}",
        "{{ 'a' | center(10**9) }}",
        "{{ 'a' | indent(10**9, first=true) }}",
        "{{ [1] | slice(10**9) | length }}",
        "{{ [1] | batch(10**9, 0) }}",
        "{{ 'a'.ljust(10**9) }}",
        "{{ 'a'.zfill(10**9) }}",
        "{{ 'a\t'.expandtabs(10**9) }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ '%*d' % (10**9, 1) }}",
        "{{ '%1000000000d' | format(1) }}",
        "{{ '{:1000000000}'.format(1) }}",
        "{{ '{:{}}'.format(1, 10**9) }}",
        "{{ ('%((a))9999s' * 70000) | format(**{'(a)': 1}) }}",
        "{{ ('%(a)9999s' * 90000) | format(a=1) }}",
        "{{ ('%9.9999f' * 90000) | format(1) }}",
        "{{ ('%(a)9999s' * 90000) % {'a': 1} }}",
        "{{ ('{0:9999}' * 90000).format(1) }}",
        "{{ ('{a:9999}' * 90000).format_map({'a': 1}) }}",
        "{{ ('%(a)s' * 90000) | format(a='x' * 90000) }}",
        "{{ ('%(a)s' * 90000) % {'a': 'x' * 90000} }}",
        "{{ ('{0}' * 90000).format('x' * 90000) }}",
        "{{ range(10**9) | list }}",
        "{{ ('a' * 100000).replace('', 'b' * 100000) }}",
        "{{ ('a' * 100000) | replace('a', 'b' * 100000) }}",
        "{{ range(99999) | join('a' * 100000) }}",
        "{{ ('a' * 100000).join(['b'] * 99999) }}",
        "{{ {} | tojson(10**9) }}",
        "{% for i in range(99999) %}{% for j in range(99999) %}aaaaaaaaaa{% endfor %}{% endfor %}",
        GROW.format("{% set ns.x = ns.x ~ ns.x %}"),
        GROW.format("{% set ns.x = ns.x + ns.x %}"),
        GROW.format("{% set ns.x %}{{ ns.x }}{{ ns.x }}{% endset %}"),
        GROW.format("{% set ns.x = [ns.x] + [ns.x] | list %}{% set ns.x = ns.x ~ ns.x %}"),
    ],
)
def test_no_template_asks_for_much(source: str) -> None:
    template = compile_text(source)
    tracemalloc.start()
    try:
        with pytest.raises(RenderError):
            template.render({})
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__ }}",
        "{{ ''['__class__'] }}",
        "{{ [''] | map(attribute='__class__') | first }}",
        "{{ '{0.__class__}'.format('') }}",
        "{{ range.__globals__ }}",
        "{{ d.update({}) }}",
        "{{ l.append(2) }}",
        "{{ l.pop() }}",
        "{{ thing.secret }}",
        "{{ lipsum() }}",
        "{{ self.__init__ }}",
        "{{ cycler.__init__ }}",
    ],
)
def test_there_is_no_way_out(source: str) -> None:
    class Thing:
        secret = "hush"

    with pytest.raises(RenderError):
        compile_text(source).render({"d": {}, "l": [1], "thing": Thing()})


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ 'ab' * 3 }}", "ababab"),
        ("{{ 2 ** 10 }}", "1024"),
        ("{{ 'a' | center(5) }}", "  a  "),
        ("{{ '%05.2f' % 3.14159 }}", "03.14"),
        ("{{ '{:.1f} {}'.format(2.25, 'x') }}", "2.2 x"),
        ("{{ '%s=%d' | format('a', 1) }}", "a=1"),
        ("{{ '%(a)s %(b)5d%%' | format(a='In 2026', b=7) }}", "In 2026     7%"),
        ("{{ '%5s|%-4s' % ('a', 'b') }}", "    a|b   "),
        ("{{ '{a:>3}'.format_map({'a': 'b'}) }}", "  b"),
        ("{{ '%s (a) (b) 5%%' | format('x' * 900000) | length }}", "900011"),
        ("{{ ('2026 ' * 900) ~ ('%s' | format(1)) | length }}", "2026 " * 900 + "1"),
        ("{{ 'banana' | replace('a', 'o') }}", "bonono"),
        ("{{ 'banana'.replace('a', 'o', 1) }}", "bonana"),
        ("{{ ', '.join(['a', 'b']) }}", "a, b"),
        ("{{ [1, 2] + [3] }}", "[1, 2, 3]"),
    ],
)
def test_what_is_of_use_still_works(source: str, text: str) -> None:
    assert compile_text(source).render({}) == text

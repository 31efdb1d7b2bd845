"""Every component, light and dark, looks as it did when somebody last looked at it.

The letters are those of a font that comes with the packages of ui/, and are not fitted to pixels:
which fonts a machine has, and how it likes them, is then no matter.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw
from playwright.async_api import Route, expect

from chatkit_host.gallery.samples import SAMPLES
from tests.ui.browser import Screen
from tests.ui.built import ROOT
from tests.ui.pictures import KEPT, compare, differing
from tests.ui.shown import gallery_of, open_gallery

FONT = ROOT / "ui/node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2"
FLAGS = ("--font-render-hinting=none", "--disable-lcd-text", "--force-color-profile=srgb")
BOT = "agents: { a: { instructions: Hi, model: openai/x } }\n"
WIDTH = 500
LARGEST = 1_500_000
"""All pictures together, in bytes: they are cloned with the source."""

PREPARED = """async (width) => {
  const font = new FontFace('Shown', 'url(/shown.woff2)', { weight: '100 900' });
  document.fonts.add(await font.load());
  const root = document.querySelector('chatkit-gallery').shadowRoot;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { height: auto !important }
    .app.gallery {
      overflow: visible;
      --chatkit-font-family: Shown;
      --chatkit-font-family-mono: Shown;
      display: block;
      height: auto;
    }
    main { overflow: visible; padding: 0 }
    .menu, .bar, .source { display: none }
    .samples { gap: 0.5rem; padding: 0.5rem 0.75rem 0; width: ${width}px }
  `);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}"""

SETTLED = """async () => {
  const root = document.querySelector('chatkit-gallery').shadowRoot;
  await document.fonts.ready;
  await Promise.all([...root.querySelectorAll('img')].map((each) => each.decode().catch(() => {})));
  for (let frames = 0; frames < 3; frames++) await new Promise(requestAnimationFrame);
}"""


async def prepare(screen: Screen) -> None:
    """Put the font onto the page, and take away what is not the samples."""

    async def give(route: Route) -> None:
        await route.fulfill(body=FONT.read_bytes(), content_type="font/woff2")

    await screen.page.context.route("**/shown.woff2", give)
    await open_gallery(screen, "component/Spacer")
    await screen.page.evaluate(PREPARED, WIDTH)


async def taken(screen: Screen, component: str) -> bytes:
    """The samples of a component."""
    await screen.page.evaluate(f"location.hash = '#/component/{component}'")
    await expect(screen.find(".bar h1")).to_have_text(component)
    await expect(screen.find(".w-widget")).to_have_count(len(SAMPLES[component]))
    if component == "Chart":
        await expect(screen.find(".w-chart svg")).to_have_count(8)
    await screen.page.evaluate(SETTLED)
    return await screen.find(".samples").screenshot(animations="disabled", caret="hide")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_component_looks_as_it_did(tmp_path: Path, scheme: Any) -> None:
    file = tmp_path / "chatkit.yaml"
    file.write_text(BOT)
    calm: Any = "reduce"
    around = {
        "color_scheme": scheme,
        "reduced_motion": calm,
        "locale": "en-GB",
        "timezone_id": "UTC",
        "viewport": {"width": 800, "height": 2400},
    }
    async with gallery_of(file, flags=FLAGS, **around) as screen:
        await prepare(screen)
        told = [compare(f"{name}-{scheme}", await taken(screen, name)) for name in SAMPLES]
        assert screen.faults == []
    assert [each for each in told if each] == []


def test_the_pictures_are_those_of_the_components_and_no_burden() -> None:
    kept = list(KEPT.glob("*.png"))
    assert {path.stem for path in kept} == {
        f"{name}-{scheme}" for name in SAMPLES for scheme in ("light", "dark")
    }
    assert sum(path.stat().st_size for path in kept) < LARGEST


def picture(*boxes: tuple[int, int, int, int], colour: str = "black") -> Image.Image:
    made = Image.new("RGB", (120, 60), "white")
    for box in boxes:
        ImageDraw.Draw(made).rectangle(box, fill=colour)
    return made


def test_small_changes_are_seen_and_soft_edges_are_not() -> None:
    before = picture((20, 20, 40, 32))
    assert differing(before, before) is None
    assert differing(before, picture((20, 20, 40, 33))) is not None
    assert differing(before, picture((20, 20, 40, 32), colour="#333")) is not None
    assert differing(before, picture((20, 20, 40, 32), (90, 40, 96, 46))) is not None
    assert differing(before, before.resize((121, 60))) is not None
    edge = before.copy()
    ImageDraw.Draw(edge).line((20, 33, 40, 33), fill="#d8d8d8")
    assert differing(before, edge) is None

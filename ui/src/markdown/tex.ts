/** Formulas. Loaded when the first one is shown, with its styles and fonts. */
import katex from 'katex';
import styles from 'katex/dist/katex.min.css?raw';

const FONTS = import.meta.glob<string>('/node_modules/katex/dist/fonts/*.woff2', {
  query: '?url',
  import: 'default',
  eager: true,
});

const sheet = new CSSStyleSheet();
sheet.replaceSync(styles.replace(/@font-face\{[^}]*\}/g, ''));
let fontsAdded = false;

/** Longer formulas take too long to typeset, and deeper ones break the browser's layout. */
const LONGEST = 4000;
const DEEPEST = 400;

export function typeset(span: HTMLElement): void {
  addStyles(span.getRootNode());
  const { tex = '', display } = span.dataset;
  const formula = typesetApart(tex, display === 'true');
  if (formula) return span.replaceChildren(...formula.childNodes);
  span.textContent = tex;
  span.classList.add('tex-broken');
}

function typesetApart(tex: string, displayMode: boolean): HTMLElement | null {
  if (tex.length > LONGEST) return null;
  const apart = document.createElement('span');
  try {
    // Into nodes, not text: a strict style-src forbids style attributes that are parsed.
    katex.render(tex, apart, {
      displayMode,
      throwOnError: true,
      strict: 'ignore',
      trust: false,
      maxExpand: 300,
      maxSize: 20,
    });
  } catch {
    return null;
  }
  return isDeeper(apart, DEEPEST) ? null : apart;
}

function isDeeper(root: Element, most: number): boolean {
  let level = [...root.children];
  for (let depth = 0; level.length; depth++) {
    if (depth > most) return true;
    level = level.flatMap((element) => [...element.children]);
  }
  return false;
}

function addStyles(root: Node): void {
  addFonts();
  if (root instanceof ShadowRoot && !root.adoptedStyleSheets.includes(sheet)) {
    root.adoptedStyleSheets.push(sheet);
  }
}

/** A shadow root's style sheet cannot bring fonts in; the document can. */
function addFonts(): void {
  if (fontsAdded) return;
  fontsAdded = true;
  for (const [path, url] of Object.entries(FONTS)) {
    const [, family, face] = /(KaTeX_\w+)-(\w+)\.woff2$/.exec(path)!;
    document.fonts.add(
      new FontFace(family!, `url("${url}")`, {
        weight: face!.includes('Bold') ? '700' : '400',
        style: face!.includes('Italic') ? 'italic' : 'normal',
        display: 'block',
      }),
    );
  }
}

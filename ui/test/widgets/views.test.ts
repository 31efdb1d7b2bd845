// @vitest-environment jsdom
import { html, render } from 'lit';
import props from '../../../chatkit_host/checks/props.json';
import icons from '../../../chatkit_host/icons.py?raw';
import types from '../../node_modules/@openai/chatkit/types/widgets.d.ts?raw';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { en } from '../../src/i18n/en';
import { protocolIcon } from '../../src/icons/protocol';
import type { Chat } from '../../src/views/chat';
import { KINDS } from '../../src/widgets/kinds';

class NoObserver {
  observe() {}
  disconnect() {}
}

const acts: unknown[] = [];
let taken = true;
const chat = {
  options: {},
  texts: en,
  locale: 'en',
  epoch: 1,
  session: {
    client: { api: { url: 'https://host.example/chatkit' } },
    current: { state: { thread: { allowed_image_domains: ['pictures.example'] } }, isResponding: false },
  },
  announce: vi.fn(),
  act: (action: unknown, itemId: string) => {
    acts.push([action, itemId]);
    return Promise.resolve(taken);
  },
} as unknown as Chat;

beforeAll(async () => {
  vi.stubGlobal('ResizeObserver', NoObserver);
  await import('../../src/widgets/widget');
  await import('../../src/widgets/chart/chart');
});
beforeEach(() => {
  acts.length = 0;
  taken = true;
  render(html``, document.body);
});

async function show(root: unknown, itemId: string | null = 'itm_1'): Promise<HTMLElement> {
  render(html`<ock-widget .chat=${chat} .root=${root} .itemId=${itemId} .epoch=${1}></ock-widget>`, document.body);
  const element = document.body.querySelector('ock-widget') as HTMLElement & { updateComplete: Promise<unknown> };
  await element.updateComplete;
  for (const each of element.querySelectorAll('ock-select, ock-date, ock-chart')) {
    await (each as typeof element).updateComplete;
  }
  return element;
}

const card = (...children: unknown[]) => ({ type: 'Card', children });
const action = { type: 'go', payload: { id: 7 } };
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('every component', () => {
  const known = Object.keys(props.components);

  test('of the Python models has a view', () => {
    expect(known.length).toBe(30);
    expect(Object.keys(KINDS).sort()).toEqual(known.sort());
  });

  test.each(Object.keys(KINDS))('%s copes with having no props, and with nonsense for props', async (type) => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const nonsense = Object.fromEntries(
      ['value', 'label', 'name', 'options', 'data', 'series', 'xAxis', 'src', 'size', 'color', 'status', 'confirm', 'limit', 'editable', 'onClickAction', 'defaultValue', 'padding', 'border', 'gap'].map(
        (prop, at) => [prop, [[], {}, 7, null, true, '__proto__', { a: { b: 1 } }][at % 7]],
      ),
    );
    const root = await show(card({ type }, { type, ...nonsense }, { type: 'Text', value: 'still here' }));
    expect(root.textContent).toContain('still here');
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  test('that is unknown shows what it holds or says', async () => {
    const root = await show(card({ type: 'Hologram', children: [{ type: 'Text', value: 'inside' }] }, { type: 'Ticker', label: 'words' }, { type: 'Void' }));
    expect(root.textContent).toContain('inside');
    expect(root.textContent).toContain('words');
  });
});

describe('words', () => {
  test('Text, Title, Caption, Badge and Label say what they have to', async () => {
    const root = await show(
      card(...['Text', 'Title', 'Caption', 'Label'].map((type) => ({ type, value: type, fieldName: 'x' })), { type: 'Badge', label: 'new', color: 'success', variant: 'solid', pill: true }),
    );
    for (const name of ['text', 'title', 'caption', 'label']) expect(root.querySelector(`.w-${name}`)?.textContent?.toLowerCase()).toBe(name);
    expect(root.querySelector('.w-badge')?.className).toBe('w-badge is-solid of-success is-pill');
  });

  test('Markdown is rendered and cleaned', async () => {
    const root = await show(card({ type: 'Markdown', value: '**bold** <script>x</script> [x](javascript:alert(1))' }));
    expect(root.querySelector('.w-markdown strong')?.textContent).toBe('bold');
    expect(root.querySelector('script')).toBeNull();
    expect(root.querySelector('a[href^=javascript]')).toBeNull();
  });

  test('text that grows keeps its element', async () => {
    const grown = (value: string) => card({ type: 'Text', id: 't', value, streaming: true });
    const before = (await show(grown('Hel'))).querySelector('.w-text');
    const after = (await show(grown('Hello'))).querySelector('.w-text');
    expect(after).toBe(before);
    expect(after?.textContent).toBe('Hello');
  });
});

describe('pictures', () => {
  test('load only from the host and from where it is allowed', async () => {
    const sources = ['/own.png', 'https://pictures.example/a.png', 'https://evil.example/a.png', 'javascript:alert(1)', 'data:text/html,x'];
    const root = await show(card(...sources.map((src) => ({ type: 'Image', src, alt: src }))));
    expect([...root.querySelectorAll('img')].map((each) => each.getAttribute('src'))).toEqual(['https://host.example/own.png', sources[1]]);
    expect(root.querySelectorAll('.w-missing').length).toBe(3);
  });

  test('every icon of the contract has a glyph of its own; others have one in common', () => {
    const names = [
      ...types.slice(types.indexOf('WidgetIcon =')).matchAll(/'([\w-]+)'/g),
      ...icons.slice(icons.indexOf('Literal[')).matchAll(/^ {8}"([\w-]+)"/gm),
    ].map(([, name]) => name!);
    expect(names.length).toBeGreaterThan(120);
    const common = protocolIcon('vendor:anything')!.node;
    expect(names.filter((name) => protocolIcon(name)!.node === common)).toEqual([]);
    expect(protocolIcon('lucide:file-pen-line')!.node).not.toBe(common);
    expect(protocolIcon('constructor')!.node).toBe(common);
  });
});

describe('actions', () => {
  test('a button sends its own', async () => {
    const root = await show(card({ type: 'Button', label: 'Go', onClickAction: { ...action, streaming: false } }));
    root.querySelector('button')!.click();
    expect(acts).toEqual([[{ ...action, streaming: false }, 'itm_1']]);
  });

  test('what is only shown sends nothing', async () => {
    const root = await show(card({ type: 'Button', label: 'Go', onClickAction: action }), null);
    root.querySelector('button')!.click();
    expect(acts).toEqual([]);
  });

  test('a form sends its values: dots nest, and what is disabled stays away', async () => {
    const root = await show({
      ...card(
        { type: 'Input', name: 'plant.name', defaultValue: 'Fern' },
        { type: 'Input', name: 'plant.pots', inputType: 'number', defaultValue: '3' },
        { type: 'Input', name: 'off', defaultValue: 'x', disabled: true },
        { type: 'Textarea', name: 'notes', defaultValue: 'damp' },
        { type: 'Text', value: 'Title', editable: { name: 'title' } },
        { type: 'Checkbox', name: 'gift', defaultChecked: true },
        { type: 'RadioGroup', name: 'water', defaultValue: 'b', options: [{ label: 'A', value: 'a' }, { label: 'B', value: 'b' }] },
        { type: 'Select', name: 'place', defaultValue: 's', options: [{ label: 'Sun', value: 's' }] },
        { type: 'DatePicker', name: 'day', defaultValue: '2026-11-24T00:00:00' },
      ),
      asForm: true,
      confirm: { label: 'Save', action },
      cancel: { label: 'No', action: { type: 'no' } },
    });
    root.querySelector('form')!.requestSubmit();
    const payload = {
      id: 7,
      plant: { name: 'Fern', pots: 3 },
      notes: 'damp',
      title: 'Title',
      gift: true,
      water: 'b',
      place: 's',
      day: '2026-11-24',
    };
    expect(acts).toEqual([[{ type: 'go', payload }, 'itm_1']]);
    await settled();
    root.querySelectorAll<HTMLElement>('.w-card-foot button')[0]!.click();
    expect(acts[1]).toEqual([{ type: 'no' }, 'itm_1']);
  });

  test('collisions are told, and the payload stays as it is offered', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const root = await show({
      ...card(...['id', 'a', 'a.b', '__proto__.x'].map((name) => ({ type: 'Input', name, defaultValue: name }))),
      asForm: true,
      confirm: { label: 'Save', action },
    });
    root.querySelector('form')!.requestSubmit();
    expect(acts).toEqual([[{ type: 'go', payload: { id: 7, a: 'a' } }, 'itm_1']]);
    expect(warn.mock.calls.map(([text]) => /field "(.*?)"/.exec(String(text))?.[1])).toEqual(['id', 'a.b', '__proto__.x']);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
    warn.mockRestore();
  });

  test('a form that is not valid is not sent', async () => {
    const form = { type: 'Form', onSubmitAction: action, children: [{ type: 'Input', name: 'a', required: true }, { type: 'Button', label: 'Send', submit: true }] };
    const root = await show(card(form));
    root.querySelector<HTMLElement>('.w-button')!.click();
    expect(acts).toEqual([]);
    root.querySelector('input')!.value = 'x';
    root.querySelector<HTMLElement>('.w-button')!.click();
    expect(acts).toEqual([[{ type: 'go', payload: { id: 7, a: 'x' } }, 'itm_1']]);
  });

  test('a change goes along with its value, and is taken back when it is refused', async () => {
    taken = false;
    const root = await show(card({ type: 'Checkbox', name: 'done', onChangeAction: { type: 'toggle' } }));
    const box = root.querySelector('input')!;
    box.click();
    expect(acts).toEqual([[{ type: 'toggle', payload: { done: true } }, 'itm_1']]);
    await settled();
    expect(box.checked).toBe(false);
  });

  test('a row of a list can be clicked, and one without an action cannot', async () => {
    const item = (more: object) => ({ type: 'ListViewItem', children: [{ type: 'Text', value: 'Fern' }], ...more });
    const root = await show({ type: 'ListView', children: [item({ onClickAction: action }), item({})] });
    expect(root.querySelectorAll('.w-hit').length).toBe(1);
    root.querySelector<HTMLElement>('.w-hit')!.click();
    expect(acts).toEqual([[action, 'itm_1']]);
  });

  test('while the whole waits, nothing else is sent', async () => {
    const button = (label: string) => ({ type: 'Button', label, onClickAction: { ...action, loadingBehavior: 'container' } });
    const root = await show(card(button('a'), button('b')));
    const [a, b] = root.querySelectorAll('button');
    a!.click();
    expect(root.inert).toBe(true);
    b!.click();
    await settled();
    expect(root.inert).toBe(false);
    expect(acts.length).toBe(1);
  });
});

describe('updates', () => {
  test('what is typed and has the focus stays; other defaults are taken in', async () => {
    const form = (first: string, second: string) =>
      card({ type: 'Title', value: first }, { type: 'Input', name: 'a', defaultValue: first }, { type: 'Input', name: 'b', defaultValue: second });
    let root = await show(form('one', 'one'));
    const [a, b] = root.querySelectorAll('input');
    a!.focus();
    a!.value = 'half typ';
    root = await show(form('two', 'two'));
    expect([...root.querySelectorAll('input')]).toEqual([a, b]);
    expect([a!.value, b!.value]).toEqual(['half typ', 'two']);
    expect(document.activeElement).toBe(a);
  });

  test('rows move with their elements', async () => {
    const list = (names: string[]) => ({ type: 'ListView', children: names.map((key) => ({ type: 'ListViewItem', key, children: [{ type: 'Text', value: key }] })) });
    const before = [...(await show(list(['a', 'b', 'c']))).querySelectorAll('.w-item')];
    const after = [...(await show(list(['c', 'a', 'b']))).querySelectorAll('.w-item')];
    expect(after).toEqual([before[2], before[0], before[1]]);
  });

  test('what did not change is not touched', async () => {
    const wide = (last: string) => card(...Array.from({ length: 300 }, (_each, at) => ({ type: 'Text', key: `k${at}`, value: at === 299 ? last : `t${at}` })));
    const root = await show(wide('before'));
    const seen: MutationRecord[] = [];
    const observer = new MutationObserver((records) => seen.push(...records));
    observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
    await show(wide('after'));
    await settled();
    observer.disconnect();
    expect(root.textContent).toContain('after');
    const touched = new Set(seen.map(({ target }) => (target instanceof Element ? target : target.parentElement)));
    expect([...touched].every((each) => each?.textContent?.trim() === 'after')).toBe(true);
  });
});

describe('lists and cards', () => {
  test('a limit keeps the rest behind a button', async () => {
    const children = [1, 2, 3, 4].map((value) => ({ type: 'ListViewItem', key: `k${value}`, children: [{ type: 'Text', value }] }));
    const root = await show({ type: 'ListView', limit: 2, children });
    expect(root.querySelectorAll('.w-item').length).toBe(2);
    expect(root.querySelector('.w-more')?.textContent).toContain('Show 2 more');
    root.querySelector<HTMLElement>('.w-more')!.click();
    await (root as unknown as { updateComplete: Promise<unknown> }).updateComplete;
    expect(root.querySelectorAll('.w-item').length).toBe(4);
  });

  test('a collapsed card says what it is, and opens', async () => {
    const root = await show({ ...card({ type: 'Title', value: 'Order 7' }, { type: 'Text', value: 'Three pots' }), collapsed: true });
    const fold = root.querySelector<HTMLElement>('.w-fold')!;
    expect(fold.textContent).toContain('Order 7');
    expect(root.textContent).not.toContain('Three pots');
    fold.click();
    await (root as unknown as { updateComplete: Promise<unknown> }).updateComplete;
    expect(root.textContent).toContain('Three pots');
    expect(root.querySelector('.w-fold')?.getAttribute('aria-expanded')).toBe('true');
  });

  test('tables have heads, spans and alignments', async () => {
    const cell = (value: string, more = {}) => ({ type: 'Table.Cell', children: [{ type: 'Text', value }], ...more });
    const root = await show(
      card({ type: 'Table', children: [{ type: 'Table.Row', header: true, children: [cell('A'), cell('B')] }, { type: 'Table.Row', children: [cell('both', { colSpan: 2, align: 'end', vAlign: 'start', colSize: 'xs' })] }] }),
    );
    expect(root.querySelectorAll('thead th[scope=col]').length).toBe(2);
    const td = root.querySelector('td')!;
    expect([td.colSpan, td.style.textAlign, td.style.verticalAlign, td.style.width]).toEqual([2, 'end', 'top', '4rem']);
  });

  test('a chart is a table for those who hear it', async () => {
    const root = await show(
      card({ type: 'Chart', data: [{ m: 'Jan', a: 1, b: 2 }, { m: 'Feb', a: 3 }], xAxis: { dataKey: 'm', labels: { Jan: 'January' } }, series: [{ type: 'bar', dataKey: 'a', label: 'A' }, { type: 'line', dataKey: 'b', label: 'B' }] }),
    );
    const rows = [...root.querySelectorAll('ock-chart table tr')].map((row) => [...row.children].map((each) => each.textContent));
    expect(rows).toEqual([['', 'A', 'B'], ['January', '1', '2'], ['Feb', '3', '–']]);
    expect(root.querySelectorAll('.w-legend li').length).toBe(2);
  });
});

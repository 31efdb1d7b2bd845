// @vitest-environment jsdom
import { describe, expect, test, vi } from 'vitest';
import { Drafts, pathOf } from '../../src/gallery/drafts';
import type { LiveWidget, Rendered, Shape } from '../../src/gallery/host';
import { hashOf, placeOf } from '../../src/gallery/place';
import { galleryTextsOf } from '../../src/gallery/texts/catalogue';
import de from '../../src/gallery/texts/de';
import { en } from '../../src/gallery/texts/en';
import { typesOf } from '../../src/gallery/views/props';

const PLACES = /\{\w+\}/g;

describe('texts', () => {
  test('German has the same places', () => {
    for (const [key, text] of Object.entries(en)) {
      const places = (each: string) => (each.match(PLACES) ?? []).sort();
      expect(places(de[key as keyof typeof de]), key).toEqual(places(text));
    }
    expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort());
  });

  test('a language that is not there is English', async () => {
    expect((await galleryTextsOf('de-AT')).data).toBe('Daten');
    expect(await galleryTextsOf('xx')).toBe(en);
  });
});

describe('places', () => {
  test('an address leads to the place that made it', () => {
    for (const name of ['Button', 'Table.Cell', 'my widget/ä#?']) {
      expect(placeOf(hashOf({ kind: 'widget', name }))).toEqual({ kind: 'widget', name });
    }
  });

  test.each(['', '#', '#/widget/', '#/nothing/x', '#/widget/%'])('%j is no place', (hash) => {
    expect(placeOf(hash)).toBeNull();
  });

  test('paths are written as people write them', () => {
    expect(pathOf(['plants', 0, 'name'])).toBe('plants[0].name');
    expect(pathOf([])).toBe('');
  });
});

const widget = (sample: object): LiveWidget => ({
  name: 'hello',
  source: 'chatkit.yaml',
  schema: null,
  sample: sample as LiveWidget['sample'],
  isOld: false,
});

describe('drafts', () => {
  test('a draft begins with the sample, and shows what is made of it', async () => {
    const render = vi.fn(async (): Promise<Rendered> => ({ widget: { type: 'Card' }, notes: [] }));
    const drafts = new Drafts(() => {}, render);
    const draft = drafts.of(widget({ name: 'Ann' }));
    await vi.waitFor(() => expect(draft.tree).toEqual({ type: 'Card' }));
    expect(JSON.parse(draft.text)).toEqual({ name: 'Ann' });
    expect(render).toHaveBeenCalledWith('hello', { name: 'Ann' });
  });

  test('what is no JSON is told, and the widget stays', async () => {
    const drafts = new Drafts(() => {}, async () => ({ widget: { type: 'Card' }, notes: [] }));
    const draft = drafts.of(widget({}));
    await drafts.reset(widget({}));
    await drafts.write(widget({}), '{"name": ');
    expect(draft.fault?.key).toBe('notJson');
    await drafts.write(widget({}), '[]');
    expect(draft.fault?.key).toBe('notAnObject');
    expect(draft.tree).toEqual({ type: 'Card' });
  });

  test('a new sample does not take the place of what somebody has written', async () => {
    const drafts = new Drafts(() => {}, async () => ({ widget: { type: 'Card' }, notes: [] }));
    const draft = drafts.of(widget({ name: 'Ann' }));
    await drafts.renew(widget({ name: 'Bob' }));
    expect(draft.text).toContain('Bob');
    await drafts.write(widget({}), '{"name": "Cleo"}');
    await drafts.renew(widget({ name: 'Dan' }));
    expect(draft.text).toContain('Cleo');
    await drafts.reset(widget({ name: 'Dan' }));
    expect(draft.text).toContain('Dan');
  });

  test('of two answers the one to the last question counts', async () => {
    const waiting: ((answer: Rendered) => void)[] = [];
    const drafts = new Drafts(() => {}, () => new Promise((resolve) => waiting.push(resolve)));
    const draft = drafts.of(widget({}));
    const later = drafts.write(widget({}), '{"n": 2}');
    waiting[1]!({ widget: { type: 'Card', n: 2 }, notes: [] });
    waiting[0]!({ widget: { type: 'Card', n: 1 }, notes: [] });
    await later;
    expect(draft.tree).toEqual({ type: 'Card', n: 2 });
  });

  test('a host that does not answer is a problem, and not the end', async () => {
    const drafts = new Drafts(() => {}, () => Promise.reject(new Error('away')));
    const draft = drafts.of(widget({}));
    await vi.waitFor(() => expect(draft.problems[0]?.message).toContain('away'));
  });
});

test('the types of a component are those that its props name, and those that these name', () => {
  const shape = (name: string, type: string): Shape => ({
    name,
    text: '',
    props: [{ name: 'x', type, required: false }],
  });
  const types = [shape('Border', 'string | ThemeColor'), shape('Borders', 'number | Border'), shape('ThemeColor', 'string'), shape('Spacing', 'string')];
  expect(typesOf(shape('Box', 'number | Borders'), types).map(({ name }) => name)).toEqual(['Borders', 'Border', 'ThemeColor']);
});

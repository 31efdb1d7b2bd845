import { describe, expect, test } from 'vitest';
import { keysOf, tidied, walk } from '../../src/widgets/tree';

const list = (titles: string[]) => ({
  type: 'ListView',
  children: titles.map((title) => ({ type: 'ListViewItem', key: title, children: [{ type: 'Text', value: title }] })),
});

describe('trees', () => {
  test('children are a list, whatever they came as', () => {
    expect(tidied({ type: 'Box' }).children).toEqual([]);
    expect(tidied({ type: 'Transition', children: { type: 'Text' } }).children).toMatchObject([{ type: 'Text' }]);
    expect(tidied({ type: 'Box', children: [null, false, 'words', 7] }).children).toMatchObject([
      { type: 'Text', value: 'words' },
      { type: 'Text', value: 7 },
    ]);
    expect(tidied(null).type).toBe('Text');
    expect(tidied({ type: { toString: 1 } }).type).toBe('');
  });

  test('what says the same stays the same object', () => {
    const before = tidied(list(['a', 'b', 'c']));
    const after = tidied(list(['c', 'a', 'x']), before);
    expect(after).not.toBe(before);
    expect(after.children[0]).toBe(before.children[2]);
    expect(after.children[1]).toBe(before.children[0]);
    expect(tidied(list(['c', 'a', 'x']), after)).toBe(after);
  });

  test('keys of siblings are there once', () => {
    const { children } = tidied({ type: 'Box', children: [{ type: 'A', key: 'k' }, { type: 'A', key: 'k' }, { type: 'A', id: 'k' }] });
    expect(new Set(keysOf(children)).size).toBe(3);
  });

  test('a tree that never ends is cut off', () => {
    let deep: object = { type: 'Text' };
    for (let at = 0; at < 5000; at++) deep = { type: 'Box', children: [deep] };
    expect([...walk(tidied(deep))].length).toBeLessThan(100);
    const round: { type: string; children: unknown[] } = { type: 'Box', children: [] };
    round.children.push(round);
    expect([...walk(tidied(round))].length).toBeLessThan(100);
  });
});

// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import { type Deed, loadingOf, sentBy } from '../../src/widgets/deeds';
import { withValues } from '../../src/widgets/values';

const deed = (by: Deed['by'], config: unknown): Deed => ({ by, config, from: document.createElement('button') });

describe('what waits', () => {
  test.each([
    ['click', 'self'],
    ['change', 'none'],
    ['submit', 'container'],
    ['cancel', 'container'],
  ] as const)('by itself, after a %s: %s', (by, loading) => {
    expect(loadingOf(deed(by, { type: 'go' }))).toBe(loading);
    expect(loadingOf(deed(by, { type: 'go', loadingBehavior: 'auto' }))).toBe(loading);
    expect(loadingOf(deed(by, { type: 'go', loadingBehavior: 'nonsense' }))).toBe(loading);
  });

  test.each(['none', 'self', 'container'] as const)('as it says: %s', (loadingBehavior) => {
    expect(loadingOf(deed('submit', { type: 'go', loadingBehavior }))).toBe(loadingBehavior);
  });
});

describe('what is sent', () => {
  test('is no more than the action and what steers it', () => {
    const config = { type: 'go', payload: null, handler: 'client', streaming: false, loadingBehavior: 'self', x: 1 };
    expect(sentBy(deed('click', config))).toEqual({ type: 'go', handler: 'client', streaming: false });
    expect(sentBy(deed('click', { payload: {} }))).toBeNull();
    expect(sentBy(deed('click', null))).toBeNull();
  });

  test('does not change the widget', () => {
    const payload = { a: { b: 1 } };
    expect(withValues(payload, [{ name: 'c.d', value: 2 }])).toEqual({ a: { b: 1 }, c: { d: 2 } });
    expect(withValues(payload, [{ name: 'a.e', value: 2 }])).toEqual({ a: { b: 1 } });
    expect(payload).toEqual({ a: { b: 1 } });
  });

  test('a payload that is no object stays what it is', () => {
    expect(withValues('plain', [{ name: 'a', value: 1 }])).toBe('plain');
  });
});

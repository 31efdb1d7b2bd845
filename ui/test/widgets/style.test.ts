import { describe, expect, test } from 'vitest';
import { borderStyle, boxStyle, sizeStyle } from '../../src/widgets/style/box';
import { colour } from '../../src/widgets/style/colours';
import { css } from '../../src/widgets/style/css';
import { pixels, room, spacing } from '../../src/widgets/style/lengths';
import { textStyle } from '../../src/widgets/style/text';

describe('lengths', () => {
  test('numbers are pixels, or units of four of them', () => {
    expect([pixels(12), pixels('12'), spacing(3), spacing('1.5'), spacing(0)]).toEqual([
      ...['12px', '12px', '12px', '6px', '0px'],
    ]);
  });

  test('text is CSS', () => {
    expect([pixels('50%'), spacing('1rem'), pixels('calc(100% - 1rem)')]).toEqual([
      ...['50%', '1rem', 'calc(100% - 1rem)'],
    ]);
  });

  test('what is no length is none', () => {
    for (const value of [undefined, null, true, {}, [], Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(pixels(value)).toBeUndefined();
    }
    expect(pixels(1e300)).toBe('10000px');
  });

  test('a side wins over its axis', () => {
    expect(room('padding', { x: 2, left: 4, y: '1rem' })).toEqual({
      'padding-top': '1rem',
      'padding-right': '8px',
      'padding-bottom': '1rem',
      'padding-left': '16px',
    });
    expect(room('margin', 3)).toEqual({ margin: '12px' });
  });
});

describe('colours', () => {
  test('tokens are of the theme', () => {
    expect(colour('secondary', 'light')).toBe('var(--faint)');
    expect(colour('surface-elevated', 'dark')).toBe('var(--raised)');
    expect(colour('constructor', 'light')).toBe('constructor');
  });

  test('the palette has shades', () => {
    expect(colour('red-500', 'light')).toMatch(/^oklch\(0\.64 0\.20\d 25\)$/);
    expect(colour('gray-100', 'light')).toBe('oklch(0.965 0 0)');
    expect(colour('gray-1000', 'light')).toBe('oklch(0 0 0)');
    expect(colour('blue-525', 'light')).toMatch(/^oklch\(0\.62\d/);
    expect(colour('alpha-20', 'light')).toBe('color-mix(in srgb, var(--ink) 20%, transparent)');
  });

  test('each theme can have its own; one alone serves both', () => {
    const both = { light: '#fff', dark: 'primary' };
    expect([colour(both, 'light'), colour(both, 'dark')]).toEqual(['#fff', 'var(--ink)']);
    expect(colour({ light: '#abc' }, 'dark')).toBe('#abc');
    expect(colour({ light: { light: '#abc' } }, 'light')).toBeUndefined();
  });
});

describe('CSS of others', () => {
  test('what only looks passes', () => {
    for (const value of ['#fff', 'rgb(0 0 0 / 20%)', 'linear-gradient(90deg, red, var(--ink))', '16 / 9']) {
      expect(css(value)).toBe(value);
    }
  });

  test.each([
    'url(https://evil.example)',
    'URL("//evil.example")',
    'u\\72l(//evil.example)',
    'image-set("https://evil.example" 1x)',
    '-webkit-image-set("https://evil.example" 1x)',
    'ur/**/l(//evil.example)',
    'red; position: fixed',
    'red} * { display: none',
    'expression(alert(1))',
    'attr(data-x)',
    `#${'f'.repeat(1000)}`,
    ' ',
  ])('what loads, or goes on, does not: %s', (value) => {
    expect(css(value)).toBeUndefined();
  });
});

describe('boxes', () => {
  test('flow, room, size and look', () => {
    const style = boxStyle(
      { direction: 'row', align: 'end', justify: 'between', wrap: 'wrap', gap: 2, padding: 4, radius: 'lg', flex: 1, background: 'surface' },
      'light',
    );
    expect(style).toEqual({
      'flex-direction': 'row',
      'align-items': 'flex-end',
      'justify-content': 'space-between',
      'flex-wrap': 'wrap',
      gap: '8px',
      padding: '16px',
      'border-radius': '10px',
      flex: '1',
      background: 'var(--ground)',
    });
  });

  test('size is short for both sides, and one side wins', () => {
    expect(sizeStyle({ size: 40, width: '50%', maxSize: 80, aspectRatio: 1.5 })).toEqual({
      width: '50%',
      height: '40px',
      'max-width': '80px',
      'max-height': '80px',
      'aspect-ratio': '1.5',
    });
  });

  test('borders: a number, one of them, or one a side', () => {
    expect(borderStyle(1, 'light')).toEqual({ border: '1px solid var(--line)' });
    expect(borderStyle({ size: 2, color: 'red', style: 'dashed' }, 'light')).toEqual({ border: '2px dashed red' });
    expect(borderStyle({ y: 1, bottom: { size: 3, style: 'url()' } }, 'light')).toEqual({
      'border-top': '1px solid var(--line)',
      'border-bottom': '3px solid var(--line)',
    });
  });

  test('nonsense is as if it were not there', () => {
    const nonsense = { align: 'constructor', justify: 7, wrap: {}, gap: [], radius: '__proto__', border: 'x', flex: -1, aspectRatio: 0 };
    expect(boxStyle(nonsense, 'light')).toEqual({});
  });
});

describe('text', () => {
  test('sizes go by the size of the chat', () => {
    expect(textStyle('Text', {}, 'light')['font-size']).toBe('calc(var(--size) * 1)');
    expect(textStyle('Title', { size: '5xl' }, 'light')['font-size']).toBe('calc(var(--size) * 3.25)');
    expect(textStyle('Caption', { size: '5xl' }, 'light')['font-size']).toBe('calc(var(--size) * 0.8125)');
  });

  test('one line is cut with dots, several are clamped', () => {
    expect(textStyle('Text', { truncate: true }, 'light')).toMatchObject({ 'white-space': 'nowrap', 'text-overflow': 'ellipsis' });
    expect(textStyle('Text', { maxLines: 3, truncate: true }, 'light')).toMatchObject({ '-webkit-line-clamp': '3' });
    expect(textStyle('Text', { minLines: 2 }, 'light')).toMatchObject({ 'min-height': '2lh' });
  });

  test('weight, slant, strike, alignment, colour', () => {
    const style = textStyle('Text', { weight: 'semibold', italic: true, lineThrough: true, textAlign: 'end', color: 'danger' }, 'light');
    expect(style).toMatchObject({
      'font-weight': '600',
      'font-style': 'italic',
      'text-decoration-line': 'line-through',
      'text-align': 'end',
      color: 'var(--w-danger)',
    });
  });
});

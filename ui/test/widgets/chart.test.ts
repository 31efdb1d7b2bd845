import { describe, expect, test } from 'vitest';
import { curveOf } from '../../src/widgets/chart/curves';
import { layoutOf } from '../../src/widgets/chart/layout';
import { chartOf } from '../../src/widgets/chart/rows';
import { tidied } from '../../src/widgets/tree';

const node = tidied({
  type: 'Chart',
  xAxis: 'm',
  data: [{ m: 'a', x: 1, y: 2, z: -3 }, { m: 'b', x: 4, y: 'no' }],
  series: [
    { type: 'bar', dataKey: 'x', label: 'X', stack: 's' },
    { type: 'bar', dataKey: 'y', label: 'Y', stack: 's' },
    { type: 'bar', dataKey: 'z', label: 'Z' },
    { type: 'line', dataKey: 'x', label: 'L', curveType: 'step' },
  ],
});

describe('charts', () => {
  test('series of one stack stand on each other', () => {
    const { series, least, most } = chartOf(node, 'light');
    expect(series.map(({ spans }) => spans)).toEqual([
      [[0, 1], [0, 4]],
      [[1, 3], null],
      [[0, -3], null],
      [[0, 1], [0, 4]],
    ]);
    expect([least, most]).toEqual([-3, 4]);
  });

  test('bars of a row stand side by side, and those of a stack in one place', () => {
    const chart = chartOf(node, 'light');
    const { bar } = layoutOf(chart, node, 400, 200, String);
    const [x, y, z] = chart.series.map(bar);
    expect(x!.offset).toBe(y!.offset);
    expect(z!.offset).toBeGreaterThan(x!.offset + x!.width);
  });

  test('nonsense draws nothing, and does not throw', () => {
    const chart = chartOf(tidied({ type: 'Chart', data: [[], null, 7], series: [null, { dataKey: {} }], xAxis: 3 }), 'dark');
    expect(() => layoutOf(chart, node, 0, 0, String)).not.toThrow();
    expect(curveOf('__proto__')).toBe(curveOf('monotone'));
  });
});

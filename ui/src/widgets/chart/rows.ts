/** A chart's props as data that can be drawn. */
import type { ColorScheme } from '@openai/chatkit';
import { flag, maybe, oneOf, record, records, text } from '../props';
import { colour } from '../style/colours';
import type { Node } from '../tree';

export interface Series {
  kind: 'bar' | 'line' | 'area';
  label: string;
  key: string;
  stack: string | null;
  colour: string;
  curve: string;
  /** From where to where, row by row; null where a row has no number. */
  spans: ([from: number, to: number] | null)[];
}

export interface Chart {
  names: string[];
  series: Series[];
  least: number;
  most: number;
  hideX: boolean;
}

/** More would be neither seen nor drawn in time. */
const MOST_ROWS = 1000;

export function chartOf(node: Node, scheme: ColorScheme): Chart {
  const rows = records(node.data).slice(0, MOST_ROWS);
  const axis = record(node.xAxis) ?? { dataKey: node.xAxis };
  const labels = record(axis.labels) ?? {};
  const names = rows.map((row) => {
    const name = text(row[text(axis.dataKey)]);
    return (Object.hasOwn(labels, name) && maybe(labels[name])) || name;
  });
  const series = stacked(records(node.series).map((each, at) => seriesOf(each, at, scheme)), rows);
  const ends = series.flatMap(({ spans }) => spans.flatMap((span) => span ?? []));
  return {
    names,
    series,
    least: Math.min(0, ...ends),
    most: Math.max(0, ...ends) || 1,
    hideX: flag(axis.hide),
  };
}

function seriesOf(given: Record<string, unknown>, at: number, scheme: ColorScheme): Series {
  const key = text(given.dataKey);
  const kind = oneOf(given.type, ['bar', 'line', 'area'], 'bar');
  return {
    kind,
    key,
    label: maybe(given.label) ?? key,
    stack: kind === 'line' ? null : (maybe(given.stack) ?? null),
    colour: colour(given.color, scheme) ?? `var(--w-chart-${(at % 6) + 1})`,
    curve: text(given.curveType),
    spans: [],
  };
}

/** Series of one stack stand on each other: what is below zero hangs. */
function stacked(series: Series[], rows: Record<string, unknown>[]): Series[] {
  const tops = new Map<string, number[]>();
  return series.map((each) => ({
    ...each,
    spans: rows.map((row, at) => {
      const value = numberOf(row[each.key]);
      if (value === null) return null;
      if (each.stack === null) return [0, value];
      const way = `${each.kind} ${each.stack} ${value < 0 ? 'down' : 'up'}`;
      const top = tops.get(way) ?? tops.set(way, rows.map(() => 0)).get(way)!;
      const from = top[at]!;
      return [from, (top[at] = from + value)];
    }),
  }));
}

function numberOf(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

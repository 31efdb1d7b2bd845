/** Where everything of a chart is, in pixels. */
import { scaleBand, scaleLinear } from 'd3-scale';
import { count } from '../props';
import type { Node } from '../tree';
import type { Chart, Series } from './rows';

export interface Layout {
  width: number;
  height: number;
  left: number;
  bottom: number;
  /** The middle of a row. */
  x(row: number): number;
  y(value: number): number;
  step: number;
  ticks: number[];
  /** Every how many rows a name has room. */
  every: number;
  bar(series: Series): { offset: number; width: number };
}

const TOP = 8;
const RIGHT = 6;
const LETTER = 7;
const TICKS = 4;

export function layoutOf(chart: Chart, node: Node, width: number, height: number, format: (value: number) => string): Layout {
  const scale = scaleLinear([chart.least, chart.most], [0, 1]).nice(TICKS);
  const ticks = scale.ticks(TICKS);
  const left = node.showYAxis === true ? Math.max(...ticks.map((tick) => format(tick).length)) * LETTER + 10 : RIGHT;
  const bottom = chart.hideX ? 4 : 24;
  scale.range([Math.max(TOP, height - bottom), TOP]);
  const gap = gapOf(node.barCategoryGap);
  const band = scaleBand(chart.names.keys(), [left, Math.max(left, width - RIGHT)]);
  const step = band.bandwidth();
  return {
    width,
    height,
    left,
    bottom,
    step,
    ticks,
    every: everyHowMany(chart.names, step),
    x: (row) => (band(row) ?? left) + step / 2,
    y: (value) => scale(value),
    bar: barsIn(chart, step, gap, gapOf(node.barGap)),
  };
}

function gapOf(value: unknown): number | undefined {
  return value === 0 ? 0 : count(value);
}

/** Bars of a row stand side by side; those of one stack share a place. */
function barsIn(chart: Chart, step: number, between: number | undefined, barGap = 4) {
  const places = [...new Set(chart.series.filter(({ kind }) => kind === 'bar').map(placeOf))];
  const room = Math.max(1, step - (between ?? step * 0.3));
  const width = Math.min(64, Math.max(1, (room - barGap * (places.length - 1)) / Math.max(1, places.length)));
  const all = width * places.length + barGap * (places.length - 1);
  return (series: Series) => ({ offset: places.indexOf(placeOf(series)) * (width + barGap) - all / 2, width });
}

function placeOf({ stack, key, label }: Series): string {
  return stack === null ? `${key} ${label}` : `= ${stack}`;
}

function everyHowMany(names: string[], step: number): number {
  const widest = Math.min(16, Math.max(0, ...names.map(({ length }) => length))) * LETTER + 8;
  return Math.max(1, Math.ceil(widest / Math.max(step, 1)));
}

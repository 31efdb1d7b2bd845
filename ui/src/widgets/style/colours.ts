/** Colours: tokens of the theme, colours of the palette, CSS, or one of these for each theme. */
import type { ColorScheme } from '@openai/chatkit';
import { own } from '../props';
import { css } from './css';

const TOKENS: Record<string, string> = {
  // For text
  prose: 'var(--ink)',
  primary: 'var(--ink)',
  emphasis: 'var(--w-emphasis)',
  secondary: 'var(--faint)',
  tertiary: 'var(--w-tertiary)',
  success: 'var(--w-success)',
  warning: 'var(--w-warning)',
  caution: 'var(--w-warning)',
  danger: 'var(--w-danger)',
  info: 'var(--w-info)',
  discovery: 'var(--w-discovery)',
  // For grounds
  surface: 'var(--ground)',
  'surface-secondary': 'var(--soft)',
  'surface-tertiary': 'var(--hover)',
  'surface-elevated': 'var(--raised)',
  'surface-elevated-secondary': 'var(--soft)',
  // For lines
  default: 'var(--line)',
  subtle: 'var(--w-line-subtle)',
  strong: 'var(--w-line-strong)',
};

/** The hue of each palette colour, and how colourful it is at its fullest. */
const HUES: Record<string, [hue: number, chroma: number]> = {
  gray: [0, 0],
  neutral: [0, 0],
  slate: [257, 0.035],
  zinc: [286, 0.012],
  stone: [60, 0.012],
  red: [25, 0.21],
  orange: [45, 0.18],
  amber: [70, 0.165],
  yellow: [90, 0.165],
  lime: [125, 0.19],
  green: [150, 0.17],
  emerald: [162, 0.15],
  teal: [183, 0.12],
  cyan: [212, 0.13],
  sky: [237, 0.15],
  blue: [258, 0.19],
  indigo: [277, 0.2],
  violet: [293, 0.22],
  purple: [304, 0.22],
  fuchsia: [322, 0.24],
  pink: [354, 0.21],
  rose: [16, 0.21],
};

export function colour(value: unknown, scheme: ColorScheme): string | undefined {
  if (typeof value === 'object' && value !== null) {
    const { light, dark } = value as { light?: unknown; dark?: unknown };
    const one = scheme === 'dark' ? (dark ?? light) : (light ?? dark);
    return typeof one === 'string' ? colour(one, scheme) : undefined;
  }
  if (typeof value !== 'string') return undefined;
  const name = value.trim();
  if (Object.hasOwn(TOKENS, name)) return TOKENS[name];
  return fromPalette(name) ?? css(name);
}

/** The shades: how light the grays are, how light the colours, and how much of their colour they have. */
const SHADES: [step: number, gray: number, lightness: number, share: number][] = [
  [0, 1, 1, 0],
  [50, 0.985, 0.97, 0.06],
  [100, 0.965, 0.935, 0.14],
  [200, 0.925, 0.885, 0.27],
  [300, 0.87, 0.81, 0.48],
  [400, 0.76, 0.715, 0.78],
  [500, 0.64, 0.64, 0.97],
  [600, 0.53, 0.575, 1],
  [700, 0.43, 0.5, 0.88],
  [800, 0.32, 0.44, 0.73],
  [900, 0.23, 0.39, 0.58],
  [950, 0.17, 0.27, 0.38],
  [1000, 0, 0.16, 0.2],
];

/** `red-100`, `gray-900`, `alpha-20`. */
function fromPalette(name: string): string | undefined {
  const found = /^([a-z]+)-(\d{1,4})$/.exec(name);
  if (!found) return undefined;
  const step = Math.min(1000, Number(found[2]));
  if (found[1] === 'alpha') {
    return `color-mix(in srgb, var(--ink) ${Math.min(100, step)}%, transparent)`;
  }
  const hue = own(HUES, found[1]);
  if (!hue) return undefined;
  const [, gray, lightness, share] = shadeAt(step);
  const [degrees, chroma] = hue;
  if (!chroma) return `oklch(${round(gray)} 0 0)`;
  return `oklch(${round(lightness)} ${round(chroma * share)} ${degrees})`;
}

/** Between two shades there are others. */
function shadeAt(step: number): [step: number, gray: number, lightness: number, share: number] {
  const above = SHADES.findIndex(([each]) => each >= step);
  const high = SHADES[above]!;
  const low = SHADES[above - 1] ?? high;
  const way = high === low ? 0 : (step - low[0]) / (high[0] - low[0]);
  const between = (at: 1 | 2 | 3) => low[at] + (high[at] - low[at]) * way;
  return [step, between(1), between(2), between(3)];
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** Lengths: pixels, spacing units, or CSS. */
import { css } from './css';

/** One unit of room, in pixels. */
export const UNIT = 4;

/** Beyond that a number is a mistake, or an attack. */
const MOST = 10_000;

export type Style = Record<string, string>;

const PLAIN = /^-?\d+(?:\.\d+)?$/;

export function pixels(value: unknown): string | undefined {
  return scaled(value, 1);
}

export function spacing(value: unknown): string | undefined {
  return scaled(value, UNIT);
}

function scaled(value: unknown, by: number): string | undefined {
  if (typeof value === 'string' && !PLAIN.test(value.trim())) return css(value);
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? `${Math.max(-MOST, Math.min(MOST, number)) * by}px` : undefined;
}

const SIDES = {
  top: ['y', 'top'],
  right: ['x', 'right'],
  bottom: ['y', 'bottom'],
  left: ['x', 'left'],
} as const;

export type Side = keyof typeof SIDES;

/** A value for each side: that of the side itself, or of its axis. */
export function bySide(given: Record<string, unknown>): [Side, unknown][] {
  return Object.entries(SIDES)
    .map(([side, names]) => [side as Side, names.map((name) => given[name]).findLast((each) => each !== undefined)] as [Side, unknown])
    .filter(([, value]) => value !== undefined && value !== null);
}

/** `padding` or `margin`: one for all sides, or one for each. */
export function room(name: 'padding' | 'margin', value: unknown): Style {
  if (typeof value === 'object' && value !== null) {
    const sides = bySide(value as Record<string, unknown>);
    return defined(Object.fromEntries(sides.map(([side, each]) => [`${name}-${side}`, spacing(each)])));
  }
  return defined({ [name]: spacing(value) });
}

/** Only what has a value. */
export function defined(style: Record<string, string | undefined>): Style {
  return Object.fromEntries(Object.entries(style).filter(([, value]) => value !== undefined)) as Style;
}

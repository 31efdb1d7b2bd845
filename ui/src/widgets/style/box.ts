/** The props of boxes, cards, images and charts as style. */
import type { ColorScheme } from '@openai/chatkit';
import { own } from '../props';
import { css } from './css';
import { colour } from './colours';
import { bySide, defined, pixels, room, spacing, type Style } from './lengths';

const RADII: Record<string, string> = {
  none: '0',
  '2xs': '2px',
  xs: '4px',
  sm: '6px',
  md: '8px',
  lg: '10px',
  xl: '12px',
  '2xl': '16px',
  '3xl': '20px',
  '4xl': '24px',
  full: '9999px',
  '100%': '100%',
};
const ALIGN: Record<string, string> = {
  start: 'flex-start',
  center: 'center',
  end: 'flex-end',
  baseline: 'baseline',
  stretch: 'stretch',
};
const JUSTIFY: Record<string, string> = {
  start: 'flex-start',
  center: 'center',
  end: 'flex-end',
  between: 'space-between',
  around: 'space-around',
  evenly: 'space-evenly',
  stretch: 'stretch',
};
const WRAPS = new Set(['nowrap', 'wrap', 'wrap-reverse']);
const LINES = new Set(['solid', 'dashed', 'dotted', 'double', 'groove', 'ridge', 'inset', 'outset']);

type Props = Record<string, unknown>;

/** All that a box can be given. */
export function boxStyle(props: Props, scheme: ColorScheme): Style {
  return {
    ...flowStyle(props),
    ...sizeStyle(props),
    ...room('padding', props.padding),
    ...room('margin', props.margin),
    ...borderStyle(props.border, scheme),
    ...defined({ background: colour(props.background, scheme), 'border-radius': radius(props.radius) }),
  };
}

/** How children flow. */
export function flowStyle({ direction, align, justify, wrap, gap }: Props): Style {
  return defined({
    'flex-direction': direction === 'row' ? 'row' : direction === 'col' ? 'column' : undefined,
    'align-items': own(ALIGN, align),
    'justify-content': own(JUSTIFY, justify),
    'flex-wrap': WRAPS.has(String(wrap)) ? String(wrap) : undefined,
    gap: spacing(gap),
  });
}

/** Sizes, ratio, and the share of the parent's room. */
export function sizeStyle(props: Props): Style {
  const { size, minSize, maxSize } = props;
  return defined({
    width: pixels(props.width ?? size),
    height: pixels(props.height ?? size),
    'min-width': pixels(props.minWidth ?? minSize),
    'min-height': pixels(props.minHeight ?? minSize),
    'max-width': pixels(props.maxWidth ?? maxSize),
    'max-height': pixels(props.maxHeight ?? maxSize),
    'aspect-ratio': ratio(props.aspectRatio),
    flex: share(props.flex),
  });
}

function ratio(value: unknown): string | undefined {
  if (typeof value === 'number') return value > 0 && Number.isFinite(value) ? String(value) : undefined;
  return typeof value === 'string' ? css(value) : undefined;
}

function share(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? String(value) : undefined;
  return typeof value === 'string' ? css(value) : undefined;
}

export function radius(value: unknown): string | undefined {
  return own(RADII, value);
}

/** A border of so many pixels, one that says more, or one for each side. */
export function borderStyle(value: unknown, scheme: ColorScheme): Style {
  if (typeof value === 'number') return defined({ border: line(value, scheme) });
  if (typeof value !== 'object' || value === null) return {};
  if ('size' in value) return defined({ border: line(value, scheme) });
  const sides = bySide(value as Props);
  return defined(Object.fromEntries(sides.map(([side, each]) => [`border-${side}`, line(each, scheme)])));
}

function line(value: unknown, scheme: ColorScheme): string | undefined {
  const { size, color, style } = (typeof value === 'object' && value ? value : { size: value }) as Props;
  if (typeof size !== 'number' || !(size >= 0)) return undefined;
  const kind = LINES.has(String(style)) ? String(style) : 'solid';
  return `${Math.min(size, 64)}px ${kind} ${colour(color, scheme) ?? 'var(--line)'}`;
}

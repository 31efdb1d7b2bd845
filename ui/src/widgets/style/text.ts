/** The props of Text, Title, Caption and Label as style. */
import type { ColorScheme } from '@openai/chatkit';
import { count, flag, own } from '../props';
import { colour } from './colours';
import { defined, pixels, type Style } from './lengths';

/** Sizes by the size of the chat's own text, which the theme may change. */
const SIZES = {
  Text: { xs: 0.75, sm: 0.875, md: 1, lg: 1.125, xl: 1.25 },
  Label: { xs: 0.75, sm: 0.875, md: 1, lg: 1.125, xl: 1.25 },
  Caption: { sm: 0.75, md: 0.8125, lg: 0.875 },
  Title: { sm: 1, md: 1.125, lg: 1.25, xl: 1.5, '2xl': 1.75, '3xl': 2.125, '4xl': 2.625, '5xl': 3.25 },
} as const;

const DEFAULTS = { Text: 'md', Label: 'sm', Caption: 'md', Title: 'md' } as const;
const WEIGHTS: Record<string, string> = { normal: '400', medium: '500', semibold: '600', bold: '700' };
const ALIGNMENTS = new Set(['start', 'center', 'end']);

export type TextKind = keyof typeof SIZES;

export function textStyle(kind: TextKind, props: Record<string, unknown>, scheme: ColorScheme): Style {
  return defined({
    'font-size': fontSize(kind, props.size),
    'font-weight': own(WEIGHTS, props.weight),
    'font-style': flag(props.italic) ? 'italic' : undefined,
    'text-decoration-line': flag(props.lineThrough) ? 'line-through' : undefined,
    'text-align': ALIGNMENTS.has(String(props.textAlign)) ? String(props.textAlign) : undefined,
    color: colour(props.color, scheme),
    width: pixels(props.width),
    'min-height': props.minLines === undefined ? undefined : lines(props.minLines),
    ...cut(props),
  });
}

function fontSize(kind: TextKind, size: unknown): string {
  const sizes: Record<string, number> = SIZES[kind];
  return `calc(var(--size) * ${own(sizes, size) ?? sizes[DEFAULTS[kind]]})`;
}

function lines(value: unknown): string | undefined {
  const wanted = count(value);
  return wanted === undefined ? undefined : `${wanted}lh`;
}

/** One line with dots behind it, or at most so many lines. */
function cut({ truncate, maxLines }: Record<string, unknown>): Record<string, string | undefined> {
  const most = count(maxLines) ?? (flag(truncate) ? 1 : undefined);
  if (!most) return {};
  if (most === 1) return { overflow: 'hidden', 'white-space': 'nowrap', 'text-overflow': 'ellipsis' };
  return {
    display: '-webkit-box',
    '-webkit-box-orient': 'vertical',
    '-webkit-line-clamp': String(most),
    overflow: 'hidden',
  };
}

/** An action as somebody sets it off: what is sent, and what shows that it is under way. */
import { type Named, valuesOf, withValues } from './values';
import { oneOf, record } from './props';
import type { Action } from '../wire/protocol';

export type Loading = 'none' | 'self' | 'container';

export interface Deed {
  /** The config as the widget has it. */
  config: unknown;
  /** The control that was used. */
  from: Element;
  /** What sets it off; it decides what `auto` means. */
  by: 'click' | 'change' | 'submit' | 'cancel';
  /** The control's own value, which goes along without a form too. */
  value?: Named;
}

export type Sent = Action & { handler?: string; streaming?: boolean };

export function isAction(config: unknown): boolean {
  return typeof record(config)?.type === 'string';
}

/** The action with its values; null where the config is none. */
export function sentBy({ config, from, by, value }: Deed): Sent | null {
  const { type, payload, handler, streaming } = record(config) ?? {};
  if (typeof type !== 'string') return null;
  const form = by === 'cancel' ? null : from.closest('form');
  const values = form ? valuesOf(form) : value ? [value] : [];
  const filled = values.length ? withValues(payload, values) : payload;
  return {
    type,
    ...(filled === undefined || filled === null ? {} : { payload: filled as Record<string, unknown> }),
    ...(handler === 'client' ? { handler } : {}),
    ...(typeof streaming === 'boolean' ? { streaming } : {}),
  };
}

/** A change is small and shows itself; a form or a card that is sent waits as a whole. */
const AUTO: Record<Deed['by'], Loading> = {
  click: 'self',
  change: 'none',
  submit: 'container',
  cancel: 'container',
};

export function loadingOf({ config, by }: Deed): Loading {
  const asked = oneOf(record(config)?.loadingBehavior, ['none', 'self', 'container', 'auto'], 'auto');
  return asked === 'auto' ? AUTO[by] : asked;
}

/** Texts in the person's language: drop a file beside `de.ts`, named for its language. */
import { en, type Texts } from './en';

export type { Texts };

type Catalogue = { default: Partial<Texts> };
const FILES = import.meta.glob<Catalogue>(['./*.ts', '!./en.ts', '!./catalogue.ts']);

const RIGHT_TO_LEFT = new Set(['ar', 'dv', 'fa', 'he', 'ks', 'ku', 'ps', 'sd', 'ug', 'ur', 'yi']);

/** The texts of a locale: of `pt-BR`, else of `pt`, else in English, text by text. */
export async function textsOf(locale: string): Promise<Texts> {
  const names = [locale, language(locale)].map((name) => `./${name}.ts`);
  const load = names.map((name) => FILES[name]).find((file) => file);
  if (!load) return en;
  try {
    return { ...en, ...(await load()).default };
  } catch {
    return en;
  }
}

export function directionOf(locale: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(language(locale)) ? 'rtl' : 'ltr';
}

function language(locale: string): string {
  return locale.split('-')[0]!.toLowerCase();
}

/** A text with its places filled in. */
export function filled(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (all, name: string) => String(values[name] ?? all));
}

/** Seconds in words: "1 minute, 5 seconds". */
export function duration(seconds: number, locale: string): string {
  const whole = Math.max(1, Math.round(seconds));
  const [minutes, rest] = [Math.floor(whole / 60), whole % 60];
  const parts = [];
  if (minutes) parts.push(unit(minutes, 'minute', locale));
  if (rest || !minutes) parts.push(unit(rest, 'second', locale));
  return parts.join(' ');
}

function unit(count: number, name: string, locale: string): string {
  const style = { style: 'unit', unit: name, unitDisplay: 'long' } as const;
  return new Intl.NumberFormat(locale, style).format(count);
}

export function bytes(count: number, locale: string): string {
  const [value, name] =
    count >= 1e6 ? [count / 1e6, 'megabyte'] : [Math.max(1, count / 1e3), 'kilobyte'];
  const style = { style: 'unit', unit: name, maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(locale, style as Intl.NumberFormatOptions).format(value as number);
}

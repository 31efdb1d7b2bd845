/** Days of a calendar, as `2026-11-24`: no moments, and so no time zones. */

export type Day = string;

/** The day that an ISO date or time begins with. */
export function dayOf(value: unknown): Day | null {
  const found = typeof value === 'string' ? /^(\d{4}-\d{2}-\d{2})(?:$|[T ])/.exec(value.trim()) : null;
  return found && isDay(found[1]!) ? found[1]! : null;
}

function isDay(day: string): boolean {
  const date = dateOf(day);
  return !Number.isNaN(date.getTime()) && textOf(date) === day;
}

export function today(): Day {
  const now = new Date();
  return textOf(new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())));
}

/** All arithmetic is in UTC, where every day has 24 hours. */
export function dateOf(day: Day): Date {
  return new Date(`${day}T00:00:00Z`);
}

function textOf(date: Date): Day {
  return date.toISOString().slice(0, 10);
}

export function plusDays(day: Day, days: number): Day {
  const date = dateOf(day);
  date.setUTCDate(date.getUTCDate() + days);
  return textOf(date);
}

/** The same day of another month, or that month's last. */
export function plusMonths(day: Day, months: number): Day {
  const date = dateOf(day);
  const wanted = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(wanted, last));
  return textOf(date);
}

/** 0 is Sunday. */
export function weekdayOf(day: Day): number {
  return dateOf(day).getUTCDay();
}

/** The weeks that a month touches, each from its first day on. */
export function weeksOf(day: Day, firstWeekday: number): Day[][] {
  const first = `${day.slice(0, 8)}01`;
  const month = day.slice(0, 7);
  let at = plusDays(first, -((weekdayOf(first) - firstWeekday + 7) % 7));
  const weeks: Day[][] = [];
  while (weeks.length === 0 || at.slice(0, 7) === month) {
    weeks.push(Array.from({ length: 7 }, (_each, number) => plusDays(at, number)));
    at = plusDays(at, 7);
  }
  return weeks;
}

export function withinDays(day: Day, min: Day | null, max: Day | null): boolean {
  return (!min || day >= min) && (!max || day <= max);
}

/** 0 for Sunday, by the locale's habit. */
export function firstWeekdayOf(locale: string): number {
  const info = new Intl.Locale(locale) as Intl.Locale & {
    getWeekInfo?: () => { firstDay: number };
    weekInfo?: { firstDay: number };
  };
  return (info.getWeekInfo?.() ?? info.weekInfo ?? { firstDay: 1 }).firstDay % 7;
}

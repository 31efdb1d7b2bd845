import { describe, expect, test } from 'vitest';
import * as days from '../../src/widgets/controls/days';

describe('days', () => {
  test('begin ISO dates and times', () => {
    expect([days.dayOf('2026-11-24'), days.dayOf('2026-11-24T23:00:00+09:00'), days.dayOf('2026-02-30'), days.dayOf(7)]).toEqual([
      ...['2026-11-24', '2026-11-24', null, null],
    ]);
  });

  test('go on over months and years', () => {
    expect(days.plusDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(days.plusMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(days.plusMonths('2026-01-15', -1)).toBe('2025-12-15');
  });

  test('stand in weeks', () => {
    const weeks = days.weeksOf('2026-11-24', 1);
    expect(weeks[0]![0]).toBe('2026-10-26');
    expect(weeks.at(-1)!.at(-1)).toBe('2026-12-06');
    expect(weeks.every((week) => week.length === 7)).toBe(true);
  });

  test('lie within bounds, both inside', () => {
    expect([days.withinDays('2026-11-24', '2026-11-24', null), days.withinDays('2026-11-24', null, '2026-11-23')]).toEqual([true, false]);
  });
});

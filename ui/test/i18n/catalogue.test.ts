import { describe, expect, test } from 'vitest';
import { directionOf, duration, filled, textsOf } from '../../src/i18n/catalogue';
import de from '../../src/i18n/de';
import { en } from '../../src/i18n/en';

const PLACES = /\{\w+\}/g;

describe('texts', () => {
  test('German is complete, with the same places', () => {
    expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort());
    for (const [key, text] of Object.entries(en)) {
      const places = (each: string) => (each.match(PLACES) ?? []).sort();
      expect(places(de[key as keyof typeof de]), key).toEqual(places(text));
    }
  });

  test('a region falls back to its language, and a language to English', async () => {
    expect((await textsOf('de-AT')).send).toBe('Senden');
    expect(await textsOf('xx-YY')).toBe(en);
  });

  test('places are filled in; what is not given stays', () => {
    expect(filled('{a} of {b}', { a: 1 })).toBe('1 of {b}');
  });

  test('durations are words', () => {
    expect(duration(65, 'en')).toBe('1 minute 5 seconds');
    expect(duration(0, 'de')).toBe('1 Sekunde');
  });

  test('some languages run from right to left', () => {
    expect([directionOf('ar-EG'), directionOf('he'), directionOf('de')]).toEqual(['rtl', 'rtl', 'ltr']);
  });
});

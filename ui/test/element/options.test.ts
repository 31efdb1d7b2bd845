import type { ChatKitOptions } from '@openai/chatkit';
import { describe, expect, test } from 'vitest';
import { isSame, problemOf, unknownOptions } from '../../src/element/options';
import { lookOf, readableOn } from '../../src/theme/theme';
import { deepLink } from '../../src/views/links';

const api = { url: '/chatkit', domainKey: '' };

describe('options', () => {
  test('what nobody knows is named with its path', () => {
    const options = { api, theme: { colour: {} }, composer: { tools: [{ anything: 1 }], attachments: { maxsize: 1 } }, onFoo: 1 };
    expect(unknownOptions(options)).toEqual(['theme.colour', 'composer.attachments.maxsize', 'onFoo']);
  });

  test('all that is declared is known', () => {
    const options: Required<ChatKitOptions> = {
      api,
      locale: 'de',
      theme: { colorScheme: 'dark', radius: 'round', density: 'compact', typography: { baseSize: 16 }, color: { accent: { primary: '#000', level: 1 } } },
      frameTitle: 'x',
      initialThread: null,
      onClientTool: () => ({}),
      header: { enabled: true, title: { enabled: true, text: 'x' } },
      history: { enabled: true, showDelete: true, showRename: true },
      startScreen: { greeting: 'x', prompts: [] },
      threadItemActions: { feedback: true, retry: true },
      composer: { placeholder: 'x', attachments: { enabled: true }, tools: [], models: [], dictation: { enabled: true } },
      disclaimer: { text: 'x', highContrast: true },
      entities: { onTagSearch: () => Promise.resolve([]), showComposerMenu: true },
      commands: { enabled: true },
      widgets: {},
      thread: { autoScroll: true },
    };
    expect(unknownOptions(options)).toEqual([]);
  });

  test('what cannot work is explained', () => {
    expect(problemOf(undefined)).toContain('api.url is missing');
    expect(problemOf({ api: { getClientSecret: () => Promise.resolve('') } })).toContain('hosted service');
    expect(problemOf({ api })).toBeNull();
  });

  test('functions are the same by being there, data by what it says', () => {
    expect(isSame({ a: [1, { b: () => 1 }] }, { a: [1, { b: () => 2 }] })).toBe(true);
    expect(isSame({ a: 1 }, { a: 1, b: undefined })).toBe(false);
    expect(isSame([1, 2], [1])).toBe(false);
  });
});

describe('theme', () => {
  test('light is the default, and a word is enough', () => {
    expect(lookOf(undefined).scheme).toBe('light');
    expect(lookOf('dark').scheme).toBe('dark');
  });

  test('an accent is written on with what can be read on it', () => {
    expect(readableOn('#0f766e', 'light')).toBe('#fff');
    expect(readableOn('#fde047', 'dark')).toBe('#000');
    expect(readableOn('rgb(255, 255, 255)', 'light')).toBe('#000');
  });

  test('the ground and the ink can be given', () => {
    const color = { surface: { background: '#fafafa', foreground: '#111' } };
    expect(lookOf({ color }).variables).toMatchObject({ '--t-ground': '#fafafa', '--t-ink': '#111' });
  });
});

test('a deep link has a name and data', () => {
  expect(deepLink('chatkit-link://order/?id=7&x=%C3%BC')).toEqual({ name: 'order', data: { id: '7', x: 'ü' } });
  expect(deepLink('chatkit-link://home')).toEqual({ name: 'home' });
});

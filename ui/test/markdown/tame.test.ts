import { describe, expect, test } from 'vitest';
import { Parser } from '../../src/markdown/parse';
import { tamed } from '../../src/markdown/tame';

const HOSTILE: Record<string, string> = {
  'stars that never close': '**a '.repeat(2000),
  'underscores that never close': '_a '.repeat(4000),
  'links without an address': '[]( '.repeat(4000),
  'brackets of formulas': '\\[a '.repeat(4000),
  'a word without an end': `${'a.'.repeat(16000)}@`,
  'quotes in quotes': `${'> '.repeat(6000)}x`,
  'quotes without a space': `${'>'.repeat(6000)}x`,
  'lists in lists': `${'* '.repeat(3000)}x`,
  'stars over many lines': '**a **a **a **a\n'.repeat(400),
  'stars in quotes': '> **a **a **a\n'.repeat(400),
  'stars in what is no list': `a\n${'2. **a **a **a\n'.repeat(400)}`,
  'stars in what is no list either': `a\n${'     - **a **a **a\n'.repeat(400)}`,
  'stars in what is no table': `a\n|-|-|\n${'| **a | **a | **a\n'.repeat(400)}`,
  'numbered lists in lists': `${'1. '.repeat(3000)}x`,
};

describe('text that would take too long', () => {
  test.each(Object.entries(HOSTILE))('%s: it is shown as it is', (_name, text) => {
    const blocks = new Parser().parse(`Before.\n\n${text}\n\n**After**`, false);
    expect(blocks.map(({ kind }) => kind)).toEqual(['paragraph', 'code', 'paragraph']);
    expect(blocks[2]!.html).toContain('<strong>After</strong>');
  });

  test('a formula that never ends is text', () => {
    const [block] = new Parser().parse(`$$${' '.repeat(3000)}x`, false);
    expect(block!.kind).toBe('paragraph');
  });

  test('its fence is longer than any that is in it', () => {
    const text = `~~~~~~~~~ no code\n${'**a '.repeat(400)}`;
    expect(tamed(`x\n${'**a '.repeat(400)}`)).toMatch(/^~{8}\nx\n/);
    expect(tamed(`x ~~~\n  ~~~~~~~~~~ y`)).toBe(`x ~~~\n  ~~~~~~~~~~ y`);
    expect(tamed(text)).toBe(text);
  });
});

describe('text that people write', () => {
  const plain: Record<string, string> = {
    'a long table': `| a | b |\n|---|---|\n${'| **a** | *b* |\n'.repeat(600)}`,
    'a long list': '- **a** and *b* and `c`\n'.repeat(600),
    'a long list with numbers': '1. **a** and *b*\n   - `c` and **d**\n'.repeat(600),
    'long code': `\`\`\`\n${'**a '.repeat(2000)}\n\`\`\``,
    'a picture in the text': `![a](data:image/png;base64,${'A'.repeat(9000)})`,
    'many paragraphs': 'A **bold** word.\n\n'.repeat(500),
  };
  test.each(Object.entries(plain))('%s: it is left as it is', (_name, text) => {
    expect(tamed(text)).toBe(text);
  });
});

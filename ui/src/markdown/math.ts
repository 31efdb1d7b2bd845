/** TeX in Markdown: `$…$`, `$$…$$`, `\(…\)` and `\[…\]`. */
import type { MarkedExtension, Tokens } from 'marked';
import { escapeHtml } from './escape';

interface MathToken extends Tokens.Generic {
  tex: string;
  display: boolean;
}

// As Pandoc has it, so that "$5 and $10" stays money: no space inside the dollars, no digit behind.
// Bounded, for a sign that is never closed must not be looked for to the end of the text each time.
const INLINE =
  /^(?:\$\$([^$]{1,4000})\$\$|\$(?!\s)((?:\\.|[^\\$\n]){1,1000}?)(?<![\s\\])\$(?!\d)|\\\((.{1,1000}?)\\\))/s;
const BLOCK = /^(?:\$\$([\s\S]{1,4000}?)\$\$|\\\[([\s\S]{1,4000}?)\\\])[^\S\n]*(?:\n|$)/;

export const math: MarkedExtension = {
  extensions: [
    {
      name: 'blockMath',
      level: 'block',
      start: (src) => /\$\$|\\\[/.exec(src)?.index,
      tokenizer(src): MathToken | undefined {
        const match = BLOCK.exec(src);
        if (!match) return undefined;
        const tex = (match[1] ?? match[2]!).trim();
        if (!tex) return undefined;
        return { type: 'blockMath', raw: match[0], tex, display: true };
      },
      renderer: (token) => `<p>${placeholder(token as MathToken)}</p>`,
    },
    {
      name: 'inlineMath',
      level: 'inline',
      start: (src) => /\$|\\\(/.exec(src)?.index,
      tokenizer(src): MathToken | undefined {
        const match = INLINE.exec(src);
        if (!match) return undefined;
        const tex = (match[1] ?? match[2] ?? match[3]!).trim();
        return { type: 'inlineMath', raw: match[0], tex, display: match[1] !== undefined };
      },
      renderer: (token) => placeholder(token as MathToken),
    },
  ],
};

/** Where the formula goes; its text until it is typeset, and if it cannot be. */
function placeholder({ tex, display }: MathToken): string {
  const text = escapeHtml(tex);
  return `<span data-tex="${text}" data-display="${display}">${text}</span>`;
}

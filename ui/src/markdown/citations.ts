/** Annotations, put into the text as marks that survive Markdown. */
import type { MarkedExtension } from 'marked';
import type { Annotation } from '../wire/protocol';

// Private-use characters: nothing that people write.
const OPEN = '\uE200';
const CLOSE = '\uE201';
const MARK = /\uE200(\d+)\uE201/g;

/** The text with a mark at the place of each annotation; those without a place stand at the end. */
export function withMarks(text: string, annotations: readonly Annotation[]): string {
  const clean = text.replace(/[\uE200\uE201]/g, '\uFFFD');
  if (!annotations.length) return clean;
  const places = annotations
    .map(({ index }, number) => ({ number, at: placeOf(clean, index) }))
    .sort((a, b) => a.at - b.at || a.number - b.number);
  let marked = '';
  let from = 0;
  for (const { number, at } of places) {
    marked += clean.slice(from, at) + OPEN + number + CLOSE;
    from = at;
  }
  return marked + clean.slice(from);
}

/** Indices count characters; JavaScript counts halves of some of them. */
function placeOf(text: string, index: number | null | undefined): number {
  if (index == null || index < 0) return trimmedLength(text);
  let at = 0;
  for (let count = 0; count < index && at < text.length; count++) {
    at += text.codePointAt(at)! > 0xffff ? 2 : 1;
  }
  return at >= text.length ? trimmedLength(text) : at;
}

function trimmedLength(text: string): number {
  return text.trimEnd().length;
}

/** Text of code and of links has no room for marks. */
export function withoutMarks(text: string): string {
  return text.replace(MARK, '');
}

export function marksIn(text: string): number[] {
  return [...text.matchAll(MARK)].map((match) => Number(match[1]));
}

export const citations: MarkedExtension = {
  extensions: [
    {
      name: 'citation',
      level: 'inline',
      start: (src) => {
        const at = src.indexOf(OPEN);
        return at < 0 ? undefined : at;
      },
      tokenizer(src) {
        const match = /^\uE200(\d+)\uE201/.exec(src);
        return match ? { type: 'citation', raw: match[0], number: Number(match[1]) } : undefined;
      },
      renderer: (token) => `<cite data-cite="${String(token.number)}"></cite>`,
    },
  ],
};

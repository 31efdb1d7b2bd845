/** Closes what is half-written at the end of growing Markdown, so that nothing flashes by as signs. */
import type { Token } from 'marked';

/** The blocks, the last of them mended. */
export function mended(tokens: readonly Token[]): { raw: string }[] {
  const last = tokens.at(-1);
  if (!last || ['code', 'blockMath', 'hr', 'space'].includes(last.type)) return [...tokens];
  return [...tokens.slice(0, -1), { raw: mend(last.raw, last.type) }];
}

export function mend(raw: string, type = 'paragraph'): string {
  let text = type === 'paragraph' ? withoutHalfTable(raw) : raw;
  text = withoutHalfTag(withoutHalfLink(text));
  text = withCode(text);
  return withStars(withMath(text));
}

/** A table is one only when its second line is there. */
function withoutHalfTable(text: string): string {
  return text.replace(/(^|\n)\s*\|[^\n]*(\n\s*\|?[\s:|-]*)?$/, '$1');
}

function withoutHalfTag(text: string): string {
  return text.replace(/<\/?[a-zA-Z][^<>]*$/, '');
}

function withoutHalfLink(text: string): string {
  return text.replace(/!\[[^\]\n]*(?:\]\([^)\n]*)?$/, '').replace(/\[([^\]\n]*)\]\([^)\n]*$/, '$1');
}

function withCode(text: string): string {
  const line = text.slice(text.lastIndexOf('\n\n') + 1);
  const ticks = line.match(/`/g)?.length ?? 0;
  if (ticks % 2 === 0) return text;
  return text.endsWith('`') ? text.slice(0, -1) : `${text}\``;
}

function withMath(text: string): string {
  const signs = text.match(/\$\$/g)?.length ?? 0;
  if (signs % 2 === 0) return text;
  return text.replace(/\$\$([^$]*)$/, (_all, tex: string) => (tex.trim() ? `$$$$${tex}$$$$` : ''));
}

function withStars(text: string): string {
  const plain = text.replace(/`[^`]*`/g, '');
  const strong = plain.match(/\*\*/g)?.length ?? 0;
  const trimmed = text.trimEnd();
  if (/(^|[^*])\*{1,2}$/.test(trimmed) && (strong % 2 === 1 || /(^|\s)\*$/.test(trimmed))) {
    return withStars(trimmed.replace(/\*{1,2}$/, ''));
  }
  if (strong % 2 === 1) return `${trimmed.replace(/\*$/, '')}**`;
  return text;
}

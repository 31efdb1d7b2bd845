/** A source in the running text: a small chip that opens it, and shows more of it on the way. */
import type { Source } from '../wire/protocol';
import { entityOf, type Chat } from './chat';

/** What a chip stands for, for the preview that hovers over it. */
export const SOURCES = new WeakMap<Element, Source>();

export function citation(chat: Chat, source: Source, number: number): HTMLElement {
  const chip = source.type === 'url' ? linkTo(source.url) : chipFor(chat, source);
  chip.classList.add('cite', `cite-${source.type}`);
  chip.setAttribute('part', 'citation');
  chip.setAttribute('data-key', `cite:${number}:${JSON.stringify(source)}`);
  chip.setAttribute('aria-label', `${chat.texts.source}: ${source.title}`);
  if (source.type === 'entity' && source.icon && !source.inline_label) chip.append(icon(source.icon));
  const label = document.createElement('span');
  label.textContent = labelOf(source);
  chip.append(label);
  SOURCES.set(chip, source);
  return chip;
}

function chipFor(chat: Chat, source: Exclude<Source, { type: 'url' }>): HTMLElement {
  if (source.type === 'entity' && source.interactive) {
    const button = document.createElement('button');
    button.type = 'button';
    button.addEventListener('click', () => chat.clickEntity(entityOf(source)));
    return button;
  }
  const chip = document.createElement('span');
  chip.tabIndex = 0;
  chip.setAttribute('role', 'note');
  return chip;
}

function linkTo(url: string): HTMLElement {
  if (!/^https?:/i.test(url)) return document.createElement('span');
  const link = document.createElement('a');
  link.href = url;
  link.target = '_blank';
  link.rel = 'noopener noreferrer nofollow';
  return link;
}

function icon(name: string): Element {
  const element = document.createElement('ock-icon');
  element.setAttribute('name', name);
  return element;
}

/** The few letters that stand in the text. */
export function labelOf(source: Source): string {
  if (source.type === 'entity') return source.inline_label ?? source.label ?? source.title;
  if (source.type === 'file') return source.title || source.filename;
  return source.attribution ?? siteOf(source.url) ?? source.title;
}

export function siteOf(url: string): string | null {
  try {
    return new URL(url).hostname.replace(/^www\./, '') || null;
  } catch {
    return null;
  }
}

/** Markdown in an element, changed block by block as it grows. */
import type { Annotation } from '../wire/protocol';
import { withMarks } from './citations';
import { enhance, type Enhancing } from './enhance';
import { morphChildren } from './morph';
import { type Block, Parser } from './parse';
import { sanitized } from './sanitize';

export interface Shown {
  text: string;
  annotations?: readonly Annotation[];
  grows?: boolean;
}

export class MarkdownView {
  readonly #parser = new Parser();
  #blocks: Block[] = [];

  constructor(
    readonly element: HTMLElement,
    readonly how: Enhancing,
  ) {}

  show({ text, annotations = [], grows = false }: Shown): void {
    const blocks = this.#parser.parse(withMarks(text, annotations), grows);
    for (const [at, block] of blocks.entries()) this.#showBlock(at, block);
    while (this.element.children.length > blocks.length) this.element.lastElementChild!.remove();
    this.#blocks = blocks;
    const settled = grows ? blocks.length - 1 : blocks.length;
    for (const element of [...this.element.children].slice(0, settled)) void finish(element);
  }

  #showBlock(at: number, block: Block): void {
    const known = this.#blocks[at];
    if (known && (known === block || known.html === block.html)) return;
    const fragment = sanitized(block.html);
    enhance(fragment, this.how);
    const live = this.element.children[at];
    if (!live) this.element.append(newBlock(block, fragment));
    else {
      live.className = `md-block md-${block.kind}`;
      delete (live as HTMLElement).dataset.finished;
      morphChildren(live, fragment);
    }
  }
}

function newBlock({ kind }: Block, fragment: DocumentFragment): HTMLElement {
  const element = document.createElement('div');
  element.className = `md-block md-${kind}`;
  element.append(fragment);
  return element;
}

/** Colours and formulas, once a block has stopped changing; loaded when first needed. */
async function finish(element: Element): Promise<void> {
  const block = element as HTMLElement;
  if (block.dataset.finished !== undefined) return;
  block.dataset.finished = '';
  const codes = [...block.querySelectorAll<HTMLPreElement>('pre[data-lang]')];
  const named = codes.filter((pre) => pre.dataset.lang);
  const formulas = [...block.querySelectorAll<HTMLElement>('.tex')];
  await Promise.all([
    named.length ? import('./highlight').then(({ highlight }) => inTurns(named, highlight)) : null,
    formulas.length ? import('./tex').then(({ typeset }) => inTurns(formulas, typeset)) : null,
  ]).catch(() => {
    // Offline: plain code and TeX can be read as well.
  });
}

/** One after the other, with room for the page to breathe after each few milliseconds. */
async function inTurns<T>(all: readonly T[], work: (one: T) => void): Promise<void> {
  let began = performance.now();
  for (const one of all) {
    work(one);
    if (performance.now() - began < 8) continue;
    await new Promise((resolve) => setTimeout(resolve));
    began = performance.now();
  }
}

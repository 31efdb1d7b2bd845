/** The field one writes in: text, and the things mentioned in it, which are one piece each. */
import type { UserMessageContent } from '../wire/protocol';
import { selectionIn } from '../views/quoting';

type Tag = Extract<UserMessageContent, { type: 'input_tag' }>;

/** What is being typed that may want suggestions: `@` or `/` and the letters after it. */
export interface Query {
  sign: '@' | '/';
  text: string;
}

const TAGS = new WeakMap<Node, Tag>();

export class Editor {
  constructor(readonly element: HTMLElement) {}

  /** What is written, as a message's content. */
  get content(): UserMessageContent[] {
    const parts: UserMessageContent[] = [];
    for (const node of this.element.childNodes) read(node, parts);
    trim(parts);
    return parts;
  }

  set content(parts: readonly UserMessageContent[]) {
    this.element.replaceChildren(...parts.map(nodeOf));
    this.toEnd();
  }

  get isEmpty(): boolean {
    return !this.element.querySelector('[data-tag]') && !this.element.textContent?.trim();
  }

  focus(): void {
    this.element.focus();
    if (!this.#range) this.toEnd();
  }

  /** Put the caret behind everything. */
  toEnd(): void {
    const range = document.createRange();
    range.selectNodeContents(this.element);
    range.collapse(false);
    if (this.#hasFocus) this.#select(range);
  }

  insertText(text: string): void {
    this.focus();
    document.execCommand('insertText', false, text);
  }

  get query(): Query | null {
    const before = this.#before;
    const match = before && /(?:^|\s)([@/])([^\s@/]*)$/u.exec(before.text);
    if (!match) return null;
    const sign = match[1] as '@' | '/';
    // A command is the whole of what is written.
    if (sign === '/' && (before.node.previousSibling || before.text.trimStart() !== `/${match[2]}`)) {
      return null;
    }
    return { sign, text: match[2]! };
  }

  /** Put a mention, or nothing, in the place of what was typed for it. */
  replaceQuery(tag: Tag | null): void {
    const before = this.#before;
    const query = this.query;
    if (!before || !query) {
      if (tag) this.#insertAtEnd(tag);
      return;
    }
    const range = document.createRange();
    range.setStart(before.node, before.offset - query.text.length - 1);
    range.setEnd(before.node, before.offset);
    range.deleteContents();
    if (!tag) return;
    const space = document.createTextNode('\u00a0');
    range.insertNode(space);
    range.insertNode(nodeOf(tag));
    range.setStartAfter(space);
    range.collapse(true);
    this.#select(range);
  }

  #insertAtEnd(tag: Tag): void {
    this.element.append(nodeOf(tag), document.createTextNode('\u00a0'));
    this.toEnd();
  }

  get isCaretAtStart(): boolean {
    const range = this.#range;
    if (!range?.collapsed) return false;
    const before = document.createRange();
    before.setStart(this.element, 0);
    before.setEnd(range.startContainer, range.startOffset);
    return before.toString() === '';
  }

  get #hasFocus(): boolean {
    return (this.element.getRootNode() as ShadowRoot).activeElement === this.element;
  }

  get #range(): Range | null {
    const selection = selectionIn(this.element.getRootNode());
    const range = selection?.rangeCount ? selection.getRangeAt(0) : null;
    return range && this.element.contains(range.startContainer) ? range : null;
  }

  get #before(): { node: Node; text: string; offset: number } | null {
    const range = this.#range;
    const node = range?.startContainer;
    if (!range?.collapsed || node?.nodeType !== Node.TEXT_NODE) return null;
    const offset = range.startOffset;
    return { node, offset, text: (node.nodeValue ?? '').slice(0, offset) };
  }

  #select(range: Range): void {
    const selection = selectionIn(this.element.getRootNode()) ?? document.getSelection();
    selection?.removeAllRanges();
    selection?.addRange(range);
  }
}

function nodeOf(part: UserMessageContent): Node {
  if (part.type === 'input_text') return document.createTextNode(part.text);
  const chip = document.createElement('span');
  chip.className = 'mention';
  chip.dataset.tag = part.id;
  chip.contentEditable = 'false';
  chip.textContent = part.text;
  TAGS.set(chip, part);
  return chip;
}

function read(node: Node, parts: UserMessageContent[]): void {
  const tag = TAGS.get(node);
  if (tag) return void parts.push(tag);
  if (node.nodeType === Node.TEXT_NODE) return addText(parts, node.nodeValue ?? '');
  if (node.nodeName === 'BR') return addText(parts, '\n');
  if (node.nodeName === 'DIV' && parts.length) addText(parts, '\n');
  for (const child of node.childNodes) read(child, parts);
}

function addText(parts: UserMessageContent[], text: string): void {
  const last = parts.at(-1);
  const plain = text.replaceAll('\u00a0', ' ');
  if (last?.type === 'input_text') parts[parts.length - 1] = { ...last, text: last.text + plain };
  else parts.push({ type: 'input_text', text: plain });
}

function trim(parts: UserMessageContent[]): void {
  const first = parts[0];
  if (first?.type === 'input_text') parts[0] = { ...first, text: first.text.trimStart() };
  const last = parts.at(-1);
  if (last?.type === 'input_text') parts[parts.length - 1] = { ...last, text: last.text.trimEnd() };
  if (parts[0]?.type === 'input_text' && !parts[0].text) parts.shift();
  if (parts.at(-1)?.type === 'input_text' && !(parts.at(-1) as { text: string }).text) parts.pop();
}

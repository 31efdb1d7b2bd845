/** Words that were selected in an answer can be replied to. */
import { html, type LitElement, nothing } from 'lit';
import type { Chat } from './chat';

export class Quoting {
  #text = '';
  #at = { x: 0, y: 0 };

  constructor(readonly host: LitElement) {}

  readonly look = (): void => {
    // The selection is only settled after the event.
    setTimeout(() => this.#take());
  };

  #take(): void {
    const selection = selectionIn(this.host.getRootNode());
    const text = selection?.toString().trim() ?? '';
    const range = selection?.rangeCount ? selection.getRangeAt(0) : null;
    const inside = range && containing(range)?.closest('.assistant, .card');
    if (!text || !inside || !this.host.contains(inside)) return this.hide();
    const rect = range.getBoundingClientRect();
    const own = this.host.getBoundingClientRect();
    this.#text = text;
    this.#at = { x: rect.left + rect.width / 2 - own.left, y: rect.top - own.top };
    this.host.requestUpdate();
  }

  hide(): void {
    if (!this.#text) return;
    this.#text = '';
    this.host.requestUpdate();
  }

  render(chat: Chat) {
    if (!this.#text) return nothing;
    void this.host.updateComplete.then(() => this.#put());
    return html`<button
      type="button"
      class="quote-button"
      @pointerdown=${(event: Event) => event.preventDefault()}
      @click=${() => {
        chat.quote(this.#text);
        this.hide();
      }}
    >
      <ock-icon name="reply"></ock-icon>${chat.texts.quote}
    </button>`;
  }

  #put(): void {
    const button = this.host.querySelector<HTMLElement>('.quote-button');
    if (!button) return;
    const width = this.host.clientWidth - button.offsetWidth;
    const x = Math.max(8, Math.min(this.#at.x - button.offsetWidth / 2, width - 8));
    button.style.left = `${x}px`;
    button.style.top = `${Math.max(8, this.#at.y - button.offsetHeight - 8)}px`;
  }
}

function containing(range: Range): Element | null {
  const node = range.commonAncestorContainer;
  return node instanceof Element ? node : node.parentElement;
}

/** Browsers differ in where a selection inside a shadow root is to be had. */
export function selectionIn(root: Node): Selection | null {
  const own = (root as { getSelection?: () => Selection | null }).getSelection;
  return own ? own.call(root) : document.getSelection();
}

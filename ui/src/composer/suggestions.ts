/** What may follow an `@` or a `/`: asked of the page, picked by keys or pointer. */
import type { ChatKitOptions, Command, Entity } from '@openai/chatkit';
import { html, nothing } from 'lit';
import type { WidgetNode } from '../wire/protocol';
import type { Chat } from '../views/chat';
import { plainWidget } from '../views/items/widget';
import type { Query } from './editor';

export type Suggestion =
  | { kind: 'entity'; entity: Entity }
  | { kind: 'command'; command: Command };

const PATIENCE = 120;

export class Suggestions {
  list: readonly Suggestion[] = [];
  active = 0;
  preview: WidgetNode | null = null;
  #query: Query | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  constructor(
    readonly options: () => ChatKitOptions,
    readonly builtIn: () => Command[],
    readonly changed: () => void,
  ) {}

  get isOpen(): boolean {
    return this.list.length > 0;
  }

  /** The text before the caret is another. */
  ask(query: Query | null): void {
    if (query?.sign === this.#query?.sign && query?.text === this.#query?.text) return;
    this.#query = query;
    clearTimeout(this.#timer);
    const number = ++this.#asked;
    if (!query) return this.close();
    this.#timer = setTimeout(() => void this.#search(query, number), PATIENCE);
  }

  async #search(query: Query, number: number): Promise<void> {
    const found = query.sign === '@' ? await this.#entities(query) : await this.#commands(query);
    if (number === this.#asked) this.show(found);
  }

  async #entities({ text }: Query): Promise<Suggestion[]> {
    const search = this.options().entities?.onTagSearch;
    const found = search ? await Promise.resolve(search(text)).catch(() => []) : [];
    return found.map((entity) => ({ kind: 'entity', entity }));
  }

  async #commands({ text }: Query): Promise<Suggestion[]> {
    const { commands } = this.options();
    if (!commands?.enabled) return [];
    const own = this.builtIn().filter(({ label }) => label.toLowerCase().includes(text.toLowerCase()));
    const found = commands.onSearch
      ? await Promise.resolve(commands.onSearch(text)).catch(() => [])
      : [];
    return [...found, ...own].map((command) => ({ kind: 'command', command }));
  }

  show(list: readonly Suggestion[]): void {
    this.list = list;
    this.active = 0;
    this.#look();
    this.changed();
  }

  close(): void {
    if (this.isOpen) this.show([]);
  }

  move(by: number): void {
    this.active = (this.active + by + this.list.length) % this.list.length;
    this.#look();
    this.changed();
  }

  /** The preview of the entity that is about to be picked. */
  #look(): void {
    this.preview = null;
    const at = this.list[this.active];
    const ask = this.options().entities?.onRequestPreview;
    if (at?.kind !== 'entity' || !at.entity.interactive || !ask) return;
    void Promise.resolve(ask(at.entity))
      .then(({ preview }) => {
        if (this.list[this.active] !== at) return;
        this.preview = preview as WidgetNode | null;
        this.changed();
      })
      .catch(() => {});
  }

  render(chat: Chat, pick: (suggestion: Suggestion) => void) {
    if (!this.isOpen) return nothing;
    const label =
      this.list[0]!.kind === 'entity' ? chat.texts.suggestions : chat.texts.commands;
    return html`<div class="suggestions" part="suggestions">
      <div class="menu" id="suggestions" role="listbox" aria-label=${label}>
        ${this.list.map((each, at) => this.#row(each, at, pick))}
      </div>
      ${this.preview
        ? html`<div class="suggestion-preview">${plainWidget(chat, this.preview)}</div>`
        : nothing}
    </div>`;
  }

  #row(suggestion: Suggestion, at: number, pick: (suggestion: Suggestion) => void) {
    const { title, description, icon, group } = shown(suggestion);
    const before = at ? shown(this.list[at - 1]!).group : undefined;
    return html`
      ${group && group !== before ? html`<div class="menu-group" role="presentation">${group}</div>` : nothing}
      <div
        class="menu-item ${at === this.active ? 'is-active' : ''}"
        id="suggestion-${at}"
        role="option"
        aria-selected=${at === this.active}
        @pointerdown=${(event: Event) => event.preventDefault()}
        @click=${() => pick(suggestion)}
        @pointermove=${() => at !== this.active && this.move(at - this.active)}
      >
        ${icon ? html`<ock-icon name=${icon}></ock-icon>` : nothing}
        <span class="menu-label" dir="auto">${title}</span>
        ${description ? html`<span class="menu-note" dir="auto">${description}</span>` : nothing}
      </div>
    `;
  }
}

function shown(suggestion: Suggestion) {
  if (suggestion.kind === 'entity') {
    const { title, icon, group } = suggestion.entity;
    return { title, icon, group, description: undefined };
  }
  const { label, icon, group, description } = suggestion.command;
  return { title: label, icon, group, description };
}

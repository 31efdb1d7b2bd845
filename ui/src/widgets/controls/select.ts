/** `<ock-select>`: one of some options, from a list that can be searched. */
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { define } from '../../element/define';
import { isAction } from '../deeds';
import { flag, maybe, oneOf, records, text } from '../props';
import type { Scene } from '../scene';
import { CONTROL_SIZES } from '../style/controls';
import type { Node } from '../tree';
import type { Valued } from '../values';
import { Popup } from './popup';

interface Option {
  value: string;
  label: string;
  description?: string | undefined;
  disabled: boolean;
}

/** A list of more than these is searched. */
const LONG = 10;

export class Select extends LitElement implements Valued {
  static override readonly properties = {
    scene: { attribute: false },
    node: { attribute: false },
    tick: { attribute: false },
    value: { state: true },
    isOpen: { state: true },
    query: { state: true },
    at: { state: true },
  };

  declare scene: Scene;
  declare node: Node;
  declare value: string | null;
  declare isOpen: boolean;
  declare query: string;
  /** The option that the keys have come to. */
  declare at: number;
  #default: unknown;
  #popup: Popup | null = null;
  #typed = '';
  #typedAt = 0;

  constructor() {
    super();
    this.value = null;
    this.isOpen = false;
    this.query = '';
    this.at = -1;
  }

  protected override createRenderRoot() {
    return this;
  }

  /** Replaced while it is open: nobody else would stop listening for scrolling. */
  override disconnectedCallback(): void {
    this.#popup?.close();
    super.disconnectedCallback();
  }

  get fieldName(): string {
    return text(this.node.name);
  }

  get fieldValue(): string | null {
    return this.value;
  }

  get disabled(): boolean {
    return flag(this.node.disabled);
  }

  protected override willUpdate(): void {
    if (this.node.defaultValue === this.#default) return;
    this.#default = this.node.defaultValue;
    this.value = maybe(this.#default) ?? null;
  }

  get #options(): Option[] {
    return records(this.node.options).map(({ value, label, description, disabled }) => ({
      value: text(value),
      label: text(label) || text(value),
      description: maybe(description),
      disabled: flag(disabled),
    }));
  }

  get #isSearched(): boolean {
    const { searchable } = this.node;
    return typeof searchable === 'boolean' ? searchable : this.#options.length > LONG;
  }

  get #found(): Option[] {
    const words = this.query.trim().toLocaleLowerCase();
    if (!words) return this.#options;
    return this.#options.filter(({ label, description }) =>
      `${label} ${description ?? ''}`.toLocaleLowerCase().includes(words),
    );
  }

  override render() {
    const { node, scene, value } = this;
    const chosen = this.#options.find((option) => option.value === value);
    const name = this.fieldName;
    const variant = oneOf(node.variant, ['solid', 'soft', 'outline', 'ghost'], 'outline');
    return html`
      <div class="w-picker ${flag(node.block) ? 'is-block' : ''}">
        <button
          type="button"
          class="w-trigger is-${variant} ${flag(node.pill) ? 'is-pill' : ''} ${chosen ? '' : 'is-empty'}"
          part="field"
          role="combobox"
          id=${scene.idOf(name)}
          data-size=${oneOf(node.size, CONTROL_SIZES, 'lg')}
          aria-haspopup="listbox"
          aria-expanded=${this.isOpen}
          aria-controls=${scene.idOf(`${name}-list`)}
          aria-label=${scene.labelled.has(name) ? nothing : this.#spoken(chosen)}
          aria-activedescendant=${this.isOpen && this.at >= 0 && !this.#isSearched ? this.#idAt(this.at) : nothing}
          ?disabled=${this.disabled}
          @click=${this.#toggle}
          @keydown=${this.#keys}
        >
          <span class="w-chosen" dir="auto">${chosen?.label ?? this.#placeholder}</span>
          <ock-icon name="chevron-down"></ock-icon>
        </button>
        ${flag(node.clearable) && chosen && !this.disabled ? this.#clearButton() : nothing}
      </div>
      <div class="w-popup" popover="auto" @toggle=${this.#toggled}>${this.isOpen ? this.#list() : nothing}</div>
    `;
  }

  get #placeholder(): string {
    return maybe(this.node.placeholder) ?? this.scene.chat.texts.choose;
  }

  #spoken(chosen: Option | undefined): string {
    const what = maybe(this.node.placeholder) ?? this.fieldName;
    return chosen ? `${what}: ${chosen.label}` : what;
  }

  #clearButton() {
    return html`<button
      type="button"
      class="w-clear"
      aria-label=${this.scene.chat.texts.clear}
      @click=${() => {
        this.#choose(null);
        this.#trigger.focus();
      }}
    >
      <ock-icon name="close"></ock-icon>
    </button>`;
  }

  #list() {
    const { texts } = this.scene.chat;
    const found = this.#found;
    const listId = this.scene.idOf(`${this.fieldName}-list`);
    return html`
      ${this.#isSearched
        ? html`<input
            class="w-search"
            type="text"
            role="combobox"
            aria-expanded="true"
            aria-controls=${listId}
            aria-activedescendant=${this.at >= 0 ? this.#idAt(this.at) : nothing}
            aria-label=${texts.search}
            placeholder=${texts.search}
            autocomplete="off"
            .value=${this.query}
            @input=${({ target }: Event) => {
              this.query = (target as HTMLInputElement).value;
              this.at = this.#step(-1, 1);
            }}
            @keydown=${this.#keys}
          />`
        : nothing}
      <div class="w-options" role="listbox" id=${listId} aria-label=${this.#placeholder}>
        ${found.map((option, at) => this.#option(option, at))}
        ${found.length ? nothing : html`<div class="w-nothing">${texts.noMatches}</div>`}
      </div>
    `;
  }

  #option(option: Option, at: number) {
    const isChosen = option.value === this.value;
    return html`<div
      class="w-option ${at === this.at ? 'is-at' : ''}"
      role="option"
      id=${this.#idAt(at)}
      aria-selected=${isChosen}
      aria-disabled=${option.disabled}
      @pointermove=${() => (this.at = at)}
      @click=${() => this.#take(option)}
    >
      <span class="w-option-words">
        <span dir="auto">${option.label}</span>
        ${option.description ? html`<small dir="auto">${option.description}</small>` : nothing}
      </span>
      ${isChosen ? html`<ock-icon name="check"></ock-icon>` : nothing}
    </div>`;
  }

  #idAt(at: number): string {
    return this.scene.idOf(`${this.fieldName}-option-${at}`);
  }

  get #trigger(): HTMLElement {
    return this.querySelector<HTMLElement>('.w-trigger')!;
  }

  readonly #toggle = (): void => {
    if (this.isOpen) this.#popup?.close();
    else this.#open();
  };

  #open(): void {
    this.query = '';
    this.at = this.#options.findIndex(({ value }) => value === this.value);
    this.isOpen = true;
    void this.updateComplete.then(() => {
      this.#popup ??= new Popup(this.#trigger, this.querySelector<HTMLElement>('.w-popup')!, { wide: true });
      this.#popup.open();
      this.querySelector<HTMLElement>('.w-search')?.focus();
      this.#showAt();
    });
  }

  /** The browser closes it on Escape and on a click elsewhere. */
  readonly #toggled = (event: Event): void => {
    if ((event as ToggleEvent).newState === 'open') return;
    const had = this.querySelector('.w-popup')!.contains((this.getRootNode() as ShadowRoot).activeElement);
    this.#popup?.close();
    this.isOpen = false;
    if (had) this.#trigger.focus();
  };

  readonly #keys = (event: KeyboardEvent): void => {
    if (this.isOpen ? this.#keyInList(event) : this.#keyOnTrigger(event)) event.preventDefault();
  };

  #keyOnTrigger({ key }: KeyboardEvent): boolean {
    if (['ArrowDown', 'ArrowUp'].includes(key)) {
      this.#open();
      return true;
    }
    return false;
  }

  #keyInList(event: KeyboardEvent): boolean {
    const { key } = event;
    if (key === 'Enter' || (key === ' ' && !this.#isSearched)) {
      const option = this.#found[this.at];
      if (option) this.#take(option);
      return true;
    }
    if (key === 'Tab') this.#popup?.close();
    const last = this.#found.length;
    const next: Record<string, () => number> = {
      ArrowDown: () => this.#step(this.at, 1),
      ArrowUp: () => this.#step(this.at < 0 ? last : this.at, -1),
      ...(this.#isSearched ? {} : { Home: () => this.#step(-1, 1), End: () => this.#step(last, -1) }),
    };
    if (next[key]) return this.#goTo(next[key]());
    return !this.#isSearched && this.#typeAhead(event);
  }

  /** The next option that can be chosen; where there is none, stay. */
  #step(from: number, by: 1 | -1): number {
    const found = this.#found;
    for (let at = from + by; at >= 0 && at < found.length; at += by) if (!found[at]!.disabled) return at;
    return from >= 0 && from < found.length ? from : -1;
  }

  #goTo(at: number): boolean {
    this.at = at;
    void this.updateComplete.then(() => this.#showAt());
    return true;
  }

  #showAt(): void {
    this.querySelector('.w-option.is-at')?.scrollIntoView({ block: 'nearest' });
  }

  #typeAhead({ key, timeStamp, ctrlKey, metaKey }: KeyboardEvent): boolean {
    if (key.length !== 1 || ctrlKey || metaKey) return false;
    this.#typed = (timeStamp - this.#typedAt < 700 ? this.#typed : '') + key.toLocaleLowerCase();
    this.#typedAt = timeStamp;
    const at = this.#found.findIndex(
      ({ label, disabled }) => !disabled && label.toLocaleLowerCase().startsWith(this.#typed),
    );
    return at >= 0 && this.#goTo(at);
  }

  #take(option: Option): void {
    if (option.disabled) return;
    this.#popup?.close();
    this.isOpen = false;
    this.#trigger.focus();
    this.#choose(option.value);
  }

  /** A choice that the server refuses is taken back. */
  #choose(value: string | null): void {
    if (value === this.value) return;
    const before = this.value;
    this.value = value;
    const config = this.node.onChangeAction;
    if (!isAction(config)) return;
    const named = { name: this.fieldName, value };
    void this.scene.act({ config, from: this, by: 'change', value: named }).then((taken) => {
      if (!taken && this.value === value) this.value = before;
    });
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('query')) this.#showAt();
  }
}

define('ock-select', Select);

/** The threads of the past. Loaded when first opened. */
import { html, LitElement, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { define } from '../element/define';
import type { ThreadMetadata } from '../wire/protocol';
import { iconButton } from './button';
import type { Chat } from './chat';

type Doing = { id: string; what: 'rename' | 'delete' } | null;

class HistoryView extends LitElement {
  static override readonly properties = {
    chat: { attribute: false },
    tick: { attribute: false },
    search: { state: true },
    doing: { state: true },
  };

  declare chat: Chat;
  declare search: string | undefined;
  declare doing: Doing | undefined;
  #before: HTMLElement | null = null;

  protected override createRenderRoot() {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const root = this.getRootNode() as ShadowRoot;
    this.#before = root.activeElement as HTMLElement | null;
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('.history-search input')?.focus());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.#before?.isConnected) this.#before.focus();
  }

  override render() {
    const { texts } = this.chat;
    return html`
      <div class="scrim" @click=${() => void this.chat.hideHistory()}></div>
      <section
        class="history"
        part="history"
        role="dialog"
        aria-modal="true"
        aria-label=${texts.history}
        @keydown=${this.#keys}
      >
        <div class="history-head">
          <div class="history-search">
            <ock-icon name="search"></ock-icon>
            <input
              type="search"
              placeholder=${texts.searchHistory}
              aria-label=${texts.searchHistory}
              .value=${this.search ?? ''}
              @input=${this.#searched}
            />
          </div>
          ${iconButton({
            icon: 'close',
            label: texts.closeHistory,
            name: 'close-history',
            onClick: () => void this.chat.hideHistory(),
          })}
        </div>
        <div class="history-list" @scroll=${this.#scrolled}>${this.#groups()}</div>
      </section>
    `;
  }

  #groups() {
    const { list } = this.chat.session;
    const { texts } = this.chat;
    const found = this.#found();
    if (!found.length) {
      if (list.isLoading) return html`<div class="history-empty shimmer">${texts.loading}</div>`;
      if (list.error) return html`<div class="history-empty" role="alert">${texts.somethingWrong}</div>`;
      return html`<div class="history-empty">${this.search ? texts.noMatches : texts.noThreads}</div>`;
    }
    const groups = grouped(found, (thread) => this.#group(thread));
    return [...groups].map(
      ([name, threads]) => html`<h2>${name}</h2>
        <ul>
          ${repeat(
            threads,
            ({ id }) => id,
            (thread) => html`<li>${this.#row(thread)}</li>`,
          )}
        </ul>`,
    );
  }

  #found(): ThreadMetadata[] {
    const words = (this.search ?? '').toLowerCase().split(/\s+/).filter(Boolean);
    return this.chat.session.list.threads.filter(({ title }) => {
      const text = (title ?? this.chat.texts.untitled).toLowerCase();
      return words.every((word) => text.includes(word));
    });
  }

  #group({ created_at }: ThreadMetadata): string {
    const { texts } = this.chat;
    const days = Math.floor((midnight(new Date()) - midnight(new Date(created_at))) / 86_400_000);
    if (days <= 0) return texts.today;
    if (days === 1) return texts.yesterday;
    return days <= 7 ? texts.lastWeek : texts.earlier;
  }

  #row(thread: ThreadMetadata) {
    const what = this.doing?.id === thread.id ? this.doing.what : null;
    if (what === 'rename') return this.#renaming(thread);
    if (what === 'delete') return this.#deleting(thread);
    const { session, texts, options } = this.chat;
    const { showDelete = true, showRename = true } = options.history ?? {};
    const title = thread.title ?? texts.untitled;
    return html`<div class="history-row ${thread.id === session.current.id ? 'is-current' : ''}">
      <button
        type="button"
        class="history-open"
        aria-current=${thread.id === session.current.id ? 'true' : nothing}
        @click=${() => this.chat.openThread(thread.id)}
      >
        <span dir="auto">${title}</span>
        ${session.isRunning(thread.id)
          ? html`<i class="running" role="img" aria-label=${texts.running}></i>`
          : nothing}
      </button>
      ${showRename ? this.#do(thread, 'rename', 'write', `${texts.rename}: ${title}`) : nothing}
      ${showDelete ? this.#do(thread, 'delete', 'trash', `${texts.delete}: ${title}`) : nothing}
    </div>`;
  }

  #do({ id }: ThreadMetadata, what: 'rename' | 'delete', icon: string, label: string) {
    return iconButton({ icon, label, name: `history-${what}`, onClick: () => this.#begin(id, what) });
  }

  #begin(id: string, what: 'rename' | 'delete'): void {
    this.doing = { id, what };
    void this.updateComplete.then(() => {
      const field = this.querySelector<HTMLInputElement>('.history-rename input');
      field?.select();
      if (!field) this.querySelector<HTMLElement>('.history-delete .is-strong')?.focus();
    });
  }

  #renaming({ id, title }: ThreadMetadata) {
    const { texts, session } = this.chat;
    const save = (event: Event) => {
      event.preventDefault();
      const given = this.querySelector<HTMLInputElement>('.history-rename input')!.value.trim();
      this.doing = null;
      if (given) void session.rename(id, given);
    };
    return html`<form class="history-rename" @submit=${save}>
      <input class="field" type="text" dir="auto" aria-label=${texts.rename} .value=${title ?? ''} />
      ${iconButton({ icon: 'check', label: texts.save, onClick: save })}
      ${iconButton({ icon: 'close', label: texts.cancel, onClick: () => (this.doing = null) })}
    </form>`;
  }

  #deleting({ id }: ThreadMetadata) {
    const { texts, session } = this.chat;
    return html`<div class="history-delete" role="alert">
      <span>${texts.deleteQuestion}</span>
      <button type="button" class="button is-soft" @click=${() => (this.doing = null)}>
        ${texts.cancel}
      </button>
      <button
        type="button"
        class="button is-strong is-danger"
        @click=${() => {
          this.doing = null;
          void session.delete(id);
        }}
      >
        ${texts.delete}
      </button>
    </div>`;
  }

  readonly #searched = (event: Event): void => {
    this.search = (event.target as HTMLInputElement).value;
    // Titles are searched here: all of them have to be.
    if (this.search) void this.#loadAll();
  };

  async #loadAll(): Promise<void> {
    const { list } = this.chat.session;
    while (this.search && list.hasMore && !list.isLoading && this.isConnected) await list.more();
  }

  readonly #scrolled = (event: Event): void => {
    const { scrollTop, scrollHeight, clientHeight } = event.target as HTMLElement;
    if (scrollHeight - scrollTop - clientHeight < 200) void this.chat.session.list.more();
  };

  readonly #keys = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      if (this.doing) this.doing = null;
      else void this.chat.hideHistory();
    }
    if (event.key === 'Tab') this.#keepFocus(event);
  };

  /** A dialog keeps the focus: behind its last field comes its first. */
  #keepFocus(event: KeyboardEvent): void {
    const fields = [...this.querySelectorAll<HTMLElement>('button, input')];
    const active = (this.getRootNode() as ShadowRoot).activeElement;
    const edge = event.shiftKey ? fields[0] : fields.at(-1);
    if (active !== edge) return;
    event.preventDefault();
    (event.shiftKey ? fields.at(-1) : fields[0])?.focus();
  }
}

function midnight(date: Date): number {
  return new Date(date).setHours(0, 0, 0, 0);
}

function grouped<T>(all: T[], by: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(by(one), [...(groups.get(by(one)) ?? []), one]);
  return groups;
}

define('ock-history', HistoryView);

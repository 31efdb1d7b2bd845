/** The thread: its entries, and where one is in them. */
import { html, LitElement, nothing } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { define } from '../element/define';
import type { Conversation } from '../session/conversation';
import { type Entry, isAside } from '../state/thread_state';
import { iconButton } from './button';
import type { Chat } from './chat';
import { entryView } from './items/kinds';
import { progressView } from './progress';
import { Place } from './place';
import { Quoting } from './quoting';
import './turn_actions';

export class ThreadView extends LitElement {
  static override readonly properties = {
    chat: { attribute: false },
    tick: { attribute: false },
    isAway: { state: true },
  };

  declare chat: Chat;
  declare isAway: boolean | undefined;
  readonly #place = new Place(this, (isAway) => (this.isAway = isAway));
  readonly #quoting = new Quoting(this);
  #shown: Conversation | null = null;

  protected override createRenderRoot() {
    return this;
  }

  /** Pictures and fonts come late, and push down what is below them. */
  readonly #growth = new ResizeObserver(() => this.#place.grew());

  protected override firstUpdated(): void {
    this.#growth.observe(this.querySelector('.entries')!);
  }

  override disconnectedCallback(): void {
    this.#growth.disconnect();
    super.disconnectedCallback();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#growth.observe(this.querySelector('.entries')!);
  }

  /** The person has done something: what comes of it is brought into view. */
  showNext(): void {
    this.#place.showNext();
  }

  /** The person has sent something: it goes to the top, and the answer grows below it. */
  showSent(): void {
    this.#place.showSent(this.chat.options.thread?.autoScroll ?? false);
  }

  override render() {
    const { current } = this.chat.session;
    return html`
      <div
        class="scroller"
        part="thread"
        role="log"
        aria-live="off"
        aria-label=${this.chat.options.frameTitle ?? this.chat.texts.chat}
        aria-busy=${current.isResponding}
        tabindex="0"
        @scroll=${this.#scrolled}
        @pointerup=${this.#quoting.look}
        @keyup=${this.#quoting.look}
      >
        <div class="entries">
          ${this.#above(current)}
          ${repeat(
            current.state.entries,
            ({ id }) => id,
            (entry, at) => this.#entry(current, entry, at),
          )}
          ${progressView(this.chat)}
        </div>
        <div class="room"></div>
      </div>
      ${this.isAway
        ? iconButton({
            icon: 'arrow-down',
            label: this.chat.texts.toBottom,
            name: 'to-bottom',
            onClick: () => this.#place.toBottom(true),
          })
        : nothing}
      ${this.#quoting.render(this.chat)}
    `;
  }

  #above({ loading, state }: Conversation) {
    const { texts } = this.chat;
    if (loading === 'thread' && !state.entries.length) return skeleton(texts.loading);
    if (loading === 'failed') {
      return html`<div class="notice is-danger" role="alert">
        <ock-icon name="alert"></ock-icon>
        <div class="error-text">${texts.loadFailed}</div>
        <button type="button" class="button is-soft" @click=${() => void this.chat.session.reload()}>
          <ock-icon name="reload"></ock-icon>${texts.retry}
        </button>
      </div>`;
    }
    return state.older
      ? html`<div class="older">${loading === 'older' ? texts.loadingOlder : ''}</div>`
      : nothing;
  }

  #entry(current: Conversation, entry: Entry, at: number) {
    const { entries, open } = current.state;
    const isOpen = open.has(entry.id);
    const ends = endsTurn(entries, at) && !(at >= lastTurn(entries) && current.isResponding);
    const acting = entry.type === 'widget' && current.isActing(entry.id);
    const feedback = ends ? current.feedback.get(entry.id) : undefined;
    const changing = [entry, isOpen, ends, acting, feedback, this.chat.epoch, current];
    return guard(changing, () => {
      return html`<div class="entry is-${entry.type}" data-id=${entry.id}>
        ${entryView(this.chat, entry, isOpen)}
        ${ends ? this.#actions(entries, at) : nothing}
      </div>`;
    });
  }

  #actions(entries: readonly Entry[], at: number) {
    const from = turnStart(entries, at);
    const question = entries[from - 1];
    return html`<ock-turn-actions
      .chat=${this.chat}
      .turn=${entries.slice(from, at + 1).filter((entry) => !isAside(entry))}
      .question=${question?.type === 'user_message' ? question.id : null}
      .epoch=${{}}
    ></ock-turn-actions>`;
  }

  readonly #scrolled = (): void => {
    this.#place.scrolled();
    this.#quoting.hide();
    if (this.#place.isNearTop) void this.chat.session.current.loadOlder();
  };

  protected override willUpdate(): void {
    if (this.hasUpdated) this.#place.remember();
  }

  protected override updated(): void {
    const { current } = this.chat.session;
    const isOther = current !== this.#shown;
    this.#shown = current;
    if (isOther) this.#place.open(current.id);
    else this.#place.settle(this.chat.options.thread?.autoScroll ?? false, current.loading);
    const { entries, older } = current.state;
    const scroller = this.querySelector('.scroller')!;
    // A first page that does not fill the view leaves nothing to scroll.
    if (older && entries.length && scroller.scrollHeight <= scroller.clientHeight + 40) {
      void current.loadOlder();
    }
  }
}

/** The answer's last entry: what is done with the answer stands below it. */
function endsTurn(entries: readonly Entry[], at: number): boolean {
  if (!isAnswer(entries[at]!)) return false;
  for (let next = at + 1; next < entries.length; next++) {
    const entry = entries[next]!;
    if (entry.type === 'user_message') return true;
    if (isAnswer(entry)) return false;
  }
  return true;
}

function isAnswer({ type }: Entry): boolean {
  return ['assistant_message', 'widget', 'generated_image', 'structured_input'].includes(type);
}

function turnStart(entries: readonly Entry[], at: number): number {
  let from = at;
  while (from > 0 && entries[from - 1]!.type !== 'user_message') from--;
  return from;
}

function lastTurn(entries: readonly Entry[]): number {
  return entries.findLastIndex(({ type }) => type === 'user_message');
}

function skeleton(label: string) {
  return html`<div class="skeleton" role="status" aria-label=${label}>
    <i class="own"></i><i></i><i></i><i class="short"></i>
  </div>`;
}

define('ock-thread', ThreadView);

declare global {
  interface HTMLElementTagNameMap {
    'ock-thread': ThreadView;
  }
}

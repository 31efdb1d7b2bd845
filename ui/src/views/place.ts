/** Where one is in a thread: nothing that is being read may move. */
import type { Loading } from '../session/conversation';

const NEAR = 80;

/** An entry, and how far its top is below that of the view. */
interface Spot {
  id: string;
  offset: number;
}

export class Place {
  /** Whether the newest is in view, and so stays in view as it grows. */
  #follows = true;
  #anchor: { element: Element; top: number } | null = null;
  #sent: Element | null = null;
  /** What stood last when the person acted: what an action adds below it is brought into view. */
  #acted: Element | null = null;
  #opened = false;
  #top = 0;
  #isAway = false;
  /** The entry at the top of each thread's view, for those that were not left at their newest. */
  readonly #places = new Map<string, Spot>();
  #threadId: string | null = null;

  constructor(
    readonly host: HTMLElement,
    readonly away: (is: boolean) => void,
  ) {}

  get #scroller(): HTMLElement {
    return this.host.querySelector<HTMLElement>('.scroller')!;
  }

  get #room(): HTMLElement {
    return this.host.querySelector<HTMLElement>('.room')!;
  }

  get isNearTop(): boolean {
    return this.#opened && this.#scroller.scrollTop < 600;
  }

  /** Another thread is shown: where it was left, or at its newest. */
  open(threadId: string | null): void {
    this.#threadId = threadId;
    this.#opened = false;
    this.#sent = this.#acted = null;
    this.#room.style.height = '0px';
    this.#arrive();
  }

  #arrive(): void {
    if (!this.host.querySelector('.entry')) return;
    this.#opened = true;
    const left = this.#threadId ? this.#places.get(this.#threadId) : undefined;
    const entry = left && this.#entry(left.id);
    this.#follows = !entry;
    if (entry) this.#align(entry, left.offset);
    else this.toBottom(false);
    this.scrolled();
  }

  #entry(id: string): Element | null {
    return this.host.querySelector(`.entry[data-id="${CSS.escape(id)}"]`);
  }

  /** Entries have their true heights only once they are drawn: so look again, for some frames. */
  #align(entry: Element, offset: number, frames = 4): void {
    const scroller = this.#scroller;
    const from = entry.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    scroller.scrollTop += from - offset;
    if (frames && entry.isConnected) {
      requestAnimationFrame(() => this.#align(entry, offset, frames - 1));
    }
  }

  #note(): void {
    if (!this.#threadId || !this.#opened) return;
    const spot = this.#follows ? null : this.#spot();
    if (spot) this.#places.set(this.#threadId, spot);
    else if (this.#follows) this.#places.delete(this.#threadId);
  }

  #spot(): Spot | null {
    const { left, top, width } = this.#scroller.getBoundingClientRect();
    const root = this.host.getRootNode() as ShadowRoot;
    // There may be a gap between two entries at the very top.
    for (const below of [1, 40, 80]) {
      const entry = root.elementFromPoint(left + width / 2, top + below)?.closest('.entry');
      const id = entry?.getAttribute('data-id');
      if (id) return { id, offset: entry!.getBoundingClientRect().top - top };
    }
    return null;
  }

  scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    const below = scrollHeight - scrollTop - clientHeight;
    // Only who scrolls up stops following: what grows by itself moves the end away, too.
    if (below < NEAR) this.#follows = true;
    else if (scrollTop < this.#top) {
      this.#follows = false;
      this.#acted = null;
    }
    this.#top = scrollTop;
    this.#note();
    const isAway = below - this.#room.offsetHeight > 200;
    if (isAway !== this.#isAway) this.away((this.#isAway = isAway));
  }

  /** Before a change: note what is at the top of the view. */
  remember(): void {
    const scroller = this.#scroller;
    if (scroller.scrollTop > 1200) return void (this.#anchor = null);
    const top = scroller.getBoundingClientRect().top;
    for (const element of this.host.querySelectorAll('.entry')) {
      const rect = element.getBoundingClientRect();
      if (rect.bottom > top) return void (this.#anchor = { element, top: rect.top });
    }
    this.#anchor = null;
  }

  /** After it: what was there is there still, or the newest is in view. */
  settle(autoScroll: boolean, loading: Loading): void {
    if (!this.#opened) return this.#arrive();
    if (this.#anchor?.element.isConnected && !this.#follows) {
      const moved = this.#anchor.element.getBoundingClientRect().top - this.#anchor.top;
      if (Math.abs(moved) > 1) this.#scroller.scrollTop += moved;
    }
    this.#fit();
    this.#showAdded();
    if (autoScroll && this.#follows && loading === 'no' && !this.#sent) this.toBottom(false);
  }

  /** The thread's height is another, though nothing was drawn anew. */
  grew(): void {
    this.#fit();
    this.#showAdded();
    if (this.#follows && !this.#sent) this.toBottom(false);
    this.#note();
  }

  /** What the next action adds is brought into view. */
  showNext(): void {
    this.#acted = [...this.host.querySelectorAll('.entry')].at(-1) ?? null;
  }

  /** All of what was added, or as much as fits from its top on. */
  #showAdded(): void {
    const added = this.#acted?.isConnected ? this.#acted.nextElementSibling : null;
    if (!added?.matches('.entry')) return;
    const view = this.#scroller.getBoundingClientRect();
    const below = this.host.querySelector('.entries')!.getBoundingClientRect().bottom - view.bottom;
    const above = added.getBoundingClientRect().top - view.top - 8;
    const move = Math.min(below, above);
    if (move > 1) this.#scroller.scrollTop += move;
  }

  showSent(autoScroll: boolean): void {
    this.#opened = true;
    this.#acted = null;
    const entries = this.host.querySelectorAll('.entry.is-user_message');
    this.#sent = autoScroll ? null : (entries.item(entries.length - 1) ?? null);
    this.#fit();
    this.toBottom(true);
  }

  /** Room below the answer, so that the question can be at the top; the answer grows into it. */
  #fit(): void {
    if (!this.#sent) return;
    if (!this.#sent.isConnected) {
      const entries = this.host.querySelectorAll('.entry.is-user_message');
      this.#sent = entries.item(entries.length - 1);
      if (!this.#sent) return;
    }
    const entries = this.host.querySelector('.entries')!.getBoundingClientRect();
    const used = entries.bottom - this.#sent.getBoundingClientRect().top;
    const room = Math.max(0, this.#scroller.clientHeight - used - 8);
    this.#room.style.height = `${room}px`;
  }

  toBottom(smoothly: boolean): void {
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#scroller.scrollTo({
      top: this.#scroller.scrollHeight,
      behavior: smoothly && !calm ? 'smooth' : 'instant',
    });
  }
}

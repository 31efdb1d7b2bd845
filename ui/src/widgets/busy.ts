/** What waits for its action: a control, or all of the widget. */
import type { Loading } from './deeds';

export class Busy {
  readonly #controls = new WeakSet<Element>();
  #whole = 0;

  constructor(readonly host: HTMLElement) {}

  is(control: Element): boolean {
    return this.#whole > 0 || this.#controls.has(control);
  }

  async during<T>(control: Element, loading: Loading, work: () => Promise<T>): Promise<T> {
    if (loading === 'none') return work();
    if (loading === 'container') return this.#asWhole(work);
    this.#controls.add(control);
    control.setAttribute('aria-busy', 'true');
    try {
      return await work();
    } finally {
      this.#controls.delete(control);
      control.removeAttribute('aria-busy');
    }
  }

  /** The widget can do nothing meanwhile; afterwards the focus is where it was. */
  async #asWhole<T>(work: () => Promise<T>): Promise<T> {
    const home = this.host.getRootNode() as Document | ShadowRoot;
    const focused = this.host.contains(home.activeElement) ? (home.activeElement as HTMLElement) : null;
    this.#whole++;
    this.#show();
    try {
      return await work();
    } finally {
      this.#whole--;
      this.#show();
      if (!this.#whole && focused?.isConnected && !home.activeElement) focused.focus({ preventScroll: true });
    }
  }

  #show(): void {
    this.host.inert = this.#whole > 0;
    if (this.#whole) this.host.setAttribute('aria-busy', 'true');
    else this.host.removeAttribute('aria-busy');
  }
}

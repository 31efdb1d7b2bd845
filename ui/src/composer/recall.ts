/** What was sent before, brought back by the arrow keys. */
import type { UserMessageContent } from '../wire/protocol';

type Content = UserMessageContent[];

export class Recall {
  #at = -1;
  #shown = '';

  get isGoing(): boolean {
    return this.#at >= 0;
  }

  /** One step back (1) or forth (-1); null when there is nothing there. */
  go(step: 1 | -1, sent: readonly Content[]): Content | null {
    const at = this.#at + step;
    if (at < -1 || at >= sent.length) return null;
    this.#at = at;
    const found = at < 0 ? [] : sent[sent.length - 1 - at]!;
    this.#shown = JSON.stringify(found);
    return found;
  }

  wasChanged(content: Content): boolean {
    return JSON.stringify(content) !== this.#shown;
  }

  reset(): void {
    this.#at = -1;
  }
}

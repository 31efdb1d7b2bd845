/** A thread in the making. */
import type { Turn } from './turn';

/** The thread is being made: what else is sent waits for it, or it would make a second one. */
export class Birth {
  #end!: () => void;
  readonly over = new Promise<void>((resolve) => (this.#end = resolve));

  constructor(readonly turn: Turn) {}

  end(): null {
    this.#end();
    return null;
  }
}

/** The person's threads, a page at a time. */
import type { Client } from '../wire/client';
import type { ThreadMetadata } from '../wire/protocol';

const PAGE = 30;

export class ThreadList {
  threads: ThreadMetadata[] = [];
  isLoading = false;
  error: Error | null = null;
  #after: string | null = null;
  #hasMore = true;
  #generation = 0;

  constructor(
    readonly client: Client,
    readonly changed: () => void,
  ) {}

  get hasMore(): boolean {
    return this.#hasMore;
  }

  /** Begin anew at the newest; what is shown stays until the answer is there. */
  async reload(): Promise<void> {
    this.#generation++;
    this.isLoading = false;
    this.#after = null;
    this.#hasMore = true;
    await this.#load(true);
  }

  async more(): Promise<void> {
    if (this.#hasMore && !this.isLoading) await this.#load(false);
  }

  async #load(anew: boolean): Promise<void> {
    const generation = this.#generation;
    this.isLoading = true;
    this.error = null;
    this.changed();
    try {
      const after = this.#after ? { after: this.#after } : {};
      const page = await this.client.request('threads.list', {
        limit: PAGE,
        order: 'desc',
        ...after,
      });
      if (generation !== this.#generation) return;
      this.threads = anew ? page.data : merged(this.threads, page.data);
      this.#after = page.after ?? page.data.at(-1)?.id ?? null;
      this.#hasMore = !!page.has_more && this.#after !== null;
    } catch (error) {
      this.error = error as Error;
      this.#hasMore = false;
    } finally {
      if (generation === this.#generation) this.isLoading = false;
      this.changed();
    }
  }

  /** Take in what is known of a thread: its title, or that there is one more. */
  note(thread: ThreadMetadata): void {
    const at = this.threads.findIndex(({ id }) => id === thread.id);
    this.threads = at < 0 ? [thread, ...this.threads] : this.threads.with(at, thread);
    this.changed();
  }

  async rename(id: string, title: string): Promise<void> {
    const thread = this.threads.find((each) => each.id === id);
    if (thread) this.note({ ...thread, title });
    await this.client.request('threads.update', { thread_id: id, title });
  }

  async delete(id: string): Promise<void> {
    await this.client.request('threads.delete', { thread_id: id });
    this.threads = this.threads.filter((each) => each.id !== id);
    this.changed();
  }
}

function merged(known: ThreadMetadata[], more: ThreadMetadata[]): ThreadMetadata[] {
  const ids = new Set(known.map(({ id }) => id));
  return [...known, ...more.filter(({ id }) => !ids.has(id))];
}

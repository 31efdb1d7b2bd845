/** The chat as a whole: which thread is open, the others that still run, the list of all. */
import { type Api, Client } from '../wire/client';
import type { ClientToolCallItem } from '../wire/protocol';
import { Conversation, type ConversationEvents } from './conversation';
import { ThreadList } from './thread_list';

/** How many threads are kept as they were left. */
const KEPT = 10;

/** Seconds between the end of an answer and the looks for a title; a model may be slow to find one. */
const TITLE_AFTER = [2, 4, 9];

export interface SessionEvents {
  /** Something that is shown has changed. */
  changed(): void;
  emit(name: string, detail?: unknown): void;
  callTool(call: ClientToolCallItem): Promise<unknown>;
}

export class Session {
  readonly client: Client;
  readonly list: ThreadList;
  current: Conversation;
  isClosed = false;
  readonly #running = new Map<string, Conversation>();
  /** Those that were open last, as they were: who comes back is where they left. */
  readonly #left = new Map<string, Conversation>();
  /** Threads that were asked for a title, and that never got one. */
  readonly #untitled = new Set<string>();

  constructor(
    api: Api,
    readonly events: SessionEvents,
  ) {
    this.client = new Client(api, (name, data) => events.emit('log', { name, data }));
    this.list = new ThreadList(this.client, () => events.changed());
    this.current = this.#conversation(null);
  }

  /** Whether an answer is on its way in that thread. */
  isRunning(threadId: string): boolean {
    return this.#running.get(threadId)?.isResponding ?? false;
  }

  /** Open a thread; null for a new one. What runs in the one that is left goes on. */
  async open(threadId: string | null): Promise<void> {
    if (threadId === this.current.id && !this.#isStale()) return;
    this.#leave(this.current);
    const running = threadId ? this.#running.get(threadId) : undefined;
    const left = threadId ? this.#left.get(threadId) : undefined;
    this.current = running ?? left ?? this.#conversation(threadId);
    this.events.changed();
    this.events.emit('thread.change', { threadId });
    if (threadId && !running) await this.#load(this.current, threadId);
  }

  #leave(conversation: Conversation): void {
    if (!conversation.isBusy) conversation.close();
    const { id } = conversation;
    if (!id) return;
    this.#left.delete(id);
    this.#left.set(id, conversation);
    if (this.#left.size > KEPT) this.#left.delete(this.#left.keys().next().value!);
  }

  /** Whether opening the thread that is open would show something else. */
  #isStale(): boolean {
    const { id, loading, state } = this.current;
    return id ? loading === 'failed' : state.entries.length > 0;
  }

  async #load(conversation: Conversation, threadId: string): Promise<void> {
    this.events.emit('thread.load.start', { threadId });
    try {
      await conversation.load();
    } catch (error) {
      this.events.emit('error', { error });
    } finally {
      this.events.emit('thread.load.end', { threadId });
    }
  }

  async reload(): Promise<void> {
    if (this.current.id) await this.#load(this.current, this.current.id);
  }

  async rename(threadId: string, title: string): Promise<void> {
    try {
      await this.list.rename(threadId, title);
      const { current } = this;
      if (current.id === threadId) current.retitle(title);
    } catch (error) {
      this.events.emit('error', { error });
      await this.list.reload();
    }
  }

  async delete(threadId: string): Promise<void> {
    try {
      await this.list.delete(threadId);
    } catch (error) {
      return this.events.emit('error', { error });
    }
    this.#running.get(threadId)?.close();
    this.#left.delete(threadId);
    if (this.current.id === threadId) {
      this.current.close();
      this.current = this.#conversation(null);
      this.events.emit('thread.change', { threadId: null });
    }
    this.events.changed();
  }

  /** What was closed, opened again: the element is back in the page. */
  async reopen(): Promise<void> {
    this.isClosed = false;
    await this.reload();
  }

  close(): void {
    this.isClosed = true;
    this.current.close();
    for (const conversation of this.#running.values()) conversation.close();
  }

  #conversation(threadId: string | null): Conversation {
    return new Conversation(this.client, this.#listener(), threadId);
  }

  #listener(): ConversationEvents {
    const { events } = this;
    return {
      changed: (conversation) => {
        this.#keep(conversation);
        events.changed();
      },
      created: (conversation) => {
        this.#keep(conversation);
        if (conversation !== this.current) return;
        events.emit('thread.change', { threadId: conversation.id });
      },
      updated: ({ state }) => {
        if (state.thread) this.list.note(state.thread);
      },
      responding: (conversation, is) => {
        events.emit(is ? 'response.start' : 'response.end');
        if (!is) void this.#lookForTitle(conversation);
      },
      effect: (name, data) => events.emit('effect', data ? { name, data } : { name }),
      failed: (error) => events.emit('error', { error }),
      callTool: (call) => events.callTool(call),
    };
  }

  #keep(conversation: Conversation): void {
    if (!conversation.id) return;
    if (conversation.isBusy) this.#running.set(conversation.id, conversation);
    else this.#running.delete(conversation.id);
  }

  /** A title may be made beside the answer, and be ready only after it. */
  async #lookForTitle(conversation: Conversation): Promise<void> {
    const { id } = conversation;
    const isTitled = () => !!conversation.state.thread?.title;
    if (!id || isTitled() || this.#untitled.has(id)) return;
    for (const seconds of TITLE_AFTER) {
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
      // The end of the next answer looks again.
      if (conversation.isBusy || conversation !== this.current || isTitled()) return;
      await conversation.refresh().catch(() => {});
    }
    if (!isTitled()) this.#untitled.add(id);
  }
}

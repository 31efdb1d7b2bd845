/** One thread and all that is done with it; without any DOM. */
import { reduce } from '../state/reduce';
import { settledIn, withNewest, withOlder } from '../state/pages';
import {
  EMPTY,
  type Entry,
  isAside,
  itemOf,
  type ThreadState,
  without,
  withItem,
} from '../state/thread_state';
import type { Client } from '../wire/client';
import { isAbort, RefusedError } from '../wire/errors';
import type {
  Action,
  ClientToolCallItem,
  StreamingOperation,
  StreamingOperations,
  StructuredInputAnswer,
  ThreadStreamEvent,
  UserMessageInput,
  WireAttachment,
} from '../wire/protocol';
import type { Streamed } from '../wire/sse';
import { Birth } from './birth';
import { inOneTab } from './one_tab';
import { rememberSeen, wasSeen } from './seen';
import { onItsWay } from './sending';
import { Turn, type TurnReader } from './turn';

export const PAGE = 40;

/** What a conversation tells the one that holds it. */
export interface ConversationEvents {
  changed(conversation: Conversation): void;
  created(conversation: Conversation): void;
  updated(conversation: Conversation): void;
  responding(conversation: Conversation, is: boolean): void;
  effect(name: string, data: Record<string, unknown> | undefined): void;
  failed(error: Error): void;
  callTool(call: ClientToolCallItem): Promise<unknown>;
}

export type Loading = 'no' | 'thread' | 'older' | 'failed';

export class Conversation {
  state: ThreadState = EMPTY;
  loading: Loading = 'no';
  reconnecting = false;
  /** Feedback given on this page, by item. */
  readonly feedback = new Map<string, 'positive' | 'negative'>();
  readonly #turns = new Set<Turn>();
  readonly #actions = new Set<string>();
  #again: (() => void) | null = null;
  #birth: Birth | null = null;

  constructor(
    readonly client: Client,
    readonly events: ConversationEvents,
    public id: string | null,
  ) {}

  /** Whether an answer is on its way that the person has not stopped. */
  get isResponding(): boolean {
    return [...this.#turns].some((turn) => !turn.stopped);
  }

  /** Whether anything is still read. */
  get isBusy(): boolean {
    return this.#turns.size > 0;
  }

  get canStop(): boolean {
    return this.isResponding && this.state.allowCancel;
  }

  /** Whether the widget of that item waits for the answer to its action. */
  isActing(itemId: string): boolean {
    return this.#actions.has(itemId);
  }

  // Reading

  /** Load the thread, and go on with what runs in it. */
  async load(): Promise<void> {
    if (!this.id) return;
    this.#load('thread');
    const turn = new Turn();
    try {
      // The stream first: what ends while the items are loaded is in one or the other.
      const stream = await this.#resume(turn);
      await this.refresh();
      // The thread is there, so a 404 was about the path: this server cannot resume.
      this.client.resumable ??= false;
      this.#load('no');
      void this.#takeUp(turn, stream);
    } catch (error) {
      turn.abort();
      this.#load('failed');
      throw error;
    }
  }

  /** The running turn's stream; without one, loading goes on, and says what is wrong. */
  async #resume(turn: Turn): Promise<AsyncGenerator<Streamed[]> | null> {
    try {
      return await this.client.resume(this.id!, null, turn.signal);
    } catch {
      return null;
    }
  }

  /** Fetch the thread and its newest items. */
  async refresh(): Promise<void> {
    const thread_id = this.id;
    if (!thread_id) return;
    const settled = settledIn(this.state);
    const [thread, page] = await Promise.all([
      this.client.request('threads.get_by_id', { thread_id }),
      this.client.request('items.list', { thread_id, limit: PAGE, order: 'desc' }),
    ]);
    const { items: _items, ...metadata } = thread;
    this.#set(withNewest({ ...this.state, thread: metadata }, page, settled));
    this.events.updated(this);
  }

  async loadOlder(): Promise<void> {
    const { older } = this.state;
    if (!this.id || !older || this.loading !== 'no') return;
    this.#load('older');
    try {
      const page = await this.client.request('items.list', {
        thread_id: this.id,
        limit: PAGE,
        order: 'desc',
        after: older.after,
      });
      this.#set(withOlder(this.state, page));
    } catch (error) {
      this.#tell(error);
    } finally {
      this.#load('no');
    }
  }

  /** Go on with the turn that runs, or with the tool call that waits for this page. */
  async #takeUp(turn: Turn, stream: AsyncGenerator<Streamed[]> | null): Promise<void> {
    try {
      if (stream) await this.#follow(turn, stream);
      else await this.#answerCall();
    } catch (error) {
      this.#tell(error);
    }
  }

  // Saying and doing

  /** Comes back when the answer has ended; `taken` is called when the server has the message. */
  async send(
    input: UserMessageInput,
    shown: { attachments: WireAttachment[] } = { attachments: [] },
    taken = () => {},
  ): Promise<void> {
    this.#set(withItem(withoutErrors(this.state), onItsWay(input, this.id ?? '', shown.attachments)));
    if (this.#birth) await this.#birth.over;
    if (this.id) await this.#run('threads.add_user_message', { thread_id: this.id, input }, taken);
    else await this.#run('threads.create', { input }, taken);
    taken();
  }

  async retry(itemId: string): Promise<void> {
    const at = this.state.entries.findIndex((entry) => entry.id === itemId);
    const behind = new Set(this.state.entries.slice(at + 1).map((entry) => entry.id));
    const params = { thread_id: this.id!, item_id: itemId };
    // What a server refuses to do anew stays as it is.
    await this.#run('threads.retry_after_item', params, () =>
      this.#set(without(this.state, (entry) => behind.has(entry.id))),
    );
  }

  /** Try again what an error entry is about. */
  async retryError(entryId: string): Promise<void> {
    const again = this.#again;
    this.#set(without(this.state, (entry) => entry.id === entryId));
    if (again) return again();
    const last = this.state.entries.findLast((entry) => entry.type === 'user_message');
    if (last) await this.retry(last.id);
  }

  async answer(
    itemId: string,
    status: 'answered' | 'skipped',
    answers: Record<string, StructuredInputAnswer>,
  ): Promise<void> {
    const input = { status, answers };
    await this.#run('threads.add_structured_input', {
      thread_id: this.id!,
      item_id: itemId,
      input,
    });
  }

  /** Send an action; false if it was refused, or did not get there. Without a thread, it makes one. */
  async act(action: Action, itemId: string | undefined, streaming = true): Promise<boolean> {
    if (this.#birth) await this.#birth.over;
    const params = { thread_id: this.id ?? '', action, ...(itemId ? { item_id: itemId } : {}) };
    if (itemId) this.#acting(itemId, true);
    try {
      return await (streaming ? this.#run('threads.custom_action', params) : this.#actAtOnce(params));
    } finally {
      if (itemId) this.#acting(itemId, false);
    }
  }

  async #actAtOnce(params: StreamingOperations['threads.custom_action']): Promise<boolean> {
    try {
      const { updated_item } = await this.client.request('threads.sync_custom_action', params);
      if (updated_item) this.#set(withItem(this.state, updated_item));
      await this.refresh();
      return true;
    } catch (error) {
      this.#tell(error);
      return false;
    }
  }

  async giveFeedback(itemIds: string[], kind: 'positive' | 'negative'): Promise<void> {
    for (const id of itemIds) this.feedback.set(id, kind);
    this.#changed();
    try {
      await this.client.request('items.feedback', {
        thread_id: this.id!,
        item_ids: itemIds,
        kind,
      });
    } catch (error) {
      for (const id of itemIds) this.feedback.delete(id);
      this.#tell(error);
    }
  }

  /** Stop: here at once, on the server by asking, or by leaving where it cannot be asked. */
  async stop(): Promise<void> {
    const turns = [...this.#turns].filter((turn) => !turn.stopped);
    for (const turn of turns) turn.stopped = true;
    this.#set({ ...this.state, progress: null });
    this.events.responding(this, false);
    const asked = this.id ? await this.client.cancel(this.id).catch(() => null) : null;
    if (asked === null) for (const turn of turns) turn.abort();
  }

  /** Leave for good: nothing is read any more. The server is not asked to stop. */
  close(): void {
    for (const turn of this.#turns) turn.abort();
  }

  // Turns

  async #run<O extends StreamingOperation>(
    operation: O,
    params: StreamingOperations[O],
    taken = () => {},
  ): Promise<boolean> {
    this.#again = null;
    this.#set(withoutErrors(this.state));
    const turn = new Turn();
    const tells = this.#begin(turn);
    if (!this.id) this.#birth = new Birth(turn);
    this.#again = () => void this.#run(operation, params);
    try {
      const stream = await this.client.stream(operation, params, turn.signal);
      this.#again = null;
      taken();
      await this.#follow(turn, stream, tells);
      return true;
    } catch (error) {
      this.#end(turn, tells);
      this.#tell(error);
      return false;
    }
  }

  #begin(turn: Turn): boolean {
    const first = !this.isResponding;
    this.#turns.add(turn);
    if (first) this.events.responding(this, true);
    this.#changed();
    return first;
  }

  #end(turn: Turn, tells: boolean): void {
    if (!this.#turns.delete(turn)) return;
    if (this.#birth?.turn === turn) this.#birth = this.#birth.end();
    if (!this.isBusy) this.#set({ ...this.state, progress: null, open: new Set() });
    if (tells && !turn.stopped) this.events.responding(this, false);
    this.#changed();
  }

  async #follow(
    turn: Turn,
    stream: AsyncGenerator<Streamed[]>,
    tells = this.#begin(turn),
  ): Promise<void> {
    try {
      const isWhole = await turn.read(this.client, stream, this.#reader(turn));
      if (!isWhole) await this.refresh();
    } catch (error) {
      if (!(turn.stopped && isAbort(error))) {
        // What has come so far is the server's to tell.
        this.#again = () => void this.load().catch(() => {});
        throw error;
      }
    } finally {
      this.#end(turn, tells);
    }
    if (!turn.stopped) await this.#answerCall();
  }

  #reader(turn: Turn): TurnReader {
    return {
      threadId: () => this.id,
      isOpen: () => this.state.open.size > 0,
      take: (batch) => this.#take(turn, batch),
      reconnecting: (is) => {
        this.reconnecting = is;
        this.#changed();
      },
    };
  }

  #take(turn: Turn, batch: Streamed[]): void {
    let { state } = this;
    for (const { id, event } of batch) {
      if (event.type === 'client_effect' && !(id && this.id && wasSeen(this.id, id))) {
        this.events.effect(event.name, event.data);
      }
      if (turn.stopped && isGrowing(event)) continue;
      state = reduce(state, event);
      if (event.type === 'error') this.events.failed(new Error(event.message ?? event.code ?? ''));
      this.#set(state, false);
      this.#noticeThread(event);
      ({ state } = this);
    }
    const last = batch.findLast(({ id }) => id)?.id;
    if (last && this.id) rememberSeen(this.id, last);
    this.#changed();
  }

  #noticeThread(event: ThreadStreamEvent): void {
    if (event.type === 'thread.created') {
      const isNew = this.id === null;
      this.id = event.thread.id;
      this.#birth = this.#birth?.end() ?? null;
      if (isNew) this.events.created(this);
    }
    if (event.type === 'thread.created' || event.type === 'thread.updated') {
      this.events.updated(this);
    }
  }

  // Client tools

  /** Carry out the call that the thread waits for, in one tab only. */
  async #answerCall(): Promise<void> {
    const call = this.#waitingCall();
    if (!call) return;
    await inOneTab(`chatkit-host:${call.id}`, async () => {
      const result = await this.events.callTool(call);
      // The user may have written meanwhile: then the call is closed, and another one may wait.
      if (!this.#isWaiting(call)) return;
      const output = { ...call, status: 'completed' as const, output: result };
      this.#set(withItem(this.state, output));
      await this.#run('threads.add_client_tool_output', { thread_id: this.id!, result });
    });
  }

  #isWaiting({ id }: ClientToolCallItem): boolean {
    const now = itemOf(this.state, id);
    return now?.type === 'client_tool_call' && now.status === 'pending';
  }

  #waitingCall(): ClientToolCallItem | null {
    const last = this.state.entries.findLast((entry) => !isAside(entry));
    return last?.type === 'client_tool_call' && last.status === 'pending' ? last : null;
  }

  // State

  #acting(itemId: string, is: boolean): void {
    if (is) this.#actions.add(itemId);
    else this.#actions.delete(itemId);
    this.#changed();
  }

  #load(loading: Loading): void {
    this.loading = loading;
    this.#changed();
  }

  #set(state: ThreadState, tells = true): void {
    if (state === this.state) return;
    this.state = state;
    if (tells) this.#changed();
  }

  #changed(): void {
    this.events.changed(this);
  }

  /** Show an error among the items, and tell the page. */
  #tell(error: unknown): void {
    if (isAbort(error)) return;
    const told = error instanceof Error ? error : new Error(String(error));
    const refused = told instanceof RefusedError;
    const event: ThreadStreamEvent = {
      type: 'error',
      code: refused ? 'refused' : told.name,
      message: refused ? told.message : null,
      allow_retry: !refused || [408, 409, 429].includes(told.status) || told.status >= 500,
    };
    this.#set(reduce(this.state, event));
    this.events.failed(told);
  }

  retitle(title: string): void {
    const { thread } = this.state;
    if (thread) this.#set({ ...this.state, thread: { ...thread, title } });
  }
}

function isGrowing(event: ThreadStreamEvent): boolean {
  return event.type === 'thread.item.updated' || event.type === 'progress_update';
}

function withoutErrors(state: ThreadState): ThreadState {
  return without(state, (entry: Entry) => entry.type === 'error');
}

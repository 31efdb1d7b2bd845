/** The thread's state after an event: one small function an event. */
import type { ThreadStreamEvent } from '../wire/protocol';
import {
  itemOf,
  SENDING,
  type ThreadState,
  without,
  withItem,
  withOpen,
} from './thread_state';
import { updated } from './updates';

type EventOf<T extends ThreadStreamEvent['type']> = Extract<ThreadStreamEvent, { type: T }>;
type Reducers = {
  [T in ThreadStreamEvent['type']]: (state: ThreadState, event: EventOf<T>) => ThreadState;
};

const REDUCERS: Reducers = {
  'thread.created': withThread,
  'thread.updated': withThread,
  'thread.item.added': itemAdded,
  'thread.item.updated': itemUpdated,
  'thread.item.done': itemDone,
  'thread.item.removed': (state, { item_id }) =>
    withOpen(without(state, (entry) => entry.id === item_id), item_id, false),
  'thread.item.replaced': (state, { item }) => withItem(state, item),
  stream_options: (state, { stream_options }) => ({
    ...state,
    allowCancel: stream_options.allow_cancel,
  }),
  progress_update: (state, { text, icon }) => ({
    ...state,
    progress: { text, icon: icon ?? null },
  }),
  // The page's business, not the thread's.
  client_effect: (state) => state,
  error: errorTold,
  notice: noticeTold,
};

/** Takes one event in. Events that a newer server may send are passed over. */
export function reduce(state: ThreadState, event: ThreadStreamEvent): ThreadState {
  const reducer = REDUCERS[event.type] as
    | ((state: ThreadState, event: ThreadStreamEvent) => ThreadState)
    | undefined;
  return reducer ? reducer(state, event) : state;
}

function withThread(
  state: ThreadState,
  { thread }: EventOf<'thread.created'> | EventOf<'thread.updated'>,
): ThreadState {
  const { items: _items, ...metadata } = thread;
  return { ...state, thread: metadata };
}

function itemAdded(state: ThreadState, { item }: EventOf<'thread.item.added'>): ThreadState {
  return withOpen(withItem(quiet(state), item), item.id, true);
}

function itemUpdated(
  state: ThreadState,
  { item_id, update }: EventOf<'thread.item.updated'>,
): ThreadState {
  const item = itemOf(state, item_id);
  if (!item) return state;
  const changed = updated(item, update);
  return changed === item ? state : withItem(quiet(state), changed);
}

function itemDone(state: ThreadState, { item }: EventOf<'thread.item.done'>): ThreadState {
  const sent = item.type === 'user_message' ? withoutFirstSending(state) : quiet(state);
  return withOpen(withItem(sent, item), item.id, false);
}

/** Messages are stored in the order in which they were sent. */
function withoutFirstSending(state: ThreadState): ThreadState {
  const first = state.entries.find(({ id }) => id.startsWith(SENDING));
  return without(state, (entry) => entry === first);
}

/** A passing word passes when something is shown. */
function quiet(state: ThreadState): ThreadState {
  return state.progress ? { ...state, progress: null } : state;
}

let asides = 0;

function errorTold(state: ThreadState, event: EventOf<'error'>): ThreadState {
  const error = {
    type: 'error' as const,
    id: `aside_${++asides}`,
    code: event.code ?? null,
    message: event.message ?? null,
    allow_retry: event.allow_retry ?? false,
  };
  return { ...quiet(state), entries: [...state.entries, error] };
}

function noticeTold(state: ThreadState, event: EventOf<'notice'>): ThreadState {
  return { ...state, entries: [...state.entries, { ...event, id: `aside_${++asides}` }] };
}

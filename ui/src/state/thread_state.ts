/** What is known of one thread. Never changed in place: what is the same object is unchanged. */
import type { Notice, ThreadItem, ThreadMetadata } from '../wire/protocol';

/** Something that only this page knows of, shown among the items. */
export type Aside =
  | ({ type: 'notice'; id: string } & Notice)
  | {
      type: 'error';
      id: string;
      code: string | null;
      message: string | null;
      allow_retry: boolean;
    };

export type Entry = ThreadItem | Aside;

export interface ThreadState {
  readonly thread: ThreadMetadata | null;
  readonly entries: readonly Entry[];
  /** Items that have been added and are not done. */
  readonly open: ReadonlySet<string>;
  readonly progress: { text: string; icon: string | null } | null;
  readonly allowCancel: boolean;
  /** Older items wait on the server, behind this cursor. */
  readonly older: { after: string } | null;
}

export const EMPTY: ThreadState = {
  thread: null,
  entries: [],
  open: new Set(),
  progress: null,
  allowCancel: true,
  older: null,
};

export function isAside(entry: Entry): entry is Aside {
  return entry.type === 'notice' || entry.type === 'error';
}

/** A message that is on its way: shown at once, replaced when the server has stored it. */
export const SENDING = 'sending_';

/** Where the entry of that id is; what streams is near the end, so look from there. */
export function indexOf(state: ThreadState, id: string): number {
  const { entries } = state;
  for (let at = entries.length - 1; at >= 0; at--) if (entries[at]!.id === id) return at;
  return -1;
}

export function itemOf(state: ThreadState, id: string): ThreadItem | null {
  const entry = state.entries[indexOf(state, id)];
  return entry && !isAside(entry) ? entry : null;
}

/** Put an item in the place of its older self, or at the end. */
export function withItem(state: ThreadState, item: ThreadItem): ThreadState {
  const at = indexOf(state, item.id);
  const entries = at < 0 ? [...state.entries, item] : state.entries.with(at, item);
  return { ...state, entries };
}

export function without(state: ThreadState, gone: (entry: Entry) => boolean): ThreadState {
  if (!state.entries.some(gone)) return state;
  return { ...state, entries: state.entries.filter((entry) => !gone(entry)) };
}

export function withOpen(state: ThreadState, id: string, isOpen: boolean): ThreadState {
  if (state.open.has(id) === isOpen) return state;
  const open = new Set(state.open);
  if (isOpen) open.add(id);
  else open.delete(id);
  return { ...state, open };
}

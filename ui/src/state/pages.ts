/** Pages of items, put together with what is there already. */
import type { Page, ThreadItem } from '../wire/protocol';
import { type Entry, isAside, SENDING, type ThreadState } from './thread_state';

/** A page of `items.list` in descending order, as it is shown: the oldest first. */
function ascending(page: Page<ThreadItem>): ThreadItem[] {
  return [...page.data].reverse();
}

function cursor(page: Page<ThreadItem>): { after: string } | null {
  const after = page.after ?? page.data.at(-1)?.id;
  return page.has_more && after ? { after } : null;
}

/** The items that have been finished: of these a page that is asked for now has all there are. */
export function settledIn(state: ThreadState): ReadonlySet<string> {
  return new Set(state.entries.filter(({ id }) => !state.open.has(id)).map(({ id }) => id));
}

/**
 * The thread as its newest page has it; what streams or is only ours stays, and so does what was
 * finished while the page was on its way: what had been before is in `settled`.
 */
export function withNewest(
  state: ThreadState,
  page: Page<ThreadItem>,
  settled = settledIn(state),
): ThreadState {
  const isKept = (entry: Entry) => isOurs(state, entry) || !settled.has(entry.id);
  const items = ascending(page);
  const fresh = new Map(items.map((item) => [item.id, item]));
  const known = new Set(state.entries.map((entry) => entry.id));
  const first = items.findIndex((item) => known.has(item.id));
  if (first < 0 && page.has_more) {
    const kept = state.entries.filter((entry) => isKept(entry));
    return { ...state, entries: [...items, ...kept], older: cursor(page) };
  }
  const start = first < 0 ? 0 : state.entries.findIndex((entry) => entry.id === items[first]!.id);
  const before = state.entries.slice(0, start);
  const behind = state.entries.slice(start).filter((entry) => !fresh.has(entry.id));
  const kept = behind.filter((entry) => isKept(entry));
  const older = before.length ? state.older : cursor(page);
  return { ...state, entries: [...before, ...items, ...kept], older };
}

function isOurs(state: ThreadState, entry: Entry): boolean {
  return isAside(entry) || state.open.has(entry.id) || entry.id.startsWith(SENDING);
}

/** Older items before those that are there. */
export function withOlder(state: ThreadState, page: Page<ThreadItem>): ThreadState {
  const known = new Set(state.entries.map((entry) => entry.id));
  const items = ascending(page).filter((item) => !known.has(item.id));
  return { ...state, entries: [...items, ...state.entries], older: cursor(page) };
}

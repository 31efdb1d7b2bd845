/** What is typed and not sent, kept over a reload of the page. */
import type { UserMessageContent } from '../wire/protocol';

const KEY = 'chatkit-host:draft:';

export function saveDraft(url: string, threadId: string | null, draft: UserMessageContent[]): void {
  try {
    const key = keyOf(url, threadId);
    if (draft.length) sessionStorage.setItem(key, JSON.stringify(draft));
    else sessionStorage.removeItem(key);
  } catch {
    // Without storage, a draft lives as long as the page.
  }
}

export function loadDraft(url: string, threadId: string | null): UserMessageContent[] {
  try {
    const draft: unknown = JSON.parse(sessionStorage.getItem(keyOf(url, threadId)) ?? '[]');
    return Array.isArray(draft) ? (draft as UserMessageContent[]) : [];
  } catch {
    return [];
  }
}

function keyOf(url: string, threadId: string | null): string {
  return `${KEY}${url}:${threadId ?? 'new'}`;
}

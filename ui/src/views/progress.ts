import { html, nothing } from 'lit';
import type { Entry } from '../state/thread_state';
import type { Chat } from './chat';

/** What the assistant is at, while there is nothing else to see of it. */
export function progressView({ session, texts }: Chat) {
  const { current } = session;
  if (current.reconnecting) return line(texts.reconnecting, null);
  if (!current.isResponding) return nothing;
  const { progress, entries, open } = current.state;
  if (progress) return line(progress.text, progress.icon);
  const last = entries.at(-1);
  // Something that grows, or says that it works, is progress enough.
  if (last && (last.type === 'client_tool_call' || (open.has(last.id) && isSeen(last)))) return nothing;
  return html`<div class="progress" role="status" aria-label=${texts.thinking}>
    <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>
  </div>`;
}

/** A message that has just begun may have nothing in it yet but signs. */
function isSeen(entry: Entry): boolean {
  if (entry.type !== 'assistant_message') return true;
  return entry.content.some(({ text }) => /[\p{L}\p{N}]/u.test(text));
}

function line(text: string, icon: string | null) {
  return html`<div class="progress" part="progress" role="status">
    ${icon ? html`<ock-icon name=${icon}></ock-icon>` : nothing}
    <span class="shimmer" dir="auto">${text}</span>
  </div>`;
}

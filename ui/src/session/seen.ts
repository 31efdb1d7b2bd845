/** The last event that this tab has seen of a thread: effects must not happen twice. */

const KEY = 'chatkit-host:seen:';

export function rememberSeen(threadId: string, eventId: string): void {
  try {
    sessionStorage.setItem(KEY + threadId, eventId);
  } catch {
    // No storage, as in some private windows: an effect may then come twice after a reload.
  }
}

export function wasSeen(threadId: string, eventId: string): boolean {
  const last = parse(stored(threadId));
  const asked = parse(eventId);
  return !!last && !!asked && last.turn === asked.turn && asked.seq <= last.seq;
}

function stored(threadId: string): string {
  try {
    return sessionStorage.getItem(KEY + threadId) ?? '';
  } catch {
    return '';
  }
}

/** `<turn>:<seq>`. */
function parse(id: string): { turn: string; seq: number } | null {
  const at = id.lastIndexOf(':');
  const seq = Number(id.slice(at + 1));
  return at > 0 && Number.isInteger(seq) ? { turn: id.slice(0, at), seq } : null;
}

/** Server-sent events of a response, one at a time. */
import { createParser } from 'eventsource-parser';
import { ConnectionError, ProtocolError } from './errors';
import type { ThreadStreamEvent } from './protocol';

export interface Streamed {
  /** `<turn>:<seq>`, if the server numbers its events. */
  id: string | null;
  event: ThreadStreamEvent;
}

/** Everything that one read brought, together: it can then be shown together. */
export async function* readEvents(
  response: Response,
  signal: AbortSignal,
): AsyncGenerator<Streamed[]> {
  if (!response.body) throw new ProtocolError('The server answered without a stream.');
  const reader = response.body.getReader();
  const leave = () => void reader.cancel().catch(() => {});
  signal.addEventListener('abort', leave, { once: true });
  const decoder = new TextDecoder();
  let batch: Streamed[] = [];
  const parser = createParser({
    onEvent: (message) => {
      batch.push({ id: message.id || null, event: parse(message.data) });
    },
  });
  try {
    for (;;) {
      const { done, value } = await readOne(reader, signal);
      if (done) return;
      parser.feed(decoder.decode(value, { stream: true }));
      if (batch.length) {
        const ready = batch;
        batch = [];
        yield ready;
      }
    }
  } finally {
    signal.removeEventListener('abort', leave);
    leave();
  }
}

async function readOne(reader: ReadableStreamDefaultReader<Uint8Array>, signal: AbortSignal) {
  try {
    const result = await reader.read();
    signal.throwIfAborted();
    return result;
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw new ConnectionError('The connection broke.', { cause: error });
  }
}

function parse(data: string): ThreadStreamEvent {
  try {
    return JSON.parse(data) as ThreadStreamEvent;
  } catch (error) {
    throw new ProtocolError('The server sent an event that is not JSON.', { cause: error });
  }
}

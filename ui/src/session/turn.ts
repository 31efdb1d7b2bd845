/** One turn as this page reads it: taken up again when its connection drops. */
import type { Client } from '../wire/client';
import { ConnectionError, isAbort, RefusedError } from '../wire/errors';
import type { Streamed } from '../wire/sse';
import { DELAYS, wait } from './back_off';

type Stream = AsyncGenerator<Streamed[]>;

export interface TurnReader {
  /** The thread, as soon as it has an id. */
  threadId(): string | null;
  /** Take in what came. */
  take(batch: Streamed[]): void;
  /** Whether something has been begun and not been ended. */
  isOpen(): boolean;
  /** The connection is gone, and is being made anew; or is there again. */
  reconnecting(is: boolean): void;
}

export class Turn {
  readonly #controller = new AbortController();
  /** Set when the person stopped it: what still comes is not shown as it grows. */
  stopped = false;
  lastEventId: string | null = null;

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  abort(): void {
    this.#controller.abort();
  }

  /**
   * Read to the end, over as many connections as it takes. False if the rest cannot be had: the
   * connection was gone for longer than the server keeps what it has sent.
   */
  async read(client: Client, first: Stream, reader: TurnReader): Promise<boolean> {
    let stream: Stream | null = first;
    while (stream) {
      const broken = await this.#readOne(stream, reader);
      // A proxy may end a stream politely in the middle: then something is still open.
      if (!broken && !(this.lastEventId && reader.isOpen())) return true;
      stream = await this.#again(client, reader, broken);
    }
    return false;
  }

  /** The error that broke the stream, or null if it came to its end. */
  async #readOne(stream: Stream, reader: TurnReader): Promise<Error | null> {
    try {
      for await (const batch of stream) {
        this.lastEventId = batch.findLast(({ id }) => id)?.id ?? this.lastEventId;
        reader.take(batch);
      }
      return null;
    } catch (error) {
      if (error instanceof ConnectionError) return error;
      throw error;
    }
  }

  async #again(client: Client, reader: TurnReader, broken: Error | null): Promise<Stream | null> {
    const threadId = reader.threadId();
    // A server that does not number its events cannot be asked for those that were missed.
    if (!threadId || !this.lastEventId) throw broken ?? new ConnectionError('The stream ended.');
    reader.reconnecting(true);
    try {
      return await this.#attempts(client, threadId);
    } finally {
      reader.reconnecting(false);
    }
  }

  async #attempts(client: Client, threadId: string): Promise<Stream | null> {
    let last: unknown = null;
    for (let attempt = 0; attempt < DELAYS.length; attempt++) {
      if (attempt) await wait(attempt - 1, this.signal);
      client.log('reconnect', { threadId, attempt: attempt + 1 });
      try {
        return await client.resume(threadId, this.lastEventId, this.signal);
      } catch (error) {
        if (isAbort(error) || !isPassing(error)) throw error;
        last = error;
      }
    }
    throw last;
  }
}

function isPassing(error: unknown): boolean {
  if (error instanceof RefusedError) return error.status >= 500 || error.status === 429;
  return error instanceof ConnectionError;
}

/** The wire client: every operation of the protocol, without any DOM. */
import { ConnectionError, isAbort, ProtocolError, refusal, RefusedError } from './errors';
import type {
  JsonOperation,
  JsonOperations,
  StreamingOperation,
  StreamingOperations,
} from './protocol';
import { readEvents, type Streamed } from './sse';
import { uploadDirect, uploadTwoPhase, type UploadProgress } from './upload';
import type { WireAttachment } from './protocol';

export interface Api {
  url: string;
  fetch?: typeof fetch;
  uploadStrategy?: { type: 'two_phase' } | { type: 'direct'; uploadUrl: string };
}

/** Told of what goes over the wire: operations, counts and times in milliseconds, no contents. */
export type Log = (name: string, data: Record<string, unknown>) => void;

/** Tells the host that this client can resume, and that leaving is not stopping. */
export const CLIENT_HEADER = 'x-chatkit-host';

export class Client {
  /** Whether the server has our endpoints for resuming and cancelling; unknown at first. */
  resumable: boolean | null = null;

  constructor(
    public api: Api,
    readonly log: Log = () => {},
  ) {}

  /** An operation that answers with JSON. */
  async request<O extends JsonOperation>(
    type: O,
    params: JsonOperations[O][0],
    signal?: AbortSignal,
  ): Promise<JsonOperations[O][1]> {
    const response = await this.#operation(type, params, {}, signal);
    const text = await response.text();
    try {
      return (text ? JSON.parse(text) : {}) as JsonOperations[O][1];
    } catch (error) {
      throw new ProtocolError('The server answered with something that is not JSON.', {
        cause: error,
      });
    }
  }

  /** An operation that streams. The request is answered when this comes back. */
  async stream<O extends StreamingOperation>(
    type: O,
    params: StreamingOperations[O],
    signal: AbortSignal,
  ): Promise<AsyncGenerator<Streamed[]>> {
    const headers = { accept: 'text/event-stream', [CLIENT_HEADER]: '1' };
    const response = await this.#operation(type, params, headers, signal);
    return this.#logged(type, readEvents(response, signal));
  }

  /** The answer to an operation, logged; a refusal too. */
  async #operation(
    operation: string,
    params: unknown,
    headers: Record<string, string>,
    signal?: AbortSignal,
  ): Promise<Response> {
    const began = performance.now();
    const log = (status: number | null) =>
      this.log('request', { operation, status, duration: performance.now() - began });
    try {
      const response = await this.#post(this.api.url, { type: operation, params }, headers, signal);
      log(response.status);
      return response;
    } catch (error) {
      log(error instanceof RefusedError ? error.status : null);
      throw error;
    }
  }

  async *#logged(
    operation: string,
    stream: AsyncGenerator<Streamed[]>,
  ): AsyncGenerator<Streamed[]> {
    const began = performance.now();
    let events = 0;
    try {
      for await (const batch of stream) {
        events += batch.length;
        yield batch;
      }
    } finally {
      this.log('stream.end', { operation, events, duration: performance.now() - began });
    }
  }

  /**
   * The events of a thread's turn after `lastEventId`, or the whole running turn; null if nothing
   * runs and nothing was missed, or if the server cannot resume.
   */
  async resume(
    threadId: string,
    lastEventId: string | null,
    signal: AbortSignal,
  ): Promise<AsyncGenerator<Streamed[]> | null> {
    if (this.resumable === false) return null;
    const headers: Record<string, string> = { accept: 'text/event-stream', [CLIENT_HEADER]: '1' };
    if (lastEventId) headers['last-event-id'] = lastEventId;
    const url = this.#threadUrl(threadId, 'stream');
    const response = await this.#send(url, { method: 'GET', headers, signal });
    if (response.status === 204) {
      this.resumable = true;
      return null;
    }
    if (!response.ok) {
      const refused = await refusal(response);
      if (!refused.isUnknownHere) throw refused;
      // A 404 may be about the thread, or about the path: who loads the thread will know.
      if (refused.status !== 404) this.resumable = false;
      return null;
    }
    if (!isEventStream(response)) {
      this.resumable = false;
      return null;
    }
    this.resumable = true;
    return this.#logged('resume', readEvents(response, signal));
  }

  /** Stop a thread's turn; null if the server has no such endpoint. */
  async cancel(threadId: string): Promise<boolean | null> {
    try {
      const response = await this.#post(this.#threadUrl(threadId, 'cancel'), {}, {});
      const { cancelled } = (await response.json()) as { cancelled?: boolean };
      return typeof cancelled === 'boolean' ? cancelled : null;
    } catch (error) {
      if (error instanceof RefusedError && error.isUnknownHere) return null;
      if (error instanceof SyntaxError) return null;
      throw error;
    }
  }

  /** Upload a file by the strategy of the page. */
  async upload(
    file: File,
    progress: UploadProgress,
    signal: AbortSignal,
  ): Promise<WireAttachment> {
    const strategy = this.api.uploadStrategy ?? { type: 'two_phase' };
    if (strategy.type === 'direct') {
      return uploadDirect(this.api.fetch, strategy.uploadUrl, file, progress, signal);
    }
    const params = { name: file.name, size: file.size, mime_type: mimeType(file) };
    const attachment = await this.request('attachments.create', params, signal);
    await uploadTwoPhase(this.api.fetch, attachment, file, progress, signal);
    return attachment;
  }

  #threadUrl(threadId: string, what: string): string {
    const [path, query] = this.api.url.split('?') as [string, string?];
    const base = `${path.replace(/\/$/, '')}/threads/${encodeURIComponent(threadId)}/${what}`;
    return query ? `${base}?${query}` : base;
  }

  async #post(
    url: string,
    body: unknown,
    headers: Record<string, string>,
    signal?: AbortSignal,
  ): Promise<Response> {
    const response = await this.#send(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      signal: signal ?? null,
    });
    if (!response.ok) throw await refusal(response);
    return response;
  }

  async #send(url: string, init: RequestInit): Promise<Response> {
    try {
      return await this.#fetch(url, init);
    } catch (error) {
      if (isAbort(error) || init.signal?.aborted) throw error;
      throw new ConnectionError('The server cannot be reached.', { cause: error });
    }
  }

  /** Called as a plain function: `fetch` minds what it is called on. */
  get #fetch(): typeof fetch {
    const given = this.api.fetch;
    return given ? (...args) => given(...args) : (...args) => globalThis.fetch(...args);
  }
}

export function mimeType(file: File): string {
  return file.type || 'application/octet-stream';
}

function isEventStream(response: Response): boolean {
  return (response.headers.get('content-type') ?? '').startsWith('text/event-stream');
}

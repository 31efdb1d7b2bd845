/** A ChatKit server as a `fetch`: what each request is answered with is the test's to say. */
import type { ThreadStreamEvent } from '../../src/wire/protocol';

export interface Asked {
  method: string;
  path: string;
  headers: Record<string, string>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
}

export type Answer = Response | ((asked: Asked, signal: AbortSignal | null) => Response | Promise<Response>);

export class Server {
  readonly asked: Asked[] = [];
  readonly #answers: [string, Answer][] = [];

  /** The next request of that kind (an operation, or `GET /path`) is answered so. */
  on(kind: string, answer: Answer): this {
    this.#answers.push([kind, answer]);
    return this;
  }

  readonly fetch = async (url: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const asked: Asked = {
      method: init.method ?? 'GET',
      path: String(url),
      headers: init.headers as Record<string, string>,
      body: typeof init.body === 'string' ? JSON.parse(init.body) : init.body,
    };
    this.asked.push(asked);
    const kind = nameOf(asked);
    const at = this.#answers.findIndex(([name]) => name === kind);
    if (at < 0) return refused(404, 'not_found', `nothing for ${kind}`);
    const [, answer] = this.#answers.splice(at, 1)[0]!;
    return typeof answer === 'function' ? answer(asked, init.signal ?? null) : answer;
  };

  kinds(): string[] {
    return this.asked.map(nameOf);
  }
}

function nameOf({ body, method, path }: Asked): string {
  return body?.params ? body.type : `${method} ${path}`;
}

export function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status });
}

export function refused(status: number, code: string, message: string): Response {
  return json({ error: { code, message } }, status);
}

export function frames(events: readonly ThreadStreamEvent[], turn?: string, from = 1): string {
  return events
    .map((event, at) => {
      const id = turn ? `id: ${turn}:${from + at}\n` : '';
      return `${id}data: ${JSON.stringify(event)}\n\n`;
    })
    .join('');
}

const HEADERS = { 'content-type': 'text/event-stream; charset=utf-8' };

export function stream(events: readonly ThreadStreamEvent[], turn?: string, from = 1): Response {
  return new Response(frames(events, turn, from), { headers: HEADERS });
}

/** A stream that the test writes to, ends or breaks. */
export class Pipe {
  #controller!: ReadableStreamDefaultController<Uint8Array>;
  readonly cancelled: Promise<void>;
  readonly response: Response;

  constructor() {
    let cancel!: () => void;
    this.cancelled = new Promise((resolve) => (cancel = resolve));
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#controller = controller;
      },
      cancel,
    });
    this.response = new Response(body, { headers: HEADERS });
  }

  write(text: string | Uint8Array): void {
    this.#controller.enqueue(typeof text === 'string' ? new TextEncoder().encode(text) : text);
  }

  send(events: readonly ThreadStreamEvent[], turn?: string, from = 1): void {
    this.write(frames(events, turn, from));
  }

  end(): void {
    this.#controller.close();
  }

  break(): void {
    this.#controller.error(new TypeError('network error'));
  }
}

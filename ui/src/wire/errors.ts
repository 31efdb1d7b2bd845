/** What can go wrong on the wire. */

/** The server refused, with a status and words for people. */
export class RefusedError extends Error {
  override name = 'RefusedError';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** Seconds after which to come again, if the server said so. */
    readonly retryAfter: number | null = null,
  ) {
    super(message);
  }

  /** The endpoint does not know this path or method: it is some other ChatKit server. */
  get isUnknownHere(): boolean {
    return [404, 405, 501].includes(this.status);
  }
}

/** Nothing came back, or the connection broke in the middle. */
export class ConnectionError extends Error {
  override name = 'ConnectionError';
}

/** An answer that is no ChatKit answer. */
export class ProtocolError extends Error {
  override name = 'ProtocolError';
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

/** The refusal that a response means. */
export async function refusal(response: Response): Promise<RefusedError> {
  const text = await response.text().catch(() => '');
  const { code, message } = told(text);
  const after = Number(response.headers.get('retry-after') ?? NaN);
  return new RefusedError(
    response.status,
    code,
    message || `${response.status} ${response.statusText}`.trim(),
    Number.isFinite(after) ? after : null,
  );
}

function told(text: string): { code: string; message: string } {
  try {
    const { error, detail } = JSON.parse(text) as {
      error?: { code?: string; message?: string } | string;
      detail?: unknown;
    };
    if (typeof error === 'string') return { code: 'error', message: error };
    if (error) return { code: error.code ?? 'error', message: error.message ?? '' };
    return { code: 'error', message: typeof detail === 'string' ? detail : '' };
  } catch {
    return { code: 'error', message: '' };
  }
}

/** Sending a file's bytes: straight to an upload URL, or to where the server said. */
import { ConnectionError, ProtocolError, refusal } from './errors';
import type { WireAttachment } from './protocol';

/** Told how much is sent, from 0 to 1. */
export type UploadProgress = (sent: number) => void;

interface Sending {
  url: string;
  method: 'POST' | 'PUT';
  headers?: Record<string, string>;
  body: File | FormData;
}

/** One POST of a form with the file; the answer is the attachment. */
export async function uploadDirect(
  fetcher: typeof fetch | undefined,
  url: string,
  file: File,
  progress: UploadProgress,
  signal: AbortSignal,
): Promise<WireAttachment> {
  const body = new FormData();
  body.append('file', file, file.name);
  const response = await send(fetcher, { url, method: 'POST', body }, progress, signal);
  const attachment = (await response.json()) as WireAttachment;
  if (!attachment?.id) throw new ProtocolError('The upload was answered without an attachment.');
  return attachment;
}

/** The second phase: the bytes go to the descriptor's URL, as it says. */
export async function uploadTwoPhase(
  fetcher: typeof fetch | undefined,
  attachment: WireAttachment,
  file: File,
  progress: UploadProgress,
  signal: AbortSignal,
): Promise<void> {
  const to = attachment.upload_descriptor;
  if (to) await send(fetcher, { ...to, body: file }, progress, signal);
}

/** A page's own `fetch` knows its headers, but only the older way can count what it has sent. */
async function send(
  fetcher: typeof fetch | undefined,
  sending: Sending,
  progress: UploadProgress,
  signal: AbortSignal,
): Promise<Response> {
  const counted = !fetcher && typeof XMLHttpRequest !== 'undefined';
  const response = counted
    ? await sendCounted(sending, progress, signal)
    : await (fetcher ?? fetch)(sending.url, {
        method: sending.method,
        headers: sending.headers ?? {},
        body: sending.body,
        signal,
      });
  if (!response.ok) throw await refusal(response);
  progress(1);
  return response;
}

function sendCounted(
  { url, method, headers, body }: Sending,
  progress: UploadProgress,
  signal: AbortSignal,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const [name, value] of Object.entries(headers ?? {})) {
      request.setRequestHeader(name, value);
    }
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    };
    request.onload = () => {
      const { status, statusText } = request;
      const empty = status === 204 || status === 205 || status === 304;
      resolve(new Response(empty ? null : request.response, { status, statusText }));
    };
    request.onerror = () => reject(new ConnectionError('The upload broke.'));
    request.onabort = () => reject(signal.reason);
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(body);
  });
}

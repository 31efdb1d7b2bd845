/** Files on their way to a message: limits, progress, failures. Without any DOM. */
import type { ComposerOption } from '@openai/chatkit';
import { mimeType, type Client } from '../wire/client';
import type { WireAttachment } from '../wire/protocol';

export interface Upload {
  readonly key: string;
  readonly name: string;
  readonly isImage: boolean;
  /** Where its picture is to be had, on this page. */
  readonly preview: string | null;
  sent: number;
  attachment: WireAttachment | null;
  error: string | null;
}

export type Limits = NonNullable<ComposerOption['attachments']>;
export type Refused = { kind: 'tooLarge' | 'notAccepted'; name: string; limit: number } | { kind: 'tooMany'; count: number };

const LARGEST = 100 * 1024 * 1024;
const MOST = 10;

export class Uploads {
  list: readonly Upload[] = [];
  #next = 0;
  readonly #stops = new Map<string, AbortController>();

  constructor(
    readonly client: () => Client,
    readonly changed: () => void,
  ) {}

  get ready(): WireAttachment[] {
    return this.list.flatMap(({ attachment }) => (attachment ? [attachment] : []));
  }

  get isBusy(): boolean {
    return this.list.some(({ attachment, error }) => !attachment && !error);
  }

  /** Begin to upload what the limits allow; what they do not is given back. */
  add(files: readonly File[], limits: Limits): Refused[] {
    const refused: Refused[] = [];
    for (const file of files) {
      const no = refusalOf(file, this.list.length, limits);
      if (no) refused.push(no);
      else this.#begin(file);
    }
    return refused;
  }

  /** Attachments that the server has already. */
  addReady(attachments: readonly WireAttachment[]): void {
    const known = attachments.map((attachment) => ({
      key: `upload_${++this.#next}`,
      name: attachment.name,
      isImage: attachment.type === 'image',
      preview: attachment.type === 'image' ? attachment.preview_url : null,
      sent: 1,
      attachment,
      error: null,
    }));
    this.list = [...this.list, ...known];
    this.changed();
  }

  remove(key: string): void {
    const upload = this.list.find((each) => each.key === key);
    if (!upload) return;
    this.#stops.get(key)?.abort();
    this.#forget(upload);
    this.list = this.list.filter((each) => each !== upload);
    this.changed();
    if (!upload.attachment) return;
    const params = { attachment_id: upload.attachment.id };
    // One that cannot be deleted is the server's to clean up.
    void this.client().request('attachments.delete', params).catch(() => {});
  }

  /** They went with a message. */
  clear(): void {
    this.list = [];
    this.changed();
  }

  #begin(file: File): void {
    const isImage = file.type.startsWith('image/');
    const upload: Upload = {
      key: `upload_${++this.#next}`,
      name: file.name,
      isImage,
      preview: isImage ? URL.createObjectURL(file) : null,
      sent: 0,
      attachment: null,
      error: null,
    };
    this.list = [...this.list, upload];
    this.changed();
    void this.#upload(upload, file);
  }

  async #upload(upload: Upload, file: File): Promise<void> {
    const stop = new AbortController();
    this.#stops.set(upload.key, stop);
    const progress = (sent: number) => {
      upload.sent = sent;
      this.changed();
    };
    try {
      upload.attachment = shownFrom(
        await this.client().upload(file, progress, stop.signal),
        upload.preview,
      );
    } catch (error) {
      upload.error = error instanceof Error ? error.message : String(error);
    }
    this.#stops.delete(upload.key);
    this.changed();
  }

  #forget({ preview }: Upload): void {
    if (preview?.startsWith('blob:')) URL.revokeObjectURL(preview);
  }
}

/** Until the server has told of the message, its pictures come from this page. */
function shownFrom(attachment: WireAttachment, preview: string | null): WireAttachment {
  return attachment.type === 'image' && preview
    ? { ...attachment, preview_url: preview }
    : attachment;
}

function refusalOf(file: File, count: number, limits: Limits): Refused | null {
  if (count >= (limits.maxCount ?? MOST)) return { kind: 'tooMany', count: limits.maxCount ?? MOST };
  const limit = largest(file, limits.maxSize);
  if (file.size > limit) return { kind: 'tooLarge', name: file.name, limit };
  if (!isAccepted(file, limits.accept)) return { kind: 'notAccepted', name: file.name, limit };
  return null;
}

function largest(file: File, maxSize: Limits['maxSize']): number {
  if (maxSize === undefined) return LARGEST;
  if (typeof maxSize === 'number') return maxSize;
  const type = mimeType(file);
  const exact = Object.entries(maxSize).find(([pattern]) => pattern === type);
  const wild = Object.entries(maxSize).find(([pattern]) => matches(pattern, type));
  return (exact ?? wild)?.[1] ?? maxSize['*'] ?? maxSize[''] ?? LARGEST;
}

function isAccepted(file: File, accept: Limits['accept']): boolean {
  if (!accept || !Object.keys(accept).length) return true;
  const type = mimeType(file);
  return Object.entries(accept).some(([pattern, extensions]) => {
    const named = extensions.some((each) => file.name.toLowerCase().endsWith(each.toLowerCase()));
    return named || matches(pattern, type);
  });
}

export function matches(pattern: string, type: string): boolean {
  if (pattern === '*' || pattern === '*/*') return true;
  if (pattern.endsWith('/*')) return type.startsWith(pattern.slice(0, -1));
  return pattern !== '' && pattern === type.split(';')[0];
}

/** What a file dialogue takes. */
export function acceptOf({ accept }: Limits): string {
  return Object.entries(accept ?? {}).flat(2).join(',');
}

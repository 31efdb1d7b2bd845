/** Speech into words: recorded here, written down by the host. */
import type { Client } from '../wire/client';

export type Hearing = 'no' | 'listening' | 'writing';

export class Dictation {
  state: Hearing = 'no';
  #recorder: MediaRecorder | null = null;
  /** The browser asks the person whether it may listen. */
  #isAsking = false;

  constructor(
    readonly client: () => Client,
    readonly changed: () => void,
    readonly heard: (text: string) => void,
    readonly failed: (error: Error) => void,
  ) {}

  async toggle(): Promise<void> {
    if (this.state === 'listening') return this.#recorder?.stop();
    if (this.state !== 'no' || this.#isAsking) return;
    this.#isAsking = true;
    await this.#listen();
    this.#isAsking = false;
  }

  async #listen(): Promise<void> {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const recorder = new MediaRecorder(stream);
      const pieces: Blob[] = [];
      recorder.ondataavailable = ({ data }) => pieces.push(data);
      recorder.onstop = () => {
        for (const track of stream.getTracks()) track.stop();
        void this.#write(new Blob(pieces, { type: recorder.mimeType }));
      };
      this.#recorder = recorder;
      recorder.start();
      this.#become('listening');
    } catch (error) {
      this.#become('no');
      this.failed(error as Error);
    }
  }

  async #write(audio: Blob): Promise<void> {
    this.#become('writing');
    try {
      const { text } = await this.client().request('input.transcribe', {
        audio_base64: await base64(audio),
        mime_type: audio.type,
      });
      this.heard(text);
    } catch (error) {
      this.failed(error as Error);
    } finally {
      this.#become('no');
    }
  }

  #become(state: Hearing): void {
    this.state = state;
    this.changed();
  }
}

function base64(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '');
    reader.onerror = () => reject(reader.error ?? new Error('The recording cannot be read.'));
    reader.readAsDataURL(blob);
  });
}

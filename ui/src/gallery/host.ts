/** What the host tells of components and widgets. */
import type { ColorScheme, ThemeOption } from '@openai/chatkit';

export interface Prop {
  name: string;
  type: string;
  required: boolean;
}

export interface Shape {
  name: string;
  text: string;
  props: Prop[];
}

export interface Component extends Shape {
  isRoot: boolean;
  samples: { name: string; tree: Tree }[];
}

export interface Catalogue {
  components: Component[];
  types: Shape[];
}

export interface LiveWidget {
  name: string;
  source: string;
  schema: unknown;
  sample: Tree;
  isOld: boolean;
}

export interface Shown {
  bot: string;
  path: string;
  /** Another one when a file is. */
  state: string;
  theme: ColorScheme | ThemeOption;
  imageDomains: string[];
  widgets: LiveWidget[];
  actions: string[];
  problems: { line: string; severity: string; widget: string | null }[];
}

export type Tree = Record<string, unknown>;

export interface DataProblem {
  path: (string | number)[];
  message: string;
}

export type Rendered = { widget: Tree; notes: DataProblem[] } | { problems: DataProblem[] };

export async function catalogue(): Promise<Catalogue> {
  return answered(await fetch('/widgets/catalogue.json')) as Promise<Catalogue>;
}

export async function rendered(name: string, data: unknown): Promise<Rendered> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ name, data });
  const answer = await fetch('/widgets/render', { method: 'POST', headers, body });
  if (answer.ok) return answer.json() as Promise<Rendered>;
  const told = (await answer.json()) as { error?: { message?: string } };
  return { problems: [{ path: [], message: told.error?.message ?? answer.statusText }] };
}

/** Asks again and again, and tells when something is another than before. */
export class Watch {
  #etag = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly changed: (shown: Shown) => void,
    readonly answers: (is: boolean) => void,
    readonly pause = 1000,
  ) {}

  start(): void {
    document.addEventListener('visibilitychange', this.#look);
    void this.#look();
  }

  stop(): void {
    document.removeEventListener('visibilitychange', this.#look);
    clearTimeout(this.#timer);
  }

  readonly #look = async (): Promise<void> => {
    clearTimeout(this.#timer);
    if (document.hidden) return;
    try {
      await this.#ask();
      this.answers(true);
    } catch {
      this.answers(false);
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), this.pause);
  };

  async #ask(): Promise<void> {
    const headers = this.#etag ? { 'if-none-match': this.#etag } : undefined;
    const answer = await fetch('/widgets/shown.json', { cache: 'no-store', headers });
    if (answer.status === 304) return;
    const shown = (await answered(answer)) as Shown;
    this.#etag = answer.headers.get('etag') ?? '';
    this.changed(shown);
  }
}

async function answered(answer: Response): Promise<unknown> {
  if (!answer.ok) throw new Error(`${answer.status} ${answer.url}`);
  return answer.json();
}

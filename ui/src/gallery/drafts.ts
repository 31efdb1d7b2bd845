/** The data that somebody writes for a widget, and what became of it. */
import { rendered, type DataProblem, type LiveWidget, type Rendered, type Tree } from './host';

export interface Draft {
  text: string;
  /** Whether somebody has written in it: a new sample does not take the place of that. */
  isOwn: boolean;
  /** Why it is no data; null if it is. */
  fault: { key: 'notJson' | 'notAnObject'; reason: string } | null;
  /** The widget that was shown last; it stays while there are problems. */
  tree: Tree | null;
  problems: DataProblem[];
  notes: DataProblem[];
  /** How often the host was asked: only the answer to the last question counts. */
  asked: number;
}

export class Drafts {
  readonly #drafts = new Map<string, Draft>();

  constructor(
    readonly changed: () => void,
    readonly render: (name: string, data: unknown) => Promise<Rendered> = rendered,
  ) {}

  /** The draft of a widget; a new one is made from its sample. */
  of(widget: LiveWidget): Draft {
    const known = this.#drafts.get(widget.name);
    if (known) return known;
    const draft = { text: '', isOwn: false, fault: null, tree: null, problems: [], notes: [], asked: 0 };
    this.#drafts.set(widget.name, draft);
    void this.reset(widget);
    return draft;
  }

  /** The files have changed: render anew, from the new sample where nobody has written. */
  async renew(widget: LiveWidget): Promise<void> {
    const draft = this.#drafts.get(widget.name);
    if (!draft) return;
    await (draft.isOwn ? this.#show(widget.name, draft) : this.reset(widget));
  }

  async reset(widget: LiveWidget): Promise<void> {
    const draft = this.of(widget);
    draft.text = JSON.stringify(widget.sample, null, 2);
    draft.isOwn = false;
    await this.#show(widget.name, draft);
  }

  async write(widget: LiveWidget, text: string): Promise<void> {
    const draft = this.of(widget);
    draft.text = text;
    draft.isOwn = true;
    await this.#show(widget.name, draft);
  }

  async #show(name: string, draft: Draft): Promise<void> {
    const asked = ++draft.asked;
    const read = dataOf(draft.text);
    draft.fault = read.fault;
    this.changed();
    if (read.fault) return;
    try {
      const answer = await this.render(name, read.data);
      if (asked === draft.asked) take(draft, answer);
    } catch (error) {
      if (asked === draft.asked) draft.problems = [{ path: [], message: String(error) }];
    }
    this.changed();
  }
}

function take(draft: Draft, answer: Rendered): void {
  draft.problems = 'problems' in answer ? answer.problems : [];
  if (!('widget' in answer)) return;
  draft.tree = answer.widget;
  draft.notes = answer.notes;
}

function dataOf(text: string): { data: unknown; fault: Draft['fault'] } {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    return { data: null, fault: { key: 'notJson', reason: (error as Error).message } };
  }
  const isObject = typeof data === 'object' && data !== null && !Array.isArray(data);
  return { data, fault: isObject ? null : { key: 'notAnObject', reason: '' } };
}

/** `items[0].name`, as people write it. */
export function pathOf(path: (string | number)[]): string {
  return path.reduce<string>((told, part) => {
    if (typeof part === 'number') return `${told}[${part}]`;
    return told ? `${told}.${part}` : part;
  }, '');
}

/** Markdown into blocks of HTML, which is not safe yet. */
import { Marked, type Token, type TokensList } from 'marked';
import { citations, marksIn, withoutMarks } from './citations';
import { escapeHtml } from './escape';
import { math } from './math';
import { mended } from './mend';
import { tamed } from './tame';

export interface Block {
  kind: string;
  html: string;
}

const marked = new Marked({ gfm: true, breaks: false }, math, citations, {
  renderer: {
    code({ text, lang }) {
      const language = escapeHtml(withoutMarks(lang ?? '').trim().split(/\s/)[0] ?? '');
      const code = escapeHtml(withoutMarks(text));
      return `<pre data-lang="${language}"><code>${code}</code></pre>${citesOf(text)}`;
    },
    codespan({ text }) {
      return `<code>${escapeHtml(withoutMarks(text))}</code>${citesOf(text)}`;
    },
    link({ href, title, tokens }) {
      const named = title ? ` title="${escapeHtml(withoutMarks(title))}"` : '';
      const text = this.parser.parseInline(tokens);
      return `<a href="${escapeHtml(withoutMarks(href))}"${named}>${text}</a>${citesOf(href)}`;
    },
    image({ href, text }) {
      return `<img src="${escapeHtml(withoutMarks(href))}" alt="${escapeHtml(withoutMarks(text))}">`;
    },
  },
});

/** Marks inside code stand behind it. */
function citesOf(text: string): string {
  return marksIn(text)
    .map((number) => `<cite data-cite="${number}"></cite>`)
    .join('');
}

/** Reads text that grows: blocks that cannot change any more are not read again. */
export class Parser {
  #text = '';
  #settled: Token[] = [];
  #settledLength = 0;
  #blocks = new WeakMap<Token, Block>();

  /** The blocks of the text; while it `grows`, what is half-written at its end is mended. */
  parse(text: string, grows: boolean): Block[] {
    try {
      return this.#parse(tamed(text), grows);
    } catch {
      // Deeper than it looked: a stack that overflows must not take the thread with it.
      this.#forget();
      return [{ kind: 'paragraph', html: `<pre><code>${escapeHtml(withoutMarks(text))}</code></pre>` }];
    }
  }

  #parse(text: string, grows: boolean): Block[] {
    // At the end everything is read anew: a link's address may have come last.
    const goesOn = grows && text.startsWith(this.#text.slice(0, this.#settledLength));
    if (!goesOn) this.#forget();
    this.#text = text;
    const rest = marked.lexer(text.slice(this.#settledLength));
    const links = rest.links;
    if (grows) this.#settle(rest);
    const tail = grows ? mended(rest) : rest;
    const fresh = grows ? lexed(tail.map(({ raw }) => raw).join('')) : rest;
    return [
      ...this.#settled.map((token) => this.#block(token)),
      ...fresh.filter(isShown).map((token) => render(token, links)),
    ];
  }

  #forget(): void {
    this.#settled = [];
    this.#settledLength = 0;
  }

  /** All but the last two blocks stand: the last may go on, and take the one before it in. */
  #settle(rest: TokensList): void {
    const shown = rest.filter(isShown);
    if (shown.length < 3) return;
    const until = rest.indexOf(shown.at(-2)!);
    for (const token of rest.splice(0, until)) {
      this.#settledLength += token.raw.length;
      if (isShown(token)) this.#settled.push(token);
    }
  }

  #block(token: Token): Block {
    const known = this.#blocks.get(token);
    if (known) return known;
    const block = render(token, {});
    this.#blocks.set(token, block);
    return block;
  }
}

function lexed(text: string): Token[] {
  return marked.lexer(text);
}

function isShown(token: Token): boolean {
  return token.type !== 'space' && token.type !== 'def';
}

function render(token: Token, links: TokensList['links']): Block {
  const tokens = Object.assign([token], { links }) as TokensList;
  return { kind: token.type, html: marked.parser(tokens) };
}

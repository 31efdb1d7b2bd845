/** `<ock-widget>`: one widget, from its tree. */
import type { ColorScheme, ThemeOption } from '@openai/chatkit';
import { html, LitElement, nothing, type PropertyValues, unsafeCSS } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { define } from '../element/define';
import { lookOf } from '../theme/theme';
import type { Chat } from '../views/chat';
import { Busy } from './busy';
import { type Deed, loadingOf, sentBy } from './deeds';
import { viewOf } from './kinds';
import { oneOf } from './props';
import type { Scene } from './scene';
import { styled } from './style/styled';
import { keyOf, keysOf, type Node, tidied, walk } from './tree';
import styles from './styles/widgets.css?inline';

const sheet = unsafeCSS(styles);
let widgets = 0;

class Widget extends LitElement implements Scene {
  static override readonly properties = {
    chat: { attribute: false },
    root: { attribute: false },
    itemId: { attribute: false },
    epoch: { attribute: false },
  };

  declare chat: Chat;
  /** The tree as it came. */
  declare root: unknown;
  /** The item that actions come from; null where it is only shown. */
  declare itemId: string | null;
  declare epoch: number;
  labelled: ReadonlySet<string> = new Set();
  readonly #uid = `ock-w${++widgets}`;
  readonly #busy = new Busy(this);
  readonly #opened = new Map<string, boolean>();
  /** What the user did here and is not yet to be seen. */
  #acting = 0;
  #node: Node | null = null;
  /** Another one when views have to look again although their nodes are the same. */
  #version = {};

  protected override createRenderRoot() {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const home = this.getRootNode() as Document | ShadowRoot;
    const { styleSheet } = sheet;
    if (styleSheet && home.adoptedStyleSheets && !home.adoptedStyleSheets.includes(styleSheet)) {
      home.adoptedStyleSheets.push(styleSheet);
    }
  }

  get scheme(): ColorScheme {
    const own = this.#node?.theme;
    return own === 'dark' || own === 'light' ? own : lookOf(this.chat.options.theme).scheme;
  }

  get mayFocus(): boolean {
    return this.itemId !== null && (this.#acting > 0 || this.chat.session.current.isResponding);
  }

  idOf(what: string): string {
    // A reference by id ends at a space.
    return `${this.#uid}-${what.replace(/[^\w-]/g, (letter) => `_${letter.codePointAt(0)}`)}`;
  }

  protected override willUpdate(changed: PropertyValues): void {
    this.#node = tidied(this.root, this.#node);
    this.labelled = new Set(labelsIn(this.#node));
    if (changed.has('epoch')) this.#version = {};
  }

  override render() {
    const node = this.#node!;
    const own = oneOf(node.theme, ['light', 'dark', ''], '');
    return html`<div
      class="w-widget ${own ? 'is-own' : ''}"
      part="widget"
      data-scheme=${this.scheme}
      ${styled(own ? lookOf({ ...themeOf(this.chat), colorScheme: own }).variables : {})}
    >
      ${this.show([node])}
    </div>`;
  }

  show(nodes: readonly Node[]): unknown {
    if (!nodes.length) return nothing;
    const keys = keysOf(nodes);
    return repeat(
      nodes,
      (_node, at) => keys[at],
      (node) => guard([node, this.#version], () => viewOf(this, node)),
    );
  }

  isOpen(node: Node, otherwise: boolean): boolean {
    return this.#opened.get(keyOf(node, 0)) ?? otherwise;
  }

  setOpen(node: Node, is: boolean): void {
    this.#opened.set(keyOf(node, 0), is);
    this.#version = {};
    this.requestUpdate();
  }

  async act(deed: Deed): Promise<boolean> {
    const sent = sentBy(deed);
    if (!sent || this.itemId === null || this.#busy.is(deed.from)) return false;
    const itemId = this.itemId;
    const taken = await this.#during(() =>
      this.#busy.during(deed.from, loadingOf(deed), () => this.chat.act(sent, itemId)),
    );
    if (!taken) this.chat.announce(this.chat.texts.actionRefused);
    return taken;
  }

  /** A sync action has no turn; what comes of it is drawn by the next frame. */
  async #during<T>(work: () => Promise<T>): Promise<T> {
    this.#acting++;
    try {
      return await work();
    } finally {
      requestAnimationFrame(() => this.#acting--);
    }
  }
}

/** The page's theme, but for the colours that it has for its own scheme. */
function themeOf({ options }: Chat): ThemeOption {
  if (typeof options.theme !== 'object') return {};
  const { surface: _surface, ...color } = options.theme.color ?? {};
  return { ...options.theme, color };
}

function* labelsIn(root: Node): Generator<string> {
  for (const { type, fieldName } of walk(root)) {
    if (type === 'Label' && typeof fieldName === 'string') yield fieldName;
  }
}

define('ock-widget', Widget);

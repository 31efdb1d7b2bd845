/** `<openai-chatkit>`: the element that pages know. */
import type { ChatKitOptions, Entity, OpenAIChatKit } from '@openai/chatkit';
import { html, LitElement, type PropertyValues, unsafeCSS } from 'lit';
import { directionOf, filled, textsOf, type Texts } from '../i18n/catalogue';
import { en } from '../i18n/en';
import { Session } from '../session/session';
import { addFonts, lookOf } from '../theme/theme';
import styles from '../theme/styles.css?inline';
import type { Composer } from '../composer/composer';
import type { Chat, Message } from '../views/chat';
import { header } from '../views/header';
import { Preview } from '../views/preview';
import { followLink } from '../views/links';
import { startScreen } from '../views/start_screen';
import type { Action, ClientToolCallItem, UserMessageContent } from '../wire/protocol';
import { isSame, problemOf, unknownOptions } from './options';
import '../icons/icon';
import '../composer/composer';
import type { ThreadView } from '../views/thread';
import '../views/thread';

type Params<M extends keyof OpenAIChatKit> = OpenAIChatKit[M] extends (...args: infer P) => unknown
  ? P
  : never;

// Typed listeners are the browser's own, under the names of the declarations.
export interface ChatKitElement {
  addEventListener: OpenAIChatKit['addEventListener'];
  removeEventListener: OpenAIChatKit['removeEventListener'];
}

export class ChatKitElement extends LitElement implements Chat {
  static override readonly styles = unsafeCSS(styles);

  options: ChatKitOptions = { api: { url: '', domainKey: '' } };
  texts: Texts = en;
  locale = 'en';
  epoch = 0;
  session!: Session;
  #tellReady!: () => void;
  readonly #whenReady = new Promise<void>((resolve) => {
    this.#tellReady = resolve;
  });
  #isReady = false;
  #held: CustomEvent[] = [];
  #historyOpen = false;
  #frame = 0;
  #announcement = '';
  readonly #preview = new Preview(this);
  readonly #warned = new Set<string>();

  // The contract with pages

  setOptions(options: ChatKitOptions): void {
    const problem = problemOf(options);
    if (problem) return this.#complain(new TypeError(`<openai-chatkit>: ${problem}`));
    this.#warn(options);
    const before = this.options;
    // Functions may be others while all that can be compared is the same.
    this.options = options;
    if (!this.session || !isSame(before.api, options.api)) this.#begin(options);
    else this.session.client.api = options.api as Session['client']['api'];
    if (isSame(before, options) && this.epoch) return;
    this.#restyle(before);
    this.epoch++;
    this.requestUpdate();
  }

  async focusComposer(): Promise<void> {
    await this.#ready();
    this.#composer.focus();
  }

  async fetchUpdates(): Promise<void> {
    await this.#ready();
    await this.session.current.refresh();
  }

  async showHistory(): Promise<void> {
    await this.#setHistory(true);
  }

  async hideHistory(): Promise<void> {
    await this.#setHistory(false);
  }

  async #setHistory(is: boolean): Promise<void> {
    await this.#ready();
    if (this.#historyOpen === is || (is && this.options.history?.enabled === false)) return;
    if (is) await import('../views/history');
    this.#historyOpen = is;
    if (is) void this.session.list.reload();
    this.#changed();
    this.#emit(is ? 'history.open' : 'history.close');
  }

  async setThreadId(threadId: string | null): Promise<void> {
    await this.#ready();
    await this.session.open(threadId ?? null);
  }

  async sendCustomAction(...[action, itemId]: Params<'sendCustomAction'>): Promise<void> {
    await this.#ready();
    this.#thread?.showNext();
    await this.session.current.act(action, itemId);
  }

  async sendUserMessage(...[params]: Params<'sendUserMessage'>): Promise<void> {
    await this.#ready();
    if (params.newThread) await this.session.open(null);
    await this.#send({
      content: contentOf(params),
      attachments: params.attachments ?? [],
      quote: params.reply ?? null,
      toolId: params.toolChoice?.id ?? null,
      modelId: params.model ?? null,
    });
  }

  async setComposerValue(...[params]: Params<'setComposerValue'>): Promise<void> {
    await this.#ready();
    await this.#composer.set(params);
  }

  /** Ours besides: what is in the composer. */
  async getComposerValue(): Promise<ReturnType<Composer['value']>> {
    await this.#ready();
    return this.#composer.value();
  }

  // What the views do

  send(message: Message): void {
    void this.#send(message);
  }

  async act(
    action: Action & { handler?: string; streaming?: boolean },
    itemId: string,
  ): Promise<boolean> {
    const { handler, streaming, ...plain } = action;
    if (handler !== 'client') {
      this.#thread?.showNext();
      return this.session.current.act(plain, itemId, streaming ?? true);
    }
    const item = this.session.current.state.entries.find(({ id }) => id === itemId);
    const given = this.options.widgets?.onAction;
    if (item?.type !== 'widget' || !given) return false;
    try {
      await given(plain, { id: item.id, widget: item.widget as never });
      return true;
    } catch (error) {
      this.#complain(error instanceof Error ? error : new Error(String(error)));
      return false;
    }
  }

  quote(text: string): void {
    void this.setComposerValue({ reply: text }).then(() => this.focusComposer());
  }

  openThread(id: string | null): void {
    void this.session.open(id);
    void this.hideHistory();
    if (!matchMedia('(pointer: coarse)').matches) this.#composer.focus();
  }

  clickEntity(entity: Entity): void {
    this.options.entities?.onClick?.(entity);
  }

  announce(text: string): void {
    this.#announcement = text;
    this.#changed();
  }

  toolChanged(toolId: string | null): void {
    this.#emit('tool.change', { toolId });
  }

  // Life

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.session && this.session.isClosed) void this.session.reopen();
    this.#start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // An element that is only moved is back before the next task.
    setTimeout(() => {
      if (!this.isConnected) this.session?.close();
    });
  }

  #begin({ api, initialThread }: ChatKitOptions): void {
    const first = !this.session;
    this.session?.close();
    this.session = new Session(api as Session['client']['api'], {
      changed: () => this.#changed(),
      emit: (name, detail) => this.#emit(name, detail),
      callTool: (call) => this.#callTool(call),
    });
    if (first) this.#start();
    if (initialThread) void this.session.open(initialThread);
  }

  /** Ready needs both: a place in the page, and options. It is told in a later task. */
  #start(): void {
    if (this.#isReady || !this.isConnected || !this.session) return;
    void this.updateComplete.then(() => {
      setTimeout(() => {
        if (this.#isReady || !this.isConnected) return;
        this.#isReady = true;
        this.#tellReady();
        this.#dispatch(new CustomEvent('chatkit.ready'));
        for (const event of this.#held.splice(0)) this.#dispatch(event);
      }, 16);
    });
  }

  async #ready(): Promise<void> {
    await this.#whenReady;
    await this.updateComplete;
  }

  #restyle(before: ChatKitOptions): void {
    const { theme, locale } = this.options;
    if (typeof theme === 'object') addFonts(theme.typography?.fontSources);
    if (this.epoch && before.locale === locale) return;
    this.locale = supported(locale ?? navigator.language);
    const asked = this.locale;
    void textsOf(asked).then((texts) => {
      if (asked !== this.locale || texts === this.texts) return;
      this.texts = texts;
      this.epoch++;
      this.requestUpdate();
    });
  }

  #warn(options: ChatKitOptions): void {
    for (const path of unknownOptions(options)) {
      if (this.#warned.has(path)) continue;
      this.#warned.add(path);
      console.warn(`<openai-chatkit>: there is no option ${path}.`);
    }
  }

  #complain(error: Error): void {
    console.error(error.message);
    this.#emit('error', { error });
  }

  #emit(name: string, detail?: unknown): void {
    const event = new CustomEvent(`chatkit.${name}`, { detail });
    if (this.#isReady) this.#dispatch(event);
    else this.#held.push(event);
  }

  #dispatch(event: CustomEvent): void {
    this.dispatchEvent(event);
  }

  async #send({ content, attachments, quote, toolId, modelId }: Message): Promise<void> {
    const input = {
      content,
      attachments: attachments.map(({ id }) => id),
      ...(quote ? { quoted_text: quote } : {}),
      inference_options: {
        ...(toolId ? { tool_choice: { id: toolId } } : {}),
        ...(modelId ? { model: modelId } : {}),
      },
    };
    const { current } = this.session;
    const taken = new Promise<void>((resolve) => {
      void current.send(input, { attachments }, resolve);
    });
    this.requestUpdate();
    await this.updateComplete;
    await this.#thread?.updateComplete;
    this.#thread?.showSent();
    await taken;
  }

  async #callTool(call: ClientToolCallItem): Promise<unknown> {
    const { onClientTool } = this.options;
    if (!onClientTool) {
      const error = filled(this.texts.toolMissing, { name: call.name });
      this.#complain(new Error(error));
      return { error };
    }
    try {
      return (await onClientTool({ name: call.name, params: call.arguments })) ?? {};
    } catch (error) {
      this.#complain(error instanceof Error ? error : new Error(String(error)));
      return { error: error instanceof Error ? error.message : String(error) };
    }
  }

  // Drawing

  get #composer(): Composer {
    return this.renderRoot.querySelector('ock-composer')!;
  }

  get #thread(): ThreadView | null {
    return this.renderRoot.querySelector('ock-thread');
  }

  /** Once a frame is enough, however much comes; in a hidden tab, where no frames are, a timer. */
  #changed(): void {
    if (this.#frame) return;
    const draw = () => {
      cancelAnimationFrame(this.#frame);
      clearTimeout(timer);
      this.#frame = 0;
      this.requestUpdate();
    };
    const timer = setTimeout(draw, 250);
    this.#frame = requestAnimationFrame(draw);
  }

  override render() {
    if (!this.session) return html``;
    const { state, loading } = this.session.current;
    const isNew = !this.session.current.id && !state.entries.length && loading === 'no';
    const dir = this.options.locale ? directionOf(this.locale) : (ownDirection(this) ?? 'ltr');
    const { scheme } = lookOf(this.options.theme);
    return html`
      <div
        class="app ${isNew ? 'is-new' : ''}"
        part="app"
        role="region"
        aria-label=${this.options.frameTitle ?? this.texts.chat}
        data-scheme=${scheme}
        dir=${dir}
        lang=${this.locale}
        @click=${(event: MouseEvent) => followLink(event, (name, detail) => this.#emit(name, detail))}
        @pointerover=${this.#preview.over}
        @pointerout=${this.#preview.out}
        @focusin=${this.#preview.over}
        @focusout=${this.#preview.out}
      >
        ${header(this)}
        <ock-thread .chat=${this} .tick=${{}}></ock-thread>
        <div class="foot">
          ${isNew ? startScreen(this) : null}
          <ock-composer .chat=${this} .tick=${{}}></ock-composer>
        </div>
        ${this.#preview.render()}
        ${this.#historyOpen
          ? html`<ock-history .chat=${this} .tick=${{}}></ock-history>`
          : null}
        <div class="unseen" role="status" aria-live="polite">${this.#announcement}</div>
      </div>
    `;
  }

  protected override updated(_changed: PropertyValues): void {
    const app = this.renderRoot.querySelector<HTMLElement>('.app');
    if (!app) return;
    const { variables } = lookOf(this.options.theme);
    for (const name of [...app.style]) if (!(name in variables)) app.style.removeProperty(name);
    for (const [name, value] of Object.entries(variables)) app.style.setProperty(name, value);
  }
}

function contentOf(params: { text?: string; content?: UserMessageContent[] }): UserMessageContent[] {
  if (params.content) return params.content;
  return params.text ? [{ type: 'input_text', text: params.text }] : [];
}

/** A locale that `Intl` takes; English otherwise. */
function supported(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

function ownDirection(element: HTMLElement): 'ltr' | 'rtl' | null {
  const near = element.closest('[dir]')?.getAttribute('dir');
  return near === 'rtl' || near === 'ltr' ? near : null;
}

/** Where one writes: text, mentions, files, a tool, a model. */
import type { Command, ModelOption, ToolOption } from '@openai/chatkit';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { define } from '../element/define';
import { loadDraft, saveDraft } from '../element/drafts';
import { bytes, filled } from '../i18n/catalogue';
import { iconButton } from '../views/button';
import type { Chat } from '../views/chat';
import { markdown } from '../views/markdown';
import type { UserMessageContent, WireAttachment } from '../wire/protocol';
import type { Conversation } from '../session/conversation';
import { Dictation } from './dictation';
import { Editor } from './editor';
import { type Menu, menuView } from './menu';
import { Recall } from './recall';
import { type Suggestion, Suggestions } from './suggestions';
import { acceptOf, type Refused, Uploads } from './uploads';
import { uploadsView } from './uploads_view';

export interface ComposerValue {
  text?: string;
  content?: UserMessageContent[];
  reply?: string;
  attachments?: WireAttachment[];
  files?: File[];
  selectedToolId?: string | null;
  selectedModelId?: string;
}

export class Composer extends LitElement {
  static override readonly properties = {
    chat: { attribute: false },
    tick: { attribute: false },
    menu: { state: true },
    isOver: { state: true },
  };

  declare chat: Chat;
  declare menu: Menu | null | undefined;
  declare isOver: boolean | undefined;
  #editor!: Editor;
  #toolId: string | null = null;
  #modelId: string | null = null;
  #quote: string | null = null;
  #complaint = '';
  #threadId: string | null | undefined;
  #conversation: Conversation | null = null;
  readonly #recall = new Recall();
  readonly #redraw = () => this.requestUpdate();
  readonly #uploads = new Uploads(() => this.chat.session.client, this.#redraw);
  readonly #dictation = new Dictation(
    () => this.chat.session.client,
    this.#redraw,
    (text) => this.#editor.insertText(this.#editor.isEmpty ? text : ` ${text}`),
    () => this.#complain(this.chat.texts.noMicrophone),
  );
  readonly #suggestions = new Suggestions(
    () => this.chat.options,
    () => this.#builtInCommands(),
    this.#redraw,
  );

  protected override createRenderRoot() {
    return this;
  }

  // From outside

  override focus(): void {
    this.#editor.focus();
  }

  async set(value: ComposerValue): Promise<void> {
    await this.updateComplete;
    const { text, content, reply, attachments, files, selectedToolId, selectedModelId } = value;
    if (content) this.#editor.content = content;
    else if (text !== undefined) this.#editor.content = text ? [{ type: 'input_text', text }] : [];
    if (reply !== undefined) this.#quote = reply || null;
    if (attachments) this.#uploads.addReady(attachments);
    if (files) this.#addFiles(files);
    if (selectedToolId !== undefined) this.#chooseTool(selectedToolId);
    if (selectedModelId !== undefined) this.#modelId = selectedModelId;
    this.#typed();
  }

  value(): Required<Omit<ComposerValue, 'files' | 'reply' | 'selectedModelId'>> & {
    reply: string | null;
    selectedModelId: string | null;
  } {
    const content = this.#editor.content;
    return {
      text: content.map(({ text }) => text).join(''),
      content,
      reply: this.#quote,
      attachments: this.#uploads.ready,
      selectedToolId: this.#toolId,
      selectedModelId: this.#model?.id ?? null,
    };
  }

  // What is chosen

  get #tools(): ToolOption[] {
    return this.chat.options.composer?.tools ?? [];
  }

  get #tool(): ToolOption | null {
    return this.#tools.find(({ id }) => id === this.#toolId) ?? null;
  }

  get #models(): ModelOption[] {
    return this.chat.options.composer?.models ?? [];
  }

  get #model(): ModelOption | null {
    const models = this.#models;
    const chosen = models.find(({ id, disabled }) => id === this.#modelId && !disabled);
    return chosen ?? models.find((model) => model.default) ?? models.find(({ disabled }) => !disabled) ?? null;
  }

  get #files() {
    const { attachments } = this.chat.options.composer ?? {};
    return attachments?.enabled ? attachments : null;
  }

  #chooseTool(id: string | null): void {
    if (id === this.#toolId) return;
    this.#toolId = id;
    this.chat.toolChanged(id);
    this.requestUpdate();
  }

  // Whether one may write and send

  get #lock(): string | null {
    const status = this.chat.session.current.state.thread?.status;
    if (!status || status.type === 'active') return null;
    return status.reason ?? this.chat.texts[status.type];
  }

  get #canSend(): boolean {
    const { current } = this.chat.session;
    if (this.#lock !== null || current.isResponding || current.loading === 'thread') return false;
    if (this.#uploads.isBusy) return false;
    return !this.#editor.isEmpty || this.#uploads.ready.length > 0;
  }

  // Drawing

  override render() {
    const { chat } = this;
    const lock = this.#lock;
    return html`
      ${this.#suggestions.render(chat, (each) => void this.#pick(each))}
      ${this.menu ? menuView(this.menu, () => (this.menu = null)) : nothing}
      <form
        class="composer ${this.#shape} ${lock === null ? '' : 'is-locked'}"
        part="composer"
        @submit=${this.#submit}
        @dragover=${this.#dragged}
        @dragleave=${() => (this.isOver = false)}
        @drop=${this.#dropped}
        @click=${this.#clicked}
      >
        ${this.#quote ? this.#quoted(this.#quote) : nothing}
        ${uploadsView(chat, this.#uploads)}
        <div
          class="editor"
          part="input"
          contenteditable=${lock === null ? EDITABLE : 'false'}
          role="textbox"
          aria-multiline="true"
          aria-label=${chat.texts.message}
          aria-disabled=${lock === null ? nothing : 'true'}
          aria-autocomplete="list"
          aria-controls=${this.#suggestions.isOpen ? 'suggestions' : nothing}
          aria-activedescendant=${this.#suggestions.isOpen
            ? `suggestion-${this.#suggestions.active}`
            : nothing}
          data-placeholder=${lock ?? this.#placeholder}
          spellcheck="true"
          dir="auto"
          @input=${this.#typed}
          @keydown=${this.#keys}
          @paste=${this.#pasted}
          @blur=${() => this.#suggestions.close()}
        ></div>
        <div class="composer-bar">
          <div class="composer-side">${this.#left()}</div>
          <div class="composer-side end">${this.#right()}</div>
        </div>
        ${this.isOver ? html`<div class="drop-here">${chat.texts.dropHere}</div>` : nothing}
      </form>
      <div class="complaint" role="alert">${this.#complaint}</div>
      ${this.#disclaimer()}
    `;
  }

  /** With nothing but the button to send, one line is enough. */
  get #shape(): string {
    const { composer = {}, entities } = this.chat.options;
    const busy = [this.#files, this.#tools.length, this.#models.length, composer.dictation?.enabled];
    const mentions = entities?.onTagSearch && entities.showComposerMenu;
    return busy.some(Boolean) || mentions || this.#quote ? '' : 'is-slim';
  }

  get #placeholder(): string {
    const { composer } = this.chat.options;
    return this.#tool?.placeholderOverride ?? composer?.placeholder ?? this.chat.texts.placeholder;
  }

  #quoted(quote: string) {
    return html`<div class="reply">
      <ock-icon name="reply"></ock-icon>
      <span class="reply-text" dir="auto">${quote}</span>
      ${iconButton({
        icon: 'close',
        label: this.chat.texts.removeQuote,
        onClick: () => {
          this.#quote = null;
          this.requestUpdate();
        },
      })}
    </div>`;
  }

  #left() {
    const { texts, options } = this.chat;
    const { entities } = options;
    const inMenu = this.#tools.filter(({ pinned }) => !pinned);
    const off = this.#lock !== null;
    return html`
      ${this.#files || inMenu.length
        ? iconButton({
            icon: 'plus',
            label: inMenu.length ? texts.tools : texts.attach,
            name: 'open-tools',
            disabled: off,
            onClick: () => (inMenu.length ? this.#openTools(inMenu) : this.#browse()),
          })
        : nothing}
      ${entities?.onTagSearch && entities.showComposerMenu
        ? iconButton({
            icon: 'at',
            label: texts.mention,
            name: 'open-mentions',
            disabled: off,
            onClick: () => this.#editor.insertText(this.#editor.isEmpty ? '@' : ' @'),
          })
        : nothing}
      ${this.#tools.filter(({ pinned }) => pinned).map((tool) => this.#pinned(tool))}
      ${this.#tool && !this.#tool.pinned ? this.#chosen(this.#tool) : nothing}
    `;
  }

  #pinned(tool: ToolOption) {
    const is = tool.id === this.#toolId;
    return html`<button
      type="button"
      class="tool-chip ${is ? 'is-chosen' : ''}"
      aria-pressed=${is}
      ?disabled=${this.#lock !== null}
      @click=${() => this.#chooseTool(is ? null : tool.id)}
    >
      <ock-icon name=${tool.icon}></ock-icon><span>${tool.shortLabel ?? tool.label}</span>
    </button>`;
  }

  #chosen(tool: ToolOption) {
    const label = filled(this.chat.texts.removeTool, { name: tool.label });
    return html`<button
      type="button"
      class="tool-chip is-chosen"
      aria-label=${label}
      title=${label}
      @click=${() => this.#chooseTool(null)}
    >
      <ock-icon name=${tool.icon}></ock-icon><span>${tool.shortLabel ?? tool.label}</span>
      <ock-icon name="close"></ock-icon>
    </button>`;
  }

  #right() {
    const { texts, options, session } = this.chat;
    const model = this.#model;
    const hearing = this.#dictation.state;
    return html`
      ${model
        ? html`<button
            type="button"
            class="model-chip"
            aria-label="${texts.model}: ${model.label}"
            aria-haspopup="menu"
            @click=${() => this.#openModels()}
          >
            <span>${model.label}</span><ock-icon name="chevron-down"></ock-icon>
          </button>`
        : nothing}
      ${options.composer?.dictation?.enabled
        ? iconButton({
            icon: hearing === 'listening' ? 'stop' : 'mic',
            label: this.#hearingLabel(),
            name: `dictate is-${hearing}`,
            pressed: hearing === 'listening',
            disabled: hearing === 'writing' || this.#lock !== null,
            onClick: () => void this.#dictation.toggle(),
          })
        : nothing}
      ${session.current.isResponding
        ? html`<button
            type="button"
            class="send is-stop"
            part="stop"
            aria-label=${texts.stop}
            title=${texts.stop}
            ?disabled=${!session.current.canStop}
            @click=${() => void session.current.stop()}
          >
            <ock-icon name="stop"></ock-icon>
          </button>`
        : html`<button
            type="submit"
            class="send"
            part="send"
            aria-label=${texts.send}
            title=${texts.send}
            ?disabled=${!(this.hasUpdated && this.#canSend)}
          >
            <ock-icon name="arrow-up"></ock-icon>
          </button>`}
    `;
  }

  #hearingLabel(): string {
    const { texts } = this.chat;
    const { state } = this.#dictation;
    if (state === 'listening') return texts.stopDictating;
    return state === 'writing' ? texts.transcribing : texts.dictate;
  }

  #disclaimer() {
    const { disclaimer } = this.chat.options;
    if (!disclaimer?.text) return nothing;
    return html`<div
      class="disclaimer md ${disclaimer.highContrast ? 'is-strong' : ''}"
      part="disclaimer"
      ${markdown(this.chat, { text: disclaimer.text })}
    ></div>`;
  }

  // Menus

  #openTools(tools: ToolOption[]): void {
    const { texts } = this.chat;
    const attach = this.#files
      ? [{ id: '', label: texts.attach, icon: 'paperclip', pick: () => this.#browse() }]
      : [];
    const list = tools.map((tool) => ({
      id: tool.id,
      label: tool.label,
      icon: tool.icon as string,
      checked: tool.id === this.#toolId,
      pick: () => this.#chooseTool(tool.id === this.#toolId ? null : tool.id),
    }));
    this.#open({ label: texts.tools, side: 'start', items: [...attach, ...list] });
  }

  #openModels(): void {
    const chosen = this.#model?.id;
    const items = this.#models.map(({ id, label, description, disabled = false }) => ({
      id,
      label,
      ...(description ? { note: description } : {}),
      disabled,
      checked: id === chosen,
      pick: () => {
        this.#modelId = id;
        this.requestUpdate();
      },
    }));
    this.#open({ label: this.chat.texts.model, side: 'end', items });
  }

  #open(menu: Menu): void {
    this.menu = this.menu ? null : menu;
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('.pop-menu button')?.focus());
  }

  // Files

  #browse(): void {
    const field = document.createElement('input');
    field.type = 'file';
    field.multiple = true;
    if (this.#files) field.accept = acceptOf(this.#files);
    field.onchange = () => {
      this.#addFiles([...(field.files ?? [])]);
      if (!isTouch()) this.#editor.focus();
    };
    field.click();
  }

  #addFiles(files: readonly File[]): void {
    if (!this.#files || !files.length) return;
    const refused = this.#uploads.add(files, this.#files);
    this.#complain(refused.map((each) => this.#why(each)).join(' '));
  }

  #why(refused: Refused): string {
    const { texts, locale } = this.chat;
    if (refused.kind === 'tooMany') return filled(texts.tooMany, { count: refused.count });
    const { name, limit } = refused;
    return filled(texts[refused.kind], { name, limit: bytes(limit, locale) });
  }

  #complain(complaint: string): void {
    this.#complaint = complaint;
    this.requestUpdate();
  }

  readonly #dragged = (event: DragEvent): void => {
    if (!this.#files || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.isOver = true;
  };

  readonly #dropped = (event: DragEvent): void => {
    this.isOver = false;
    if (!this.#files || !event.dataTransfer?.files.length) return;
    event.preventDefault();
    this.#addFiles([...event.dataTransfer.files]);
  };

  readonly #pasted = (event: ClipboardEvent): void => {
    const files = [...(event.clipboardData?.files ?? [])];
    event.preventDefault();
    if (files.length && this.#files) return this.#addFiles(files);
    this.#editor.insertText(event.clipboardData?.getData('text/plain') ?? '');
  };

  // Typing

  /** A click beside the text is meant for it. */
  readonly #clicked = (event: Event): void => {
    const target = event.target as Element;
    if (!target.closest('button, a, .editor')) this.#editor.focus();
  };

  readonly #typed = (): void => {
    // What is left when all is deleted would hide the placeholder.
    if (this.#editor.isEmpty && !this.#editor.element.textContent) this.#editor.element.replaceChildren();
    this.#suggestions.ask(this.#editor.query);
    saveDraft(this.chat.session.client.api.url, this.chat.session.current.id, this.#editor.content);
    this.requestUpdate();
  };

  readonly #keys = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (this.#suggestions.isOpen && this.#keyInSuggestions(event)) return event.preventDefault();
    if (event.key === 'Enter' && !event.shiftKey && !isTouch()) {
      event.preventDefault();
      this.#send();
    } else if (event.key === 'Escape' && this.chat.session.current.canStop) {
      void this.chat.session.current.stop();
    } else if (this.#recalls(event)) {
      event.preventDefault();
    }
  };

  #keyInSuggestions({ key }: KeyboardEvent): boolean {
    if (key === 'ArrowDown') this.#suggestions.move(1);
    else if (key === 'ArrowUp') this.#suggestions.move(-1);
    else if (key === 'Escape') this.#suggestions.close();
    else if (key === 'Enter' || key === 'Tab') {
      void this.#pick(this.#suggestions.list[this.#suggestions.active]!);
    } else return false;
    return true;
  }

  /** The arrows go through what was sent, as in a shell. */
  #recalls({ key }: KeyboardEvent): boolean {
    if (key !== 'ArrowUp' && key !== 'ArrowDown') return false;
    if (!this.#editor.isEmpty && !this.#recall.isGoing) return false;
    if (this.#recall.isGoing && key === 'ArrowUp' && !this.#editor.isCaretAtStart) {
      if (this.#recall.wasChanged(this.#editor.content)) return false;
    }
    const found = this.#recall.go(key === 'ArrowUp' ? 1 : -1, this.#sent());
    if (!found) return false;
    this.#editor.content = found;
    this.#typed();
    return true;
  }

  #sent(): UserMessageContent[][] {
    const { entries } = this.chat.session.current.state;
    return entries.flatMap((entry) => (entry.type === 'user_message' ? [entry.content] : []));
  }

  async #pick(suggestion: Suggestion): Promise<void> {
    if (suggestion.kind === 'entity') {
      const { id, title, group, data, interactive } = suggestion.entity;
      this.#editor.replaceQuery({
        type: 'input_tag',
        id,
        text: title,
        ...(group ? { group } : {}),
        data: data ?? {},
        interactive: interactive ?? false,
      });
      this.#suggestions.close();
      return this.#typed();
    }
    this.#editor.replaceQuery(null);
    this.#suggestions.close();
    this.#typed();
    await this.#runCommand(suggestion.command);
  }

  async #runCommand(command: Command): Promise<void> {
    if (command.id.startsWith(BUILT_IN)) return this.#runBuiltIn(command.id.slice(BUILT_IN.length));
    const next = await this.chat.options.commands?.onSelect?.(command);
    if (next?.type === 'menu') {
      this.#suggestions.show(next.commands.map((each) => ({ kind: 'command', command: each })));
    } else if (next?.type === 'entity') {
      await this.#pick({ kind: 'entity', entity: next.entity });
    }
  }

  #builtInCommands(): Command[] {
    const { texts } = this.chat;
    const group = texts.commands;
    const attach: Command[] = this.#files
      ? [{ id: `${BUILT_IN}attach`, label: texts.attach, icon: 'document', group }]
      : [];
    const tools = this.#tools.map(({ id, label, icon }) => ({
      id: `${BUILT_IN}tool:${id}`,
      label,
      icon,
      group: texts.tools,
    }));
    return [...attach, ...tools];
  }

  #runBuiltIn(name: string): void {
    if (name === 'attach') this.#browse();
    else if (name.startsWith('tool:')) this.#chooseTool(name.slice('tool:'.length));
  }

  // Sending

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    this.#send();
  };

  #send(): void {
    if (!this.#canSend) return;
    this.#complaint = '';
    const { content } = this.#editor;
    const message = {
      content,
      attachments: this.#uploads.ready,
      quote: this.#quote,
      toolId: this.#tool?.id ?? null,
      modelId: this.#model?.id ?? null,
    };
    const { client, current } = this.chat.session;
    saveDraft(client.api.url, current.id, []);
    this.#editor.content = [];
    this.#uploads.clear();
    this.#quote = null;
    this.#recall.reset();
    if (!this.#tool?.persistent) this.#chooseTool(null);
    this.#suggestions.ask(null);
    this.requestUpdate();
    // Sent by the button, one goes on writing; on glass that would bring the keyboard up again.
    if (!isTouch()) this.#editor.focus();
    this.chat.send(message);
  }

  // Life

  protected override firstUpdated(): void {
    this.#editor = new Editor(this.querySelector<HTMLElement>('.editor')!);
    // Whether one can send is known only now.
    this.requestUpdate();
  }

  protected override updated(_changed: PropertyValues): void {
    const { client, current } = this.chat.session;
    const grewOut = current === this.#conversation;
    this.#conversation = current;
    if (current.id === this.#threadId) return;
    this.#threadId = current.id;
    // The new thread that was just begun is no other one: what is written meanwhile stays.
    if (grewOut) return;
    this.#editor.content = loadDraft(client.api.url, current.id);
    this.#recall.reset();
    this.requestUpdate();
  }
}

const BUILT_IN = 'chatkit-host:';

/** Plain text is what we want; not every browser knows it by that name. */
const EDITABLE = (() => {
  const probe = document.createElement('div');
  probe.setAttribute('contenteditable', 'plaintext-only');
  return probe.contentEditable === 'plaintext-only' ? 'plaintext-only' : 'true';
})();

/** On a keyboard of glass, Enter makes a new line: there is a button to send. */
function isTouch(): boolean {
  return matchMedia('(hover: none) and (pointer: coarse)').matches;
}

define('ock-composer', Composer);

declare global {
  interface HTMLElementTagNameMap {
    'ock-composer': Composer;
  }
}

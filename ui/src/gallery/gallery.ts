/** `<chatkit-gallery>`: every component, and every widget of the bot that is served. */
import type { ColorScheme, ThemeOption } from '@openai/chatkit';
import { html, LitElement, nothing, unsafeCSS } from 'lit';
import '../index';
import { define } from '../element/define';
import { directionOf, filled, textsOf } from '../i18n/catalogue';
import { en as elementEnglish } from '../i18n/en';
import base from '../theme/base.css?inline';
import prose from '../theme/prose.css?inline';
import { lookOf } from '../theme/theme';
import { styled } from '../widgets/style/styled';
import { type Acted, chatOf } from './chat';
import { Drafts } from './drafts';
import styles from './gallery.css?inline';
import { catalogue, type Catalogue, type Shown, Watch } from './host';
import { hashOf, type Place, placeOf } from './place';
import { galleryTextsOf } from './texts/catalogue';
import { en } from './texts/en';
import { actionLog, type Seen } from './views/actions';
import { componentPage, type Looks } from './views/component';
import { menu } from './views/menu';
import type { Width } from './views/stage';
import { choice } from './views/switches';
import { widgetPage } from './views/widget';

const MOST_SEEN = 50;
const COPIED_FOR = 1500;
const dark = matchMedia('(prefers-color-scheme: dark)');

class Gallery extends LitElement {
  static override readonly styles = [unsafeCSS(base), unsafeCSS(prose), unsafeCSS(styles)];

  readonly #locale = this.getAttribute('locale') || navigator.language;
  readonly #drafts = new Drafts(() => this.requestUpdate());
  readonly #watch = new Watch(
    (shown) => this.#changed(shown),
    (is) => this.#heard(is),
  );
  #texts = en;
  #elementTexts = elementEnglish;
  #catalogue: Catalogue | null = null;
  #shown: Shown | null = null;
  #place: Place | null = placeOf(location.hash);
  #sought = '';
  #chosen: ColorScheme | null = null;
  #width: Width = 'wide';
  #seen: Seen[] = [];
  #count = 0;
  #epoch = 1;
  #answers = true;
  #hasCopied = false;
  #looks: Looks | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.#moved);
    dark.addEventListener('change', this.#restyled);
    void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#moved);
    dark.removeEventListener('change', this.#restyled);
    this.#watch.stop();
  }

  async #load(): Promise<void> {
    [this.#texts, this.#elementTexts, this.#catalogue] = await Promise.all([
      galleryTextsOf(this.#locale),
      textsOf(this.#locale),
      catalogue(),
      import('../widgets/widget'),
    ]);
    this.#watch.start();
  }

  // What changes

  #changed(shown: Shown): void {
    this.#shown = shown;
    this.#place ??= this.#first(shown);
    for (const widget of shown.widgets) void this.#drafts.renew(widget);
    this.#restyled();
  }

  #first({ widgets }: Shown): Place {
    const name = widgets[0]?.name;
    if (name) return { kind: 'widget', name };
    return { kind: 'component', name: this.#catalogue!.components[0]!.name };
  }

  #heard(is: boolean): void {
    if (is === this.#answers) return;
    this.#answers = is;
    this.requestUpdate();
  }

  readonly #moved = (): void => {
    this.#place = placeOf(location.hash) ?? this.#place;
    this.#seen = [];
    this.requestUpdate();
    void this.updateComplete.then(() => this.renderRoot.querySelector('main')?.scrollTo(0, 0));
  };

  readonly #restyled = (): void => {
    this.#looks = null;
    this.#epoch++;
    document.documentElement.dataset.scheme = this.#scheme;
    this.requestUpdate();
  };

  #acted(action: Acted): void {
    const isKnown = this.#place?.kind !== 'widget' || !!this.#shown?.actions.includes(action.type);
    this.#seen = [{ number: ++this.#count, action, isKnown }, ...this.#seen].slice(0, MOST_SEEN);
    this.requestUpdate();
  }

  async #copy(text: string): Promise<void> {
    await navigator.clipboard.writeText(text);
    this.#hasCopied = true;
    this.requestUpdate();
    setTimeout(() => {
      this.#hasCopied = false;
      this.requestUpdate();
    }, COPIED_FOR);
  }

  // Drawing

  get #scheme(): ColorScheme {
    return this.#chosen ?? (dark.matches ? 'dark' : 'light');
  }

  get #theme(): ThemeOption {
    const own = this.#shown?.theme;
    return { ...(typeof own === 'object' ? own : {}), colorScheme: this.#scheme };
  }

  /** What widgets know; the same as before if nothing of it is another, so that they stay as they are. */
  #around(): Looks {
    const chat = chatOf({
      theme: this.#theme,
      texts: this.#elementTexts,
      locale: this.#locale,
      epoch: this.#epoch,
      imageDomains: this.#shown?.imageDomains ?? [],
      act: (action) => this.#acted(action),
    });
    return (this.#looks ??= { chat, texts: this.#texts, width: this.#width });
  }

  override render() {
    const shown = this.#shown;
    if (!shown || !this.#catalogue) return this.#answers ? nothing : html`<p role="alert">${this.#texts.noAnswer}</p>`;
    return html`<div
      class="app gallery"
      data-scheme=${this.#scheme}
      dir=${directionOf(this.#locale)}
      lang=${this.#locale}
      ${styled(lookOf(this.#theme).variables)}
    >
      ${menu({
        texts: this.#texts,
        shown,
        components: this.#catalogue.components,
        place: this.#place,
        sought: this.#sought,
        seek: (text) => {
          this.#sought = text;
          this.requestUpdate();
        },
      })}
      <main tabindex="-1">${this.#bar()} ${this.#notes(shown)} ${this.#page(shown, this.#catalogue)}</main>
    </div>`;
  }

  #bar() {
    const texts = this.#texts;
    return html`<header class="bar">
      <h1>${this.#place?.name ?? texts.title}</h1>
      ${choice(texts.colours, [['light', texts.light], ['dark', texts.dark]] as const, this.#scheme, (scheme) => {
        this.#chosen = scheme;
        this.#restyled();
      })}
      ${choice(texts.width, [['phone', texts.phone], ['wide', texts.wide]] as const, this.#width, (width) => {
        this.#width = width;
        this.#looks = null;
        this.requestUpdate();
      })}
    </header>`;
  }

  #notes({ problems }: Shown) {
    const texts = this.#texts;
    return html`
      ${this.#answers ? nothing : html`<p class="note is-warning" role="alert">${texts.noAnswer}</p>`}
      ${problems.length
        ? html`<section class="note is-warning" role="status" aria-label=${texts.problems}>
            <h2>${texts.problems}</h2>
            <ul>${problems.map(({ line }) => html`<li>${line}</li>`)}</ul>
          </section>`
        : nothing}
    `;
  }

  #page(shown: Shown, { components, types }: Catalogue) {
    const place = this.#place;
    const isHere = ({ name }: { name: string }) => name === place?.name;
    const looks = this.#around();
    const log = actionLog(this.#texts, this.#seen, () => {
      this.#seen = [];
      this.requestUpdate();
    });
    if (place?.kind === 'component') {
      const component = components.find(isHere);
      if (component) return html`${componentPage(looks, component, types)}${log}`;
    }
    const widget = place?.kind === 'widget' ? shown.widgets.find(isHere) : undefined;
    if (!widget) return html`<p role="status">${filled(this.#texts.notThere, { name: place?.name ?? '' })}</p>`;
    const page = widgetPage(looks, widget, this.#drafts.of(widget), {
      write: (text) => void this.#drafts.write(widget, text),
      reset: () => void this.#drafts.reset(widget),
      copy: (text) => void this.#copy(text),
      hasCopied: this.#hasCopied,
    });
    return html`${page}${log}`;
  }

  protected override updated(): void {
    if (!this.#shown) return;
    document.title = `${this.#place?.name ?? ''} · ${this.#shown.bot}`;
    if (this.#place && !location.hash) history.replaceState(null, '', hashOf(this.#place));
  }
}

define('chatkit-gallery', Gallery);

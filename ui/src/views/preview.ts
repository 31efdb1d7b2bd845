/** The card that hovers over a source or a mentioned thing. */
import type { Entity } from '@openai/chatkit';
import { html, nothing, type LitElement } from 'lit';
import { directive, Directive, type ElementPart } from 'lit/directive.js';
import type { Source, WidgetNode } from '../wire/protocol';
import { type Chat, entityOf } from './chat';
import { SOURCES, siteOf } from './citation';
import { plainWidget } from './items/widget';

/** Mentions in user messages, by their chip. */
export const ENTITIES = new WeakMap<Element, Entity>();

interface Shown {
  chip: Element;
  source: Source | null;
  widget: WidgetNode | null;
  x: number;
  y: number;
  above: boolean;
}

const PATIENCE = 160;

export class Preview {
  #shown: Shown | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly host: Chat & LitElement) {}

  readonly over = (event: Event): void => {
    const target = event.composedPath()[0];
    const chip = target instanceof Element ? target.closest('.cite, .mention') : null;
    if (!chip || chip === this.#shown?.chip) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#show(chip), event.type === 'focusin' ? 0 : PATIENCE);
  };

  readonly out = (): void => {
    clearTimeout(this.#timer);
    if (!this.#shown) return;
    this.#timer = setTimeout(() => this.#hide(), PATIENCE);
  };

  async #show(chip: Element): Promise<void> {
    const source = SOURCES.get(chip) ?? null;
    const entity = source?.type === 'entity' ? entityOf(source) : (ENTITIES.get(chip) ?? null);
    const widget = entity ? await this.#widgetOf(entity) : null;
    if (!chip.isConnected || (!source && !widget)) return;
    const app = this.host.renderRoot.querySelector('.app')!.getBoundingClientRect();
    const at = chip.getBoundingClientRect();
    const above = at.top - app.top > app.height / 2;
    const x = Math.max(8, Math.min(at.left - app.left, app.width - 328));
    const y = above ? app.bottom - at.top + 6 : at.bottom - app.top + 6;
    this.#shown = { chip, source, widget, x, y, above };
    this.host.requestUpdate();
  }

  async #widgetOf(entity: Entity): Promise<WidgetNode | null> {
    const ask = this.host.options.entities?.onRequestPreview;
    if (!ask) return null;
    const answer = await Promise.resolve(ask(entity)).catch(() => null);
    return (answer?.preview as WidgetNode | null | undefined) ?? null;
  }

  #hide(): void {
    this.#shown = null;
    this.host.requestUpdate();
  }

  render() {
    if (!this.#shown) return nothing;
    const { source, widget, x, y, above } = this.#shown;
    return html`<div
      class="preview"
      part="preview"
      role="tooltip"
      @pointerover=${(event: Event) => {
        event.stopPropagation();
        clearTimeout(this.#timer);
      }}
      ${placed(x, y, above)}
    >
      ${widget ? plainWidget(this.host, widget) : source ? details(source) : nothing}
    </div>`;
  }
}

function details(source: Source) {
  const origin = source.type === 'url' ? (source.attribution ?? siteOf(source.url)) : null;
  const above = [origin, source.type === 'file' ? source.filename : null, source.timestamp];
  return html`
    <div class="preview-origin">${above.filter(Boolean).join(' · ')}</div>
    <div class="preview-title" dir="auto">${source.title}</div>
    ${source.description
      ? html`<div class="preview-text" dir="auto">${source.description}</div>`
      : nothing}
  `;
}

/** Styles by the object model: a strict style-src forbids style attributes. */
const placed = directive(
  class extends Directive {
    render(_x: number, _y: number, _above: boolean) {
      return nothing;
    }

    override update(part: ElementPart, [x, y, above]: [number, number, boolean]) {
      const { style } = part.element as HTMLElement;
      style.left = `${x}px`;
      style.top = above ? 'auto' : `${y}px`;
      style.bottom = above ? `${y}px` : 'auto';
      return nothing;
    }
  },
);

/** All there is to look at, by name. */
import { html, nothing } from 'lit';
import { filled } from '../../i18n/catalogue';
import type { Component, Shown } from '../host';
import { hashOf, type Place } from '../place';
import type { GalleryTexts } from '../texts/catalogue';

export interface Menu {
  texts: GalleryTexts;
  shown: Shown;
  components: readonly Component[];
  place: Place | null;
  sought: string;
  seek(text: string): void;
}

export function menu({ texts, shown, components, place, sought, seek }: Menu) {
  const fits = ({ name }: { name: string }) => name.toLowerCase().includes(sought.trim().toLowerCase());
  const [widgets, others] = [shown.widgets.filter(fits), components.filter(fits)];
  return html`<nav class="menu" aria-label=${texts.title}>
    <input
      class="field"
      type="search"
      aria-label=${texts.search}
      placeholder=${texts.search}
      .value=${sought}
      @input=${({ currentTarget }: Event) => seek((currentTarget as HTMLInputElement).value)}
    />
    ${shown.widgets.length
      ? part(filled(texts.ofBot, { bot: shown.bot }), 'widget', widgets, place)
      : html`<p class="hint">${filled(texts.noWidgets, { path: shown.path })}</p>`}
    ${part(texts.components, 'component', others, place)}
    ${widgets.length + others.length ? nothing : html`<p class="hint" role="status">${texts.nothingFound}</p>`}
  </nav>`;
}

function part(title: string, kind: Place['kind'], named: readonly { name: string }[], place: Place | null) {
  if (!named.length) return nothing;
  const isHere = (name: string) => place?.kind === kind && place.name === name;
  return html`<h2>${title}</h2>
    <ul>
      ${named.map(
        ({ name }) => html`<li>
          <a href=${hashOf({ kind, name })} aria-current=${isHere(name) ? 'page' : nothing}>${name}</a>
        </li>`,
      )}
    </ul>`;
}

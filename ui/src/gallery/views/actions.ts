/** What clicks would send, the newest first. */
import { html, nothing } from 'lit';
import type { Acted } from '../chat';
import type { GalleryTexts } from '../texts/catalogue';
import { jsonTree } from './json_tree';

export interface Seen {
  number: number;
  action: Acted;
  /** Whether the bot has an action of that name; a sample's has nobody. */
  isKnown: boolean;
}

export function actionLog(texts: GalleryTexts, seen: readonly Seen[], forget: () => void) {
  return html`<section class="panel" aria-labelledby="actions">
    <header>
      <h2 id="actions">${texts.actions}</h2>
      ${seen.length ? html`<button class="button is-soft" type="button" @click=${forget}>${texts.forget}</button>` : nothing}
    </header>
    <div role="log" aria-labelledby="actions">
      ${seen.length ? html`<ol class="log">${seen.map((each) => entry(texts, each))}</ol>` : html`<p class="hint">${texts.noActions}</p>`}
    </div>
  </section>`;
}

function entry(texts: GalleryTexts, { number, action, isKnown }: Seen) {
  const atPage = action.handler === 'client';
  return html`<li value=${number}>
    <code>${action.type}</code>
    ${atPage ? html`<span class="tag">${texts.atPage}</span>` : nothing}
    ${isKnown || atPage ? nothing : html`<span class="tag is-warning">${texts.atNobody}</span>`}
    ${action.payload === undefined ? nothing : jsonTree(action.payload)}
  </li>`;
}

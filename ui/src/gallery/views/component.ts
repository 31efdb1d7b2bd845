/** A component: what it is, samples of it, its props. */
import { html, nothing } from 'lit';
import type { Chat } from '../../views/chat';
import type { Component, Shape } from '../host';
import type { GalleryTexts } from '../texts/catalogue';
import { jsonTree } from './json_tree';
import { propsOf } from './props';
import { stage, type Width } from './stage';
import { prose } from './words';

export interface Looks {
  chat: Chat;
  texts: GalleryTexts;
  width: Width;
}

export function componentPage(looks: Looks, component: Component, types: readonly Shape[]) {
  const { chat, texts, width } = looks;
  return html`
    <div class="about">
      ${prose(component.text)} ${component.isRoot ? html`<p>${texts.isRoot}</p>` : nothing}
    </div>
    <section class="samples" aria-label=${texts.samples}>
      ${component.samples.map(
        ({ name, tree }) => html`<article>
          <h2>${name}</h2>
          ${stage(chat, tree, width, name)}
          <details class="source">
            <summary>${texts.json}<span class="unseen">: ${name}</span></summary>
            ${jsonTree(tree)}
          </details>
        </article>`,
      )}
    </section>
    ${propsOf(texts, component, types)}
  `;
}

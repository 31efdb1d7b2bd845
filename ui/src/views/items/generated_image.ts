import { html, nothing } from 'lit';
import type { GeneratedImageItem } from '../../wire/protocol';
import type { Chat } from '../chat';
import { safeSource } from './user_message';

/** A picture, or the place where it will be: of one size, so that nothing jumps. */
export function generatedImage({ texts }: Chat, item: GeneratedImageItem, isOpen: boolean) {
  const source = item.image ? safeSource(item.image.url) : '';
  const waits = isOpen || !source;
  return html`<figure class="generated ${waits ? 'is-waiting' : ''}" part="generated-image">
    ${source
      ? html`<a href=${source} target="_blank" rel="noopener noreferrer" aria-label=${texts.openImage}>
          <img src=${source} alt=${texts.image} decoding="async" />
        </a>`
      : nothing}
    ${waits
      ? html`<figcaption class="shimmer">${texts.makingImage}</figcaption>
          <progress
            aria-label=${texts.makingImage}
            max="1"
            .value=${item.progress ?? 0}
            ?hidden=${item.progress == null}
          ></progress>`
      : nothing}
  </figure>`;
}

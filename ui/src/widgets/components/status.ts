import { html, nothing } from 'lit';
import { flag, maybe, record, text } from '../props';
import type { Scene } from '../scene';
import { picture } from './image';

/** The line above a card or a list: words, behind an icon or a small picture. */
export function statusLine(scene: Scene, given: unknown) {
  const status = record(given);
  if (!status || !maybe(status.text)) return nothing;
  return html`<div class="w-status">
    ${maybe(status.favicon)
      ? html`<span class="w-favicon ${flag(status.frame) ? 'is-framed' : ''}">
          ${picture(scene, { src: text(status.favicon), alt: '' })}
        </span>`
      : maybe(status.icon)
        ? html`<ock-icon name=${text(status.icon)}></ock-icon>`
        : nothing}
    <span dir="auto">${text(status.text)}</span>
  </div>`;
}

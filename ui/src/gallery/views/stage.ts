/** A widget as it stands in a chat. */
import { html } from 'lit';
import type { Chat } from '../../views/chat';
import type { Tree } from '../host';

export type Width = 'phone' | 'wide';

export function stage(chat: Chat, tree: Tree, width: Width, name: string) {
  return html`<div class="stage is-${width}" data-name=${name}>
    <ock-widget .chat=${chat} .root=${tree} .itemId=${'gallery'} .epoch=${chat.epoch}></ock-widget>
  </div>`;
}

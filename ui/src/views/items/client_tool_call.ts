import { html } from 'lit';
import type { ClientToolCallItem } from '../../wire/protocol';
import type { Chat } from '../chat';

/** A call that the page carries out: a passing line while it does, nothing afterwards. */
export function clientToolCall({ texts }: Chat, item: ClientToolCallItem) {
  return item.status === 'pending'
    ? html`<div class="progress"><span class="shimmer">${texts.runsOnPage}</span></div>`
    : html``;
}

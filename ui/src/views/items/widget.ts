/** A widget, shown by `<ock-widget>`: it is loaded when the first one is there. */
import { html } from 'lit';
import type { WidgetItem, WidgetNode } from '../../wire/protocol';
import type { Chat } from '../chat';

let loading: Promise<unknown> | null = null;

export function widgetItem(chat: Chat, item: WidgetItem) {
  return widget(chat, item.widget, item.id);
}

/** A widget that is only shown: nothing in it does anything. */
export function plainWidget(chat: Chat, root: WidgetNode) {
  return widget(chat, root, null);
}

function widget(chat: Chat, root: WidgetNode, itemId: string | null) {
  loading ??= import('../../widgets/widget').catch((error: unknown) => {
    loading = null;
    console.error(error);
  });
  return html`<ock-widget .chat=${chat} .root=${root} .itemId=${itemId} .epoch=${chat.epoch}></ock-widget>`;
}

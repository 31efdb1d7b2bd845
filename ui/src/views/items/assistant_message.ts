import { html } from 'lit';
import type { AssistantMessageItem } from '../../wire/protocol';
import type { Chat } from '../chat';
import { markdown } from '../markdown';

export function assistantMessage(chat: Chat, item: AssistantMessageItem, grows: boolean) {
  return html`<div class="assistant" part="assistant-message">
    <span class="unseen">${chat.texts.assistantSaid}</span>
    ${item.content.map(
      ({ text, annotations }, at) =>
        html`<div
          class="md"
          ${markdown(chat, {
            text,
            annotations: annotations ?? [],
            grows: grows && at === item.content.length - 1,
          })}
        ></div>`,
    )}
  </div>`;
}

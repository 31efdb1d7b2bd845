import { html, nothing } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { SENDING } from '../../state/thread_state';
import type { UserMessageContent, UserMessageItem, WireAttachment } from '../../wire/protocol';
import type { Chat } from '../chat';
import { ENTITIES } from '../preview';

export function userMessage(chat: Chat, item: UserMessageItem) {
  const text = item.content.some((part) => part.type === 'input_tag' || part.text.trim());
  return html`<div class="user ${item.id.startsWith(SENDING) ? 'is-sending' : ''}">
    <span class="unseen">${chat.texts.youSaid}</span>
    ${item.attachments?.length ? attachments(item.attachments) : nothing}
    ${item.quoted_text
      ? html`<blockquote class="quoted" dir="auto">${item.quoted_text}</blockquote>`
      : nothing}
    ${text
      ? html`<div class="bubble" part="user-message" dir="auto">${item.content.map((part) =>
          segment(chat, part),
        )}</div>`
      : nothing}
  </div>`;
}

function segment(chat: Chat, part: UserMessageContent) {
  if (part.type === 'input_text') return part.text;
  const entity = {
    id: part.id,
    title: part.text,
    ...(part.group ? { group: part.group } : {}),
    interactive: part.interactive ?? false,
    data: (part.data ?? {}) as Record<string, string>,
  };
  const remember = ref((chip) => chip && ENTITIES.set(chip, entity));
  return part.interactive
    ? html`<button type="button" class="mention" ${remember} @click=${() => chat.clickEntity(entity)}>${part.text}</button>`
    : html`<span class="mention" ${remember}>${part.text}</span>`;
}

function attachments(list: readonly WireAttachment[]) {
  return html`<div class="sent-files">
    ${list.map((each) =>
      each.type === 'image'
        ? html`<img class="sent-image" src=${safeSource(each.preview_url)} alt=${each.name} />`
        : html`<div class="file-chip">
            <ock-icon name="file"></ock-icon>
            <span class="file-name" dir="auto">${each.name}</span>
          </div>`,
    )}
  </div>`;
}

/** Previews come from the host or from this page; anything else is no picture. */
export function safeSource(url: string): string {
  return /^(https?:|blob:|data:image\/|[/.])/i.test(url) ? url : '';
}

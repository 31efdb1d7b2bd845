import { html, nothing } from 'lit';
import type { Aside } from '../../state/thread_state';
import type { Chat } from '../chat';

type ErrorAside = Extract<Aside, { type: 'error' }>;

export function errorView(chat: Chat, error: ErrorAside) {
  return html`<div class="notice is-danger" part="error" role="alert">
    <ock-icon name="alert"></ock-icon>
    <div class="error-text" dir="auto">${wording(chat, error)}</div>
    ${error.allow_retry
      ? html`<button
          type="button"
          class="button is-soft"
          @click=${() => void chat.session.current.retryError(error.id)}
        >
          <ock-icon name="reload"></ock-icon>${chat.texts.retry}
        </button>`
      : nothing}
  </div>`;
}

function wording({ texts }: Chat, { message, code }: ErrorAside): string {
  if (message) return message;
  if (code === 'ConnectionError') return texts.connectionLost;
  return code === 'ProtocolError' ? texts.badEvent : texts.somethingWrong;
}

import { html, nothing } from 'lit';
import type { Notice } from '../../wire/protocol';
import type { Chat } from '../chat';
import { markdown } from '../markdown';

const ICONS = { info: 'info', warning: 'warning', danger: 'alert' } as const;

export function noticeView(chat: Chat, notice: Notice) {
  return html`<div
    class="notice is-${notice.level}"
    part="notice"
    role=${notice.level === 'danger' ? 'alert' : 'note'}
  >
    <ock-icon name=${ICONS[notice.level] ?? 'info'}></ock-icon>
    <div>
      ${notice.title ? html`<div class="notice-title" dir="auto">${notice.title}</div>` : nothing}
      <div class="md" ${markdown(chat, { text: notice.message })}></div>
    </div>
  </div>`;
}

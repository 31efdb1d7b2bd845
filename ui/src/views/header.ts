import { html, nothing } from 'lit';
import { iconButton } from './button';
import type { Chat } from './chat';

/** The bar at the top: history, the title, a new chat, and the page's own two buttons. */
export function header(chat: Chat) {
  const { header: option = {}, history = {} } = chat.options;
  if (option.enabled === false) return nothing;
  const { leftAction, rightAction } = option;
  return html`<header class="header" part="header">
    <div class="header-side">
      ${leftAction ? pageButton(leftAction) : nothing}
      ${history.enabled === false
        ? nothing
        : iconButton({
            icon: 'history',
            label: chat.texts.history,
            name: 'open-history',
            onClick: () => void chat.showHistory(),
          })}
    </div>
    ${title(chat)}
    <div class="header-side end">
      ${isEmpty(chat)
        ? nothing
        : iconButton({
            icon: 'compose',
            label: chat.texts.newChat,
            name: 'new-chat',
            onClick: () => chat.openThread(null),
          })}
      ${rightAction ? pageButton(rightAction) : nothing}
    </div>
  </header>`;
}

function title(chat: Chat) {
  const { enabled = true, text } = chat.options.header?.title ?? {};
  if (!enabled) return html`<div class="title"></div>`;
  const { thread } = chat.session.current.state;
  return html`<div class="title" part="title" dir="auto">${text ?? thread?.title ?? ''}</div>`;
}

function isEmpty({ session }: Chat): boolean {
  return !session.current.id && !session.current.state.entries.length;
}

function pageButton({ icon, onClick }: { icon: string; onClick: () => void }) {
  return iconButton({ icon, label: icon.replaceAll('-', ' '), name: 'page-action', onClick: () => onClick() });
}

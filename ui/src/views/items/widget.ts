/** A widget as a plain card: its texts, and what can be clicked. Renderers of its own will follow. */
import { html, nothing, type TemplateResult } from 'lit';
import type { WidgetItem, WidgetNode } from '../../wire/protocol';
import type { Chat } from '../chat';

interface Sending {
  itemId: string;
  busy: boolean;
}

interface ActionConfig {
  type: string;
  payload?: Record<string, unknown>;
  handler?: string;
  streaming?: boolean;
}

export function widgetItem(chat: Chat, item: WidgetItem) {
  return plainWidget(chat, item.widget, { itemId: item.id, busy: chat.session.current.isActing(item.id) });
}

export function plainWidget(chat: Chat, root: WidgetNode, sending: Sending | null) {
  const status = root.status as { text?: string } | undefined;
  return html`<div class="card" part="widget" aria-busy=${sending?.busy ?? false}>
    ${status?.text ? html`<div class="card-status">${status.text}</div>` : nothing}
    <div class="card-body">${childrenOf(root).map((node) => part(chat, node, sending))}</div>
    ${foot(chat, root, sending)}
  </div>`;
}

function childrenOf({ children }: WidgetNode): WidgetNode[] {
  if (!children) return [];
  return Array.isArray(children) ? children : [children];
}

function part(chat: Chat, node: WidgetNode, sending: Sending | null): TemplateResult | typeof nothing {
  const action = (node.onClickAction ?? node.onSubmitAction) as ActionConfig | undefined;
  if (node.type === 'Divider') return html`<hr />`;
  if (node.type === 'Button') return button(chat, String(node.label ?? ''), action, sending, 'soft');
  const text = node.value ?? node.label ?? (node.type === 'Image' ? node.alt : undefined);
  const inside = childrenOf(node).map((child) => part(chat, child, sending));
  if (node.type === 'ListViewItem' && action && sending) {
    return html`<button
      type="button"
      class="card-row"
      ?disabled=${sending.busy}
      @click=${() => chat.act(action, sending.itemId)}
    >
      ${inside}
    </button>`;
  }
  if (typeof text === 'string') return html`<div class="card-text is-${node.type}" dir="auto">${text}</div>`;
  return inside.length ? html`<div class="card-group is-${node.type}">${inside}</div>` : nothing;
}

/** The two buttons that a card may end with: an approval is such a card. */
function foot(chat: Chat, root: WidgetNode, sending: Sending | null) {
  const confirm = root.confirm as { label: string; action: ActionConfig } | undefined;
  const cancel = root.cancel as { label: string; action: ActionConfig } | undefined;
  if (!confirm && !cancel) return nothing;
  return html`<div class="card-foot">
    ${cancel ? button(chat, cancel.label, cancel.action, sending, 'soft') : nothing}
    ${confirm ? button(chat, confirm.label, confirm.action, sending, 'strong') : nothing}
  </div>`;
}

function button(
  chat: Chat,
  label: string,
  action: ActionConfig | undefined,
  sending: Sending | null,
  weight: string,
) {
  return html`<button
    type="button"
    class="button is-${weight}"
    ?disabled=${!action || !sending || sending.busy}
    @click=${() => action && sending && chat.act(action, sending.itemId)}
  >
    ${label}
  </button>`;
}

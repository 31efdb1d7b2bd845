import { html, nothing } from 'lit';
import { filled } from '../../i18n/catalogue';
import { isAction } from '../deeds';
import { count } from '../props';
import type { Scene, View } from '../scene';
import { flowStyle } from '../style/box';
import { styled } from '../style/styled';
import type { Node } from '../tree';
import { statusLine } from './status';

/** What `limit: auto` means. */
const AUTO = 5;

export const listView: View = (scene, node) => {
  const limit = node.limit === 'auto' ? AUTO : (count(node.limit) ?? Infinity);
  const all = scene.isOpen(node, false) || node.children.length <= limit;
  const shown = all ? node.children : node.children.slice(0, limit);
  return html`<div class="w-card w-list is-md" part="list">
    ${statusLine(scene, node.status)}
    <div class="w-items" role="list" @keydown=${moveBetween}>${scene.show(shown)}</div>
    ${all ? nothing : more(scene, node, shown.length)}
  </div>`;
};

function more(scene: Scene, node: Node, shown: number) {
  const label = filled(scene.chat.texts.showMore, { count: node.children.length - shown });
  return html`<button
    type="button"
    class="w-more"
    aria-expanded="false"
    @click=${({ currentTarget }: Event) => {
      const list = (currentTarget as Element).previousElementSibling!;
      scene.setOpen(node, true);
      // Who came by keyboard goes on where the new rows begin.
      requestAnimationFrame(() => focusIn(list.children[shown]));
    }}
  >
    ${label}<ock-icon name="chevron-down"></ock-icon>
  </button>`;
}

export const listViewItem: View = (scene, node) => {
  const style = styled(flowStyle({ gap: node.gap, align: node.align }));
  const content = html`<div class="w-item-content w-row" ${style}>${scene.show(node.children)}</div>`;
  if (!isAction(node.onClickAction)) return html`<div class="w-item" role="listitem">${content}</div>`;
  return html`<div class="w-item is-active" role="listitem">${content}${hit(scene, node)}</div>`;
};

/** The button is behind what is shown: a row may hold buttons of its own. */
function hit(scene: Scene, node: Node) {
  return html`<button
    type="button"
    class="w-hit"
    part="list-item"
    @click=${({ currentTarget }: Event) =>
      void scene.act({ config: node.onClickAction, from: currentTarget as Element, by: 'click' })}
  >
    <span class="unseen">${wordsOf(node)}</span>
  </button>`;
}


/** What a row says, for those who hear it. */
function wordsOf(node: Node): string {
  const own = [node.value, node.label, node.alt].find((each) => typeof each === 'string');
  return [own ?? '', ...node.children.map(wordsOf)].filter(Boolean).join(' ');
}

/** Arrows, Home and End go through the rows. */
function moveBetween(event: KeyboardEvent): void {
  const list = event.currentTarget as Element;
  const rows = [...list.querySelectorAll<HTMLElement>(':scope > .w-item > .w-hit')];
  const at = rows.indexOf(event.target as HTMLElement);
  const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 };
  const next = at < 0 ? undefined : rows[steps[event.key] ?? -1];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function focusIn(row: Element | undefined): void {
  row?.querySelector<HTMLElement>('.w-hit, button, input, select, textarea, a')?.focus();
}

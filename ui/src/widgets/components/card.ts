import { html, nothing } from 'lit';
import { flag, oneOf, record, text } from '../props';
import type { Scene, View } from '../scene';
import { borderStyle } from '../style/box';
import { colour } from '../style/colours';
import { defined, room, spacing } from '../style/lengths';
import { styled } from '../style/styled';
import type { Node } from '../tree';
import { walk } from '../tree';
import { statusLine } from './status';

export const card: View = (scene, node) => {
  const size = oneOf(node.size, ['sm', 'md', 'lg', 'full'], 'md');
  const style = {
    ...borderStyle(node.border, scene.scheme),
    ...defined({ background: colour(node.background, scene.scheme) }),
  };
  return html`<div class="w-card is-${size}" part="card" ${styled(style)}>${inside(scene, node)}</div>`;
};

function inside(scene: Scene, node: Node) {
  const folds = node.collapsed !== undefined && node.collapsed !== null && 'collapsed' in node;
  if (!folds || !(flag(node.collapsed) || scene.isOpen(node, false))) return unfolded(scene, node);
  const open = scene.isOpen(node, false);
  return html`${fold(scene, node, open)}${open ? body(scene, node) : nothing}`;
}

function unfolded(scene: Scene, node: Node) {
  return html`${statusLine(scene, node.status)}${body(scene, node)}`;
}

/** The line that is left of a folded card; it opens what is behind it. */
function fold(scene: Scene, node: Node, open: boolean) {
  return html`<button
    type="button"
    class="w-fold"
    aria-expanded=${open}
    @click=${() => scene.setOpen(node, !open)}
  >
    ${record(node.status) ? statusLine(scene, node.status) : html`<span dir="auto">${wordsOf(scene, node)}</span>`}
    <ock-icon name="chevron-down"></ock-icon>
  </button>`;
}

/** What a card is about, in its own words. */
function wordsOf(scene: Scene, node: Node): string {
  const nodes = [...walk(node)];
  const first = nodes.find(({ type }) => type === 'Title') ?? nodes.find(({ value }) => text(value));
  return text(first?.value) || scene.chat.texts.details;
}

function body(scene: Scene, node: Node) {
  const content = html`<div class="w-card-body w-col" ${styled(bodyStyle(node))}>
      ${scene.show(node.children)}
    </div>
    ${foot(scene, node)}`;
  if (!flag(node.asForm)) return html`<div class="w-card-content">${content}</div>`;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (event.target !== event.currentTarget) return;
    event.stopPropagation();
    const from = event.currentTarget as HTMLFormElement;
    void scene.act({ config: record(node.confirm)?.action, from, by: 'submit' });
  };
  return html`<form class="w-card-content" data-submits @submit=${submit}>${content}</form>`;
}

/** What is flush reaches back over the padding, so it has to know it. */
function bodyStyle({ padding }: Node) {
  const bleed = typeof padding === 'object' ? undefined : spacing(padding);
  return { ...room('padding', padding), ...defined({ '--w-bleed': bleed }) };
}

/** The two buttons that a card may end with. */
function foot(scene: Scene, node: Node) {
  const [confirm, cancel] = [record(node.confirm), record(node.cancel)];
  if (!confirm && !cancel) return nothing;
  const sends = flag(node.asForm);
  return html`<div class="w-card-foot">
    ${cancel
      ? html`<button
          type="button"
          class="w-button is-outline of-secondary"
          part="button"
          data-size="lg"
          @click=${({ currentTarget }: Event) =>
            void scene.act({ config: cancel.action, from: currentTarget as Element, by: 'cancel' })}
        >
          <span dir="auto">${text(cancel.label)}</span>
        </button>`
      : nothing}
    ${confirm
      ? html`<button
          type=${sends ? 'submit' : 'button'}
          class="w-button is-solid of-primary"
          part="button"
          data-size="lg"
          @click=${({ currentTarget }: Event) =>
            sends || void scene.act({ config: confirm.action, from: currentTarget as Element, by: 'submit' })}
        >
          <span dir="auto">${text(confirm.label)}</span>
        </button>`
      : nothing}
  </div>`;
}

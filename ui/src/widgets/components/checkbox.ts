import { html, nothing } from 'lit';
import { isAction } from '../deeds';
import { flag, maybe, text } from '../props';
import { ticked } from '../controls/started';
import type { Scene, View } from '../scene';
import type { Node } from '../tree';

export const checkbox: View = (scene, node) => {
  const name = text(node.name);
  const label = text(node.label);
  return html`<label class="w-check ${flag(node.disabled) ? 'is-disabled' : ''}">
    <input
      type="checkbox"
      id=${scene.idOf(name)}
      name=${name}
      aria-label=${label || scene.labelled.has(name) ? nothing : (maybe(name) ?? nothing)}
      ?disabled=${flag(node.disabled)}
      ?required=${flag(node.required)}
      ${ticked(flag(node.defaultChecked))}
      @change=${(event: Event) => void change(scene, node, event)}
    />
    ${label ? html`<span dir="auto">${label}</span>` : nothing}
  </label>`;
};

/** A tick that the server refuses is taken back. */
async function change(scene: Scene, node: Node, { currentTarget }: Event): Promise<void> {
  if (!isAction(node.onChangeAction)) return;
  const from = currentTarget as HTMLInputElement;
  const value = { name: from.name, value: from.checked };
  const taken = await scene.act({ config: node.onChangeAction, from, by: 'change', value });
  if (!taken && from.checked === value.value) from.checked = !value.value;
}

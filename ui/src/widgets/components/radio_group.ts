import { html, nothing } from 'lit';
import { isAction } from '../deeds';
import { flag, maybe, records, text } from '../props';
import { ticked } from '../controls/started';
import type { Scene, View } from '../scene';
import type { Node } from '../tree';

export const radioGroup: View = (scene, node) => {
  const name = text(node.name);
  const labelled = scene.labelled.has(name);
  return html`<div
    class="w-radios ${node.direction === 'row' ? 'is-row' : ''}"
    role="radiogroup"
    id=${scene.idOf(name)}
    aria-labelledby=${labelled ? scene.idOf(`${name}-label`) : nothing}
    aria-label=${labelled ? nothing : (maybe(node.ariaLabel) ?? name)}
    aria-required=${flag(node.required)}
  >
    ${records(node.options).map((option) => radio(scene, node, option))}
  </div>`;
};

function radio(scene: Scene, node: Node, option: Record<string, unknown>) {
  const [name, value] = [text(node.name), text(option.value)];
  const disabled = flag(node.disabled) || flag(option.disabled);
  return html`<label class="w-check ${disabled ? 'is-disabled' : ''}">
    <input
      type="radio"
      name=${scene.idOf(name)}
      data-name=${name}
      .value=${value}
      ?disabled=${disabled}
      ?required=${flag(node.required)}
      ${ticked(maybe(node.defaultValue) === value)}
      @change=${(event: Event) => change(scene, node, event)}
    />
    <span dir="auto">${text(option.label)}</span>
  </label>`;
}

function change(scene: Scene, node: Node, { currentTarget }: Event): void {
  if (!isAction(node.onChangeAction)) return;
  const from = currentTarget as HTMLInputElement;
  const value = { name: text(node.name), value: from.value };
  void scene.act({ config: node.onChangeAction, from, by: 'change', value });
}

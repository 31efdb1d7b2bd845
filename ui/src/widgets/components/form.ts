import { html, nothing } from 'lit';
import { isAction } from '../deeds';
import type { View } from '../scene';
import { boxStyle } from '../style/box';
import { styled } from '../style/styled';

export const form: View = (scene, node) => {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (event.target !== event.currentTarget) return;
    event.stopPropagation();
    const from = event.currentTarget as HTMLFormElement;
    void scene.act({ config: node.onSubmitAction, from, by: 'submit' });
  };
  return html`<form
    class="w-box ${node.direction === 'row' ? 'w-row' : 'w-col'}"
    data-submits=${isAction(node.onSubmitAction) ? '' : nothing}
    @submit=${submit}
    ${styled(boxStyle(node, scene.scheme))}
  >
    ${scene.show(node.children)}
  </form>`;
};

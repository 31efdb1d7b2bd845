import { html } from 'lit';
import { text } from '../props';
import type { View } from '../scene';
import { styled } from '../style/styled';
import { textStyle } from '../style/text';

export const label: View = (scene, node) => {
  const name = text(node.fieldName);
  return html`<label
    class="w-label"
    dir="auto"
    id=${scene.idOf(`${name}-label`)}
    for=${scene.idOf(name)}
    ${styled(textStyle('Label', node, scene.scheme))}
    >${text(node.value)}</label
  >`;
};

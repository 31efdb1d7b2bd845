import { html } from 'lit';
import { flag } from '../props';
import type { View } from '../scene';
import { colour } from '../style/colours';
import { defined, pixels, spacing } from '../style/lengths';
import { styled } from '../style/styled';

export const divider: View = (scene, node) => {
  const style = defined({
    '--w-divider-color': colour(node.color, scene.scheme),
    '--w-divider-size': pixels(node.size),
    '--w-divider-spacing': spacing(node.spacing),
  });
  return html`<div class="w-divider ${flag(node.flush) ? 'is-flush' : ''}" role="separator" ${styled(style)}></div>`;
};

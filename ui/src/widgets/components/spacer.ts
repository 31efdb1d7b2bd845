import { html } from 'lit';
import type { View } from '../scene';
import { defined, pixels } from '../style/lengths';
import { styled } from '../style/styled';

/** Room that pushes its neighbours apart. */
export const spacer: View = (_scene, node) =>
  html`<div class="w-spacer" aria-hidden="true" ${styled(defined({ 'flex-basis': pixels(node.minSize) }))}></div>`;

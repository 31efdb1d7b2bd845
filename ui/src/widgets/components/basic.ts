import { html } from 'lit';
import type { View } from '../scene';
import { boxStyle } from '../style/box';
import { styled } from '../style/styled';

/** A root that only lays out what is in it. */
export const basic: View = (scene, node) =>
  html`<div class="w-basic w-box" ${styled(boxStyle(node, scene.scheme))}>
    ${scene.show(node.children)}
  </div>`;

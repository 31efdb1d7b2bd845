import { html } from 'lit';
import type { View } from '../scene';

/** Where one child takes the place of another, it comes in gently: a child of another key is new. */
export const transition: View = (scene, node) =>
  html`<div class="w-transition">${scene.show(node.children.slice(0, 1))}</div>`;

import { html } from 'lit';
import type { View } from '../scene';
import '../controls/select';

export const select: View = (scene, node) => html`<ock-select data-valued .scene=${scene} .node=${node} .tick=${{}}></ock-select>`;

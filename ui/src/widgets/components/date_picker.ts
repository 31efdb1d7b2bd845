import { html } from 'lit';
import type { View } from '../scene';
import '../controls/date_picker';

export const datePicker: View = (scene, node) => html`<ock-date data-valued .scene=${scene} .node=${node} .tick=${{}}></ock-date>`;

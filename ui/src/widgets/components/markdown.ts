import { html } from 'lit';
import { markdown as shown } from '../../views/markdown';
import { flag, text } from '../props';
import type { View } from '../scene';

export const markdown: View = (scene, node) =>
  html`<div class="w-markdown md" ${shown(scene.chat, { text: text(node.value), grows: flag(node.streaming) })}></div>`;

import { html } from 'lit';
import { flag, record, text as plain } from '../props';
import type { Scene, View } from '../scene';
import { styled } from '../style/styled';
import { textStyle } from '../style/text';
import type { Node } from '../tree';
import { editableText } from './editable_text';

export const text: View = (scene, node) => {
  const editable = record(node.editable);
  if (editable) return editableText(scene, node, editable);
  return html`<div
    class="w-text"
    dir="auto"
    aria-busy=${flag(node.streaming)}
    ${styled(textStyle('Text', node, scene.scheme))}
  >${plain(node.value)}</div>`;
};

export const title: View = (scene, node) => words(scene, node, 'Title', 'w-title');
export const caption: View = (scene, node) => words(scene, node, 'Caption', 'w-caption');

function words(scene: Scene, node: Node, kind: 'Title' | 'Caption', name: string) {
  const style = styled(textStyle(kind, node, scene.scheme));
  return html`<div class=${name} dir="auto" ${style}>${plain(node.value)}</div>`;
}

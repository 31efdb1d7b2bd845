import { html } from 'lit';
import type { Scene, View } from '../scene';
import { boxStyle } from '../style/box';
import { styled } from '../style/styled';
import type { Node } from '../tree';

export const box: View = (scene, node) => flowing(scene, node, node.direction === 'row' ? 'w-row' : 'w-col');
export const row: View = (scene, node) => flowing(scene, withoutDirection(node), 'w-row');
export const col: View = (scene, node) => flowing(scene, withoutDirection(node), 'w-col');

function flowing(scene: Scene, node: Node, kind: string) {
  return html`<div class="w-box ${kind}" ${styled(boxStyle(node, scene.scheme))}>
    ${scene.show(node.children)}
  </div>`;
}

function withoutDirection(node: Node): Node {
  const { direction: _direction, ...rest } = node;
  return rest as Node;
}

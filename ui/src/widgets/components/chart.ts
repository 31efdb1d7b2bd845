import { html } from 'lit';
import type { View } from '../scene';
import { sizeStyle } from '../style/box';
import { styled } from '../style/styled';

export const chart: View = (scene, node) => {
  // It is drawn when it has been loaded: until then there is room for it.
  void import('../chart/chart').catch((error: unknown) => console.error(error));
  return html`<ock-chart class="w-chart" ${styled(sizeStyle(node))} .scene=${scene} .node=${node} .tick=${{}} .scheme=${scene.scheme}></ock-chart>`;
};

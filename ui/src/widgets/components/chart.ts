import { html } from 'lit';
import type { View } from '../scene';
import { sizeStyle } from '../style/box';
import { styled } from '../style/styled';

/** What says how high it is: without any of it, it is as high as charts usually are. */
const SIZES = ['height', 'size', 'aspectRatio', 'minHeight', 'maxHeight', 'minSize', 'maxSize'];

export const chart: View = (scene, node) => {
  // It is drawn when it has been loaded: until then there is room for it.
  void import('../chart/chart').catch((error: unknown) => console.error(error));
  const isSized = SIZES.some((name) => node[name] !== undefined && node[name] !== null);
  return html`<ock-chart class="w-chart ${isSized ? 'is-sized' : ''}" ${styled(sizeStyle(node))} .scene=${scene} .node=${node} .tick=${{}} .scheme=${scene.scheme}></ock-chart>`;
};

import { html } from 'lit';
import { oneOf, text } from '../props';
import type { View } from '../scene';
import { colour } from '../style/colours';
import { defined } from '../style/lengths';
import { styled } from '../style/styled';

export const icon: View = (scene, node) =>
  html`<ock-icon
    class="w-icon"
    name=${text(node.name)}
    data-size=${oneOf(node.size, ['xs', 'sm', 'md', 'lg', 'xl', '2xl', '3xl'], 'md')}
    ${styled(defined({ color: colour(node.color, scene.scheme) }))}
  ></ock-icon>`;

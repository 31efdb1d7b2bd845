import { html } from 'lit';
import { flag, oneOf, text } from '../props';
import type { View } from '../scene';

const COLOURS = ['secondary', 'success', 'danger', 'warning', 'info', 'discovery'] as const;

export const badge: View = (_scene, node) => {
  const colour = oneOf(node.color, COLOURS, 'secondary');
  const variant = oneOf(node.variant, ['solid', 'soft', 'outline'], 'soft');
  return html`<span
    class="w-badge is-${variant} of-${colour} ${flag(node.pill) ? 'is-pill' : ''}"
    data-size=${oneOf(node.size, ['sm', 'md', 'lg'], 'sm')}
    dir="auto"
    >${text(node.label)}</span
  >`;
};

import { html, nothing } from 'lit';
import { isAction } from '../deeds';
import { flag, maybe, oneOf, text } from '../props';
import type { Scene, View } from '../scene';
import { CONTROL_SIZES } from '../style/controls';
import type { Node } from '../tree';

const COLOURS = [
  ...(['primary', 'secondary', 'info', 'discovery'] as const),
  ...(['success', 'caution', 'warning', 'danger'] as const),
];
const VARIANTS = ['solid', 'soft', 'outline', 'ghost'] as const;

export const button: View = (scene, node) => {
  const label = text(node.label);
  const submits = flag(node.submit);
  const { colour, variant } = look(node);
  const uniform = flag(node.uniform) || !label;
  const classes = [
    `w-button is-${variant} of-${colour}`,
    ...(flag(node.pill) ? ['is-pill'] : []),
    ...(uniform ? ['is-uniform'] : []),
    ...(flag(node.block) ? ['is-block'] : []),
  ];
  return html`<button
    type=${submits ? 'submit' : 'button'}
    class=${classes.join(' ')}
    part="button"
    data-size=${oneOf(node.size, CONTROL_SIZES, 'lg')}
    data-icon-size=${oneOf(node.iconSize, ['sm', 'md', 'lg', 'xl', '2xl'], 'md')}
    aria-label=${label ? nothing : (maybe(node.iconStart) ?? maybe(node.iconEnd) ?? nothing)}
    ?disabled=${flag(node.disabled)}
    @click=${(event: Event) => press(scene, node, event)}
  >
    ${glyph(node.iconStart)}${label ? html`<span dir="auto">${label}</span>` : nothing}${glyph(node.iconEnd)}
  </button>`;
};

/** `style` is a preset; `color` and `variant` change it. */
function look({ style, color, variant }: Node) {
  const preset = style === 'primary' ? 'primary' : 'secondary';
  const colour = oneOf(color, COLOURS, preset);
  const usual = colour === 'secondary' ? 'outline' : 'solid';
  return { colour, variant: oneOf(variant, VARIANTS, usual) };
}

function glyph(name: unknown) {
  return maybe(name) ? html`<ock-icon name=${text(name)}></ock-icon>` : nothing;
}

/** One that submits leaves it to its form, if that has an action; else its own goes when all is valid. */
function press(scene: Scene, node: Node, event: Event): void {
  const from = event.currentTarget as HTMLButtonElement;
  if (flag(node.submit) && from.form) {
    if (from.form.dataset.submits !== undefined || !isAction(node.onClickAction)) return;
    event.preventDefault();
    if (!from.form.reportValidity()) return;
  }
  void scene.act({ config: node.onClickAction, from, by: 'click' });
}

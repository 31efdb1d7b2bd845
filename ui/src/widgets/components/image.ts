import { html } from 'lit';
import { loadable } from '../../markdown/images';
import { flag, oneOf, text } from '../props';
import type { Scene, View } from '../scene';
import { boxStyle } from '../style/box';
import { defined } from '../style/lengths';
import { styled } from '../style/styled';
import type { Node } from '../tree';

const POSITIONS = [
  ...(['top left', 'top', 'top right', 'left', 'center', 'right'] as const),
  ...(['bottom left', 'bottom', 'bottom right'] as const),
];

export const image: View = (scene, node) => {
  const fit = oneOf(node.fit, ['cover', 'contain', 'fill', 'scale-down', 'none'], 'cover');
  const style = {
    ...boxStyle({ ...node, ...notItsOwn(node), border: undefined, padding: undefined, gap: undefined }, scene.scheme),
    ...defined({ '--w-fit': fit, '--w-position': oneOf(node.position, POSITIONS, 'center') }),
  };
  const classes = `w-image ${flag(node.frame) ? 'is-framed' : ''} ${flag(node.flush) ? 'is-flush' : ''}`;
  return html`<div class=${classes} ${styled(style)}>
    ${picture(scene, { src: text(node.src), alt: text(node.alt) })}
  </div>`;
};

/** All of the width is less than what reaches from edge to edge. */
function notItsOwn({ flush, width }: Node) {
  return flag(flush) && width === '100%' ? { width: undefined } : {};
}

/** An image that may be loaded, or what it shows in words: its address is a way out for data. */
export function picture(scene: Scene, { src, alt }: { src: string; alt: string }) {
  const { session, texts } = scene.chat;
  const policy = {
    apiUrl: session.client.api.url,
    allowedDomains: session.current.state.thread?.allowed_image_domains ?? null,
  };
  const address = loadable(src, policy);
  if (!address) return missing(alt, texts.blockedImage);
  return html`<img
    src=${address}
    alt=${alt}
    loading="lazy"
    decoding="async"
    referrerpolicy="no-referrer"
    @error=${({ currentTarget }: Event) => (currentTarget as Element).classList.add('is-broken')}
  />`;
}

function missing(alt: string, why: string) {
  return html`<span class="w-missing" role="img" aria-label=${alt || why} title=${why}>
    <ock-icon name="square-image"></ock-icon>
  </span>`;
}

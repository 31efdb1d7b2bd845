/** `<ock-icon name>`: an icon in the colour and size of the text around it. */
import type { IconNode } from 'lucide';
import { define } from '../element/define';
import { BUILT_IN } from './built_in';

const SVG = 'http://www.w3.org/2000/svg';

class Icon extends HTMLElement {
  static readonly observedAttributes = ['name'];

  connectedCallback(): void {
    this.setAttribute('aria-hidden', 'true');
  }

  attributeChangedCallback(): void {
    void this.#draw(this.getAttribute('name') ?? '');
  }

  async #draw(name: string): Promise<void> {
    // Lit counts the nodes of a template right after it has copied it: none may have come by then.
    await null;
    if (this.getAttribute('name') !== name) return;
    const built = BUILT_IN[name];
    if (built) return this.replaceChildren(drawing(built, name === 'stop'));
    this.replaceChildren();
    const { protocolIcon } = await import('./protocol').catch(() => ({ protocolIcon: () => null }));
    const icon = protocolIcon(name);
    if (icon && this.getAttribute('name') === name) {
      this.replaceChildren(drawing(icon.node, icon.filled));
    }
  }
}

function drawing(node: IconNode, filled: boolean): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  const attributes = {
    viewBox: '0 0 24 24',
    fill: filled ? 'currentColor' : 'none',
    stroke: 'currentColor',
    'stroke-width': '1.75',
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  };
  set(svg, attributes);
  for (const [tag, given] of node) {
    const shape = document.createElementNS(SVG, tag);
    set(shape, given);
    svg.append(shape);
  }
  return svg;
}

function set(element: Element, attributes: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(name, String(value));
  }
}

define('ock-icon', Icon);

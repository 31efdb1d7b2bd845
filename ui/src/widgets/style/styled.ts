/** Style by the object model: a strict `style-src` forbids style attributes, and so `styleMap`. */
import { noChange } from 'lit';
import { directive, Directive, type ElementPart } from 'lit/directive.js';
import type { Style } from './lengths';

class StyledDirective extends Directive {
  #before: Style = {};

  render(_style: Style): unknown {
    return noChange;
  }

  override update(part: ElementPart, [style]: [Style]): unknown {
    const declared = (part.element as HTMLElement).style;
    for (const name of Object.keys(this.#before)) {
      if (!(name in style)) declared.removeProperty(name);
    }
    for (const [name, value] of Object.entries(style)) {
      if (this.#before[name] !== value) declared.setProperty(name, value);
    }
    this.#before = style;
    return noChange;
  }
}

export const styled = directive(StyledDirective);

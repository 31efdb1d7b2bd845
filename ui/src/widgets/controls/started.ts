/** Fields that begin with the widget's value, and then belong to the person. */
import { noChange } from 'lit';
import { directive, Directive, type ElementPart } from 'lit/directive.js';

type Field = HTMLInputElement | HTMLTextAreaElement;

/** Another default is taken in, unless somebody is typing in the field right now. */
class Started extends Directive {
  #value: string | undefined;

  render(_value: string): unknown {
    return noChange;
  }

  override update(part: ElementPart, [value]: [string]): unknown {
    const field = part.element as Field;
    if (value === this.#value) return noChange;
    const isTyped = this.#value !== undefined && field.value !== this.#value && field.matches(':focus');
    this.#value = value;
    if (!isTyped) field.value = value;
    return noChange;
  }
}

class Ticked extends Directive {
  #is: boolean | undefined;

  render(_is: boolean): unknown {
    return noChange;
  }

  override update(part: ElementPart, [is]: [boolean]): unknown {
    if (is !== this.#is) (part.element as HTMLInputElement).checked = is;
    this.#is = is;
    return noChange;
  }
}

export const started = directive(Started);
export const ticked = directive(Ticked);

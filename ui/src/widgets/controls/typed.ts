/** What fields for typing share. */
import { noChange } from 'lit';
import { directive, Directive, type ElementPart } from 'lit/directive.js';
import { flag, maybe, oneOf, text } from '../props';
import type { Scene } from '../scene';
import { CONTROL_SIZES, GUTTER_SIZES } from '../style/controls';
import type { Node } from '../tree';

export function fieldAttributes(scene: Scene, node: Node) {
  const name = text(node.name);
  const variant = oneOf(node.variant, ['soft', 'outline'], 'outline');
  return {
    id: scene.idOf(name),
    name,
    label: scene.labelled.has(name) ? undefined : (maybe(node.placeholder) ?? name),
    classes: `w-field is-${variant} ${flag(node.pill) ? 'is-pill' : ''}`,
    size: oneOf(node.size, CONTROL_SIZES, 'lg'),
    gutter: oneOf(node.gutterSize, GUTTER_SIZES, 'md'),
    ignored: flag(node.allowAutofillExtensions) ? undefined : 'true',
  };
}

/** As high as what is in it, from so many lines to so many. */
class Grows extends Directive {
  #field: HTMLTextAreaElement | null = null;
  #bounds: [number, number] = [1, 1];

  render(_least: number, _most: number): unknown {
    return noChange;
  }

  override update(part: ElementPart, [least, most]: [number, number]): unknown {
    this.#bounds = [least, most];
    if (!this.#field) {
      this.#field = part.element as HTMLTextAreaElement;
      this.#field.addEventListener('input', this.#fit);
    }
    requestAnimationFrame(this.#fit);
    return noChange;
  }

  readonly #fit = (): void => {
    const field = this.#field!;
    const [least, most] = this.#bounds;
    field.style.minHeight = '';
    const { lineHeight, paddingTop, paddingBottom, borderTopWidth, borderBottomWidth } = getComputedStyle(field);
    const line = Number.parseFloat(lineHeight);
    if (!line || least === most) return;
    const frame = [paddingTop, paddingBottom, borderTopWidth, borderBottomWidth].map(Number.parseFloat);
    const around = frame.reduce((sum, each) => sum + (each || 0), 0);
    field.style.height = '0';
    const content = field.scrollHeight - (frame[0] || 0) - (frame[1] || 0);
    field.style.height = `${Math.min(Math.max(content, least * line), most * line) + around}px`;
  };
}

export const grows = directive(Grows);

/** Fields of several lines have no pattern of their own. */
class Follows extends Directive {
  #pattern: unknown;
  #told = '';
  #field: HTMLTextAreaElement | null = null;

  render(_pattern: unknown, _told: string): unknown {
    return noChange;
  }

  override update(part: ElementPart, [pattern, told]: [unknown, string]): unknown {
    this.#told = told;
    if (pattern === this.#pattern) return noChange;
    this.#pattern = pattern;
    if (!this.#field) {
      this.#field = part.element as HTMLTextAreaElement;
      this.#field.addEventListener('input', this.#check);
    }
    this.#check();
    return noChange;
  }

  readonly #check = (): void => {
    const { value } = this.#field!;
    const fits = value === '' || matches(text(this.#pattern), value);
    this.#field!.setCustomValidity(fits ? '' : this.#told);
  };
}

/** A pattern that is none lets everything pass, as it does in an input. */
function matches(pattern: string, value: string): boolean {
  if (!pattern) return true;
  try {
    return new RegExp(`^(?:${pattern})$`, 'v').test(value);
  } catch {
    return true;
  }
}

export const follows = directive(Follows);

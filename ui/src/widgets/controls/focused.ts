/** Fields that ask for the focus when they come, or to be selected when they have it. */
import { noChange } from 'lit';
import { directive, Directive, type ElementPart } from 'lit/directive.js';
import type { Scene } from '../scene';

type Field = HTMLInputElement | HTMLTextAreaElement;

class Focused extends Directive {
  #isKnown = false;

  render(_scene: Scene, _focus: boolean, _select: boolean): unknown {
    return noChange;
  }

  override update(part: ElementPart, [scene, focus, select]: [Scene, boolean, boolean]): unknown {
    if (this.#isKnown) return noChange;
    this.#isKnown = true;
    const field = part.element as Field;
    if (select) field.addEventListener('focus', () => field.select());
    if (focus && scene.mayFocus) requestAnimationFrame(() => isAnybodyTyping(field) || field.focus());
    return noChange;
  }
}

/** Whoever is in the middle of a word is left there. */
function isAnybodyTyping(field: Field): boolean {
  const active = (field.getRootNode() as Document | ShadowRoot).activeElement;
  if (active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement) return active.value !== '';
  return active instanceof HTMLElement && active.isContentEditable && active.textContent !== '';
}

export const focused = directive(Focused);

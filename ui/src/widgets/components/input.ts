import { html } from 'lit';
import { focused } from '../controls/focused';
import { started } from '../controls/started';
import { fieldAttributes } from '../controls/typed';
import { flag, maybe, oneOf, text } from '../props';
import type { View } from '../scene';
import { ifDefined } from 'lit/directives/if-defined.js';

const TYPES = ['text', 'number', 'email', 'password', 'tel', 'url'] as const;

export const input: View = (scene, node) => {
  const { id, name, label, classes, size, gutter, ignored } = fieldAttributes(scene, node);
  const type = oneOf(node.inputType, TYPES, 'text');
  return html`<input
    class=${classes}
    part="field"
    type=${type}
    step=${ifDefined(type === 'number' ? 'any' : undefined)}
    dir="auto"
    id=${id}
    name=${name}
    data-size=${size}
    data-gutter=${gutter}
    aria-label=${ifDefined(label)}
    placeholder=${text(node.placeholder)}
    pattern=${ifDefined(maybe(node.pattern))}
    autocomplete=${ignored ? 'off' : 'on'}
    data-1p-ignore=${ifDefined(ignored)}
    data-lpignore=${ifDefined(ignored)}
    ?required=${flag(node.required)}
    ?disabled=${flag(node.disabled)}
    ${started(text(node.defaultValue))}
    ${focused(scene, flag(node.autoFocus), flag(node.autoSelect))}
  />`;
};

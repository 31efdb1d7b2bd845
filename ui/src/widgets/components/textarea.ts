import { html } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { focused } from '../controls/focused';
import { started } from '../controls/started';
import { fieldAttributes, follows, grows } from '../controls/typed';
import { count, flag, text } from '../props';
import type { View } from '../scene';

export const textarea: View = (scene, node) => {
  const { id, name, label, classes, size, gutter, ignored } = fieldAttributes(scene, node);
  const rows = count(node.rows) ?? 3;
  return html`<textarea
    class="${classes} is-tall"
    part="field"
    dir="auto"
    id=${id}
    name=${name}
    rows=${rows}
    data-size=${size}
    data-gutter=${gutter}
    aria-label=${ifDefined(label)}
    placeholder=${text(node.placeholder)}
    autocomplete=${ignored ? 'off' : 'on'}
    data-1p-ignore=${ifDefined(ignored)}
    data-lpignore=${ifDefined(ignored)}
    ?required=${flag(node.required)}
    ?disabled=${flag(node.disabled)}
    ${started(text(node.defaultValue))}
    ${follows(node.pattern, scene.chat.texts.wrongFormat)}
    ${grows(rows, flag(node.autoResize) ? (count(node.maxRows) ?? 12) : rows)}
    ${focused(scene, flag(node.autoFocus), flag(node.autoSelect))}
  ></textarea>`;
};

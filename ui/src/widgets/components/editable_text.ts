import { html, nothing } from 'lit';
import { flag, maybe, text } from '../props';
import type { Scene } from '../scene';
import { focused } from '../controls/focused';
import { started } from '../controls/started';
import { grows, follows } from '../controls/typed';
import { styled } from '../style/styled';
import { textStyle } from '../style/text';
import type { Node } from '../tree';

/** A text that is a field, and looks like the text it is. */
export function editableText(scene: Scene, node: Node, props: Record<string, unknown>) {
  const name = text(props.name);
  const style = textStyle('Text', { ...node, maxLines: undefined, truncate: undefined }, scene.scheme);
  return html`<textarea
    class="w-editable"
    rows="1"
    dir="auto"
    id=${scene.idOf(name)}
    name=${name}
    aria-label=${scene.labelled.has(name) ? nothing : (maybe(props.placeholder) ?? name)}
    placeholder=${text(props.placeholder)}
    autocomplete=${maybe(props.autoComplete) ?? 'off'}
    data-1p-ignore=${flag(props.allowAutofillExtensions) ? nothing : ''}
    data-lpignore=${flag(props.allowAutofillExtensions) ? nothing : 'true'}
    ?required=${flag(props.required)}
    ${styled(style)}
    ${started(text(node.value))}
    ${follows(props.pattern, scene.chat.texts.wrongFormat)}
    ${grows(1, 12)}
    ${focused(scene, flag(props.autoFocus), flag(props.autoSelect))}
  ></textarea>`;
}

/** Every component, and what shows it. */
import { html, nothing } from 'lit';
import { badge } from './components/badge';
import { basic } from './components/basic';
import { box, col, row } from './components/box';
import { button } from './components/button';
import { card } from './components/card';
import { caption, text, title } from './components/text';
import { chart } from './components/chart';
import { checkbox } from './components/checkbox';
import { datePicker } from './components/date_picker';
import { divider } from './components/divider';
import { form } from './components/form';
import { icon } from './components/icon';
import { image } from './components/image';
import { input } from './components/input';
import { label } from './components/label';
import { listView, listViewItem } from './components/list_view';
import { markdown } from './components/markdown';
import { own, text as plain } from './props';
import { radioGroup } from './components/radio_group';
import type { Scene, View } from './scene';
import { select } from './components/select';
import { spacer } from './components/spacer';
import { table, tableCell, tableRow } from './components/table';
import { textarea } from './components/textarea';
import { transition } from './components/transition';
import type { Node } from './tree';

export const KINDS: Record<string, View> = {
  Badge: badge,
  Basic: basic,
  Box: box,
  Button: button,
  Caption: caption,
  Card: card,
  Chart: chart,
  Checkbox: checkbox,
  Col: col,
  DatePicker: datePicker,
  Divider: divider,
  Form: form,
  Icon: icon,
  Image: image,
  Input: input,
  Label: label,
  ListView: listView,
  ListViewItem: listViewItem,
  Markdown: markdown,
  RadioGroup: radioGroup,
  Row: row,
  Select: select,
  Spacer: spacer,
  Table: table,
  'Table.Cell': tableCell,
  'Table.Row': tableRow,
  Text: text,
  Textarea: textarea,
  Title: title,
  Transition: transition,
};

/** What shows a node. One that cannot be shown does not take the others with it. */
export function viewOf(scene: Scene, node: Node): unknown {
  try {
    return (own(KINDS, node.type) ?? unknown)(scene, node);
  } catch (error) {
    console.warn(`<openai-chatkit>: a ${node.type} of a widget could not be shown.`, error);
    return nothing;
  }
}

/** A component of a newer contract: what is in it, or the words it has. */
function unknown(scene: Scene, node: Node): unknown {
  if (node.children.length) return html`<div class="w-box">${scene.show(node.children)}</div>`;
  const words = plain(node.value) || plain(node.label) || plain(node.title) || plain(node.alt);
  return words ? html`<div class="w-text" dir="auto">${words}</div>` : nothing;
}

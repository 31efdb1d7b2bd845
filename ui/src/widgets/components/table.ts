import { html, nothing } from 'lit';
import { count, flag, oneOf, own } from '../props';
import type { Scene, View } from '../scene';
import { defined, pixels, room } from '../style/lengths';
import { styled } from '../style/styled';
import type { Node } from '../tree';

const WIDTHS: Record<string, string> = { xs: '4rem', sm: '6rem', md: '9rem', lg: '13rem', xl: '18rem' };
const SIDES = ['start', 'center', 'end'] as const;
const HEIGHTS = { start: 'top', center: 'middle', end: 'bottom' } as const;

/** Rows that name columns are the table's head, if they come first. */
export const table: View = (scene, node) => {
  const body = node.children.findIndex(({ header }) => !flag(header));
  const at = body < 0 ? node.children.length : body;
  const [head, rest] = [node.children.slice(0, at), node.children.slice(at)];
  return html`<div class="w-table" tabindex="0" role="group">
    <table>
      ${head.length ? html`<thead>${scene.show(head)}</thead>` : nothing}
      <tbody>${scene.show(rest)}</tbody>
    </table>
  </div>`;
};

export const tableRow: View = (scene, node) => {
  const cells = flag(node.header) ? node.children.map(asHeader) : node.children;
  return html`<tr>${scene.show(cells)}</tr>`;
};

/** The same object for the same cell, so that it is not drawn anew each time. */
const headers = new WeakMap<Node, Node>();

function asHeader(cell: Node): Node {
  const known = headers.get(cell) ?? { ...cell, header: true };
  headers.set(cell, known);
  return known;
}

export const tableCell: View = (scene, node) => {
  const style = {
    ...room('padding', node.padding),
    ...defined({
      width: pixels(node.width) ?? own(WIDTHS, node.colSize),
      'text-align': oneOf(node.align, SIDES, 'start'),
      'vertical-align': HEIGHTS[oneOf(node.vAlign, SIDES, 'center')],
    }),
  };
  const spans = [count(node.colSpan) ?? nothing, count(node.rowSpan) ?? nothing] as const;
  const inside = content(scene, node);
  return flag(node.header)
    ? html`<th scope="col" colspan=${spans[0]} rowspan=${spans[1]} ${styled(style)}>${inside}</th>`
    : html`<td colspan=${spans[0]} rowspan=${spans[1]} ${styled(style)}>${inside}</td>`;
};

function content(scene: Scene, node: Node) {
  const align = oneOf(node.align, SIDES, 'start');
  return html`<div class="w-cell is-${align}">${scene.show(node.children)}</div>`;
}

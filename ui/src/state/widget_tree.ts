/** Changes inside a widget's tree. */
import type { WidgetNode } from '../wire/protocol';

/** The tree with the component of that id replaced. */
export function withComponent(root: WidgetNode, id: string, component: WidgetNode): WidgetNode {
  return changed(root, id, () => component);
}

/** The tree with text added to the component of that id. */
export function withMoreText(
  root: WidgetNode,
  id: string,
  { delta, done }: { delta: string; done: boolean },
): WidgetNode {
  return changed(root, id, (node) => ({
    ...node,
    value: String(node.value ?? '') + delta,
    streaming: !done,
  }));
}

function changed(
  node: WidgetNode,
  id: string,
  change: (node: WidgetNode) => WidgetNode,
): WidgetNode {
  if (node.id === id) return change(node);
  const copy: Record<string, unknown> = {};
  let differs = false;
  for (const [name, value] of Object.entries(node)) {
    copy[name] = changedValue(value, id, change);
    differs ||= copy[name] !== value;
  }
  return differs ? (copy as WidgetNode) : node;
}

function changedValue(
  value: unknown,
  id: string,
  change: (node: WidgetNode) => WidgetNode,
): unknown {
  if (Array.isArray(value)) {
    const list = value.map((each) => changedValue(each, id, change));
    return list.some((each, at) => each !== value[at]) ? list : value;
  }
  return isNode(value) ? changed(value, id, change) : value;
}

function isNode(value: unknown): value is WidgetNode {
  return typeof value === 'object' && value !== null && 'type' in value;
}

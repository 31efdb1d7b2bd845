/** A widget's tree as the views can rely on it, whatever it came as. */
import { isSame } from '../element/options';
import { record } from './props';

export interface Node {
  readonly type: string;
  readonly children: readonly Node[];
  readonly [prop: string]: unknown;
}

/** A tree from elsewhere may be built to exhaust whoever walks it. */
const DEEPEST = 64;
const MOST_CHILDREN = 2000;

const known = new WeakMap<object, Node>();

/**
 * Every node with a type and a list of children. What says the same as before is the same object as
 * before: it need not be looked at again.
 */
export function tidied(given: unknown, before: Node | null = null, depth = 0): Node {
  if (typeof given !== 'object' || given === null) return { type: 'Text', value: given, children: [] };
  const same = known.get(given);
  const node = same ?? shared(withChildren(record(given) ?? {}, before, depth), before);
  known.set(given, node);
  return node;
}

function withChildren(given: Record<string, unknown>, before: Node | null, depth: number): Node {
  const children = depth < DEEPEST ? childrenOf(given.children) : [];
  const olds = new Map(before?.children.map((child, at) => [keyOf(child, at), child]));
  return {
    ...given,
    type: typeof given.type === 'string' ? given.type : '',
    children: children.map((child, at) => {
      const old = olds.get(keyOf(record(child) ?? {}, at)) ?? null;
      return tidied(child, old, depth + 1);
    }),
  };
}

function childrenOf(children: unknown): unknown[] {
  const list = Array.isArray(children) ? children : [children];
  return list.filter((child) => child !== null && child !== undefined && child !== false).slice(0, MOST_CHILDREN);
}

function shared(node: Node, before: Node | null): Node {
  if (!before || before.type !== node.type) return node;
  const { children: olds, ...old } = before;
  const { children, ...props } = node;
  const unchanged = children.length === olds.length && children.every((each, at) => each === olds[at]);
  return unchanged && isSame(old, props) ? before : node;
}

/** What a node is known by among its siblings. */
export function keyOf(node: Record<string, unknown>, at: number): string {
  const own = node.key ?? node.id;
  return `${String(node.type)} ${own === undefined || own === null ? `#${at}` : String(own)}`;
}

/** The keys of siblings, each of them once. */
export function keysOf(children: readonly Node[]): string[] {
  const seen = new Set<string>();
  return children.map((child, at) => {
    let key = keyOf(child, at);
    while (seen.has(key)) key += `'`;
    seen.add(key);
    return key;
  });
}

/** Every node of a tree. */
export function* walk(node: Node): Generator<Node> {
  yield node;
  for (const child of node.children) yield* walk(child);
}

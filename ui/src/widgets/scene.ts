/** What a component's view knows of the widget it is in, and what it can do with it. */
import type { ColorScheme } from '@openai/chatkit';
import type { Chat } from '../views/chat';
import type { Deed } from './deeds';
import type { Node } from './tree';

export interface Scene {
  readonly chat: Chat;
  readonly scheme: ColorScheme;
  /** The fields that have a label of their own. */
  readonly labelled: ReadonlySet<string>;
  /** Whether the widget is new, and may ask for the focus. */
  readonly mayFocus: boolean;
  /** An id in the document for something in this widget. */
  idOf(what: string): string;
  /** What is shown of nodes, one after the other. */
  show(nodes: readonly Node[]): unknown;
  /** Whether a thing that folds is open, unless somebody has opened or closed it. */
  isOpen(node: Node, otherwise: boolean): boolean;
  setOpen(node: Node, is: boolean): void;
  /** Carries an action out; false if it was refused. */
  act(deed: Deed): Promise<boolean>;
}

export type View = (scene: Scene, node: Node) => unknown;

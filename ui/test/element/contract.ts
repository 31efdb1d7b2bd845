/** Not run but type-checked: the element is what `@openai/chatkit` declares. */
import type { ChatKitEvents, OpenAIChatKit } from '@openai/chatkit';
import type { ChatKitElement } from '../../src/element/chatkit_element';

type Declared = Omit<OpenAIChatKit, keyof HTMLElement>;

export function asDeclared(element: ChatKitElement): Declared & HTMLElement {
  return element;
}

export function asListenedTo(element: ChatKitElement): void {
  element.addEventListener('chatkit.thread.change', ({ detail }) => detail.threadId satisfies string | null);
  element.addEventListener('click', () => {});
  const listen: OpenAIChatKit['addEventListener'] = element.addEventListener;
  const forget: OpenAIChatKit['removeEventListener'] = element.removeEventListener;
  void [listen, forget];
}

/** Each event that is declared, so that a newer declaration does not pass unseen. */
export const EVENTS: Record<keyof ChatKitEvents, true> = {
  'chatkit.ready': true,
  'chatkit.error': true,
  'chatkit.effect': true,
  'chatkit.deeplink': true,
  'chatkit.response.start': true,
  'chatkit.response.end': true,
  'chatkit.history.open': true,
  'chatkit.history.close': true,
  'chatkit.thread.change': true,
  'chatkit.thread.load.start': true,
  'chatkit.thread.load.end': true,
  'chatkit.tool.change': true,
  'chatkit.log': true,
};

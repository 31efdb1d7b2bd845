/** What widgets need of a chat, without one: actions are written down, and nothing is sent. */
import type { ChatKitOptions, ThemeOption } from '@openai/chatkit';
import type { Texts } from '../i18n/catalogue';
import type { Session } from '../session/session';
import type { Chat } from '../views/chat';
import type { Action } from '../wire/protocol';

export type Acted = Action & { handler?: string; streaming?: boolean };

export interface Surroundings {
  theme: ThemeOption;
  texts: Texts;
  locale: string;
  epoch: number;
  imageDomains: readonly string[];
  act(action: Acted): void;
}

export function chatOf({ theme, texts, locale, epoch, imageDomains, act }: Surroundings): Chat {
  const api = { url: '/chatkit', domainKey: '' };
  const thread = { allowed_image_domains: imageDomains };
  const session = { client: { api }, current: { state: { thread }, isResponding: false } };
  const nothing = () => {};
  const nothingYet = () => Promise.resolve();
  return {
    options: { api, theme } as ChatKitOptions,
    texts,
    locale,
    session: session as unknown as Session,
    epoch,
    send: nothing,
    act: (action) => {
      act(action);
      return Promise.resolve(true);
    },
    quote: nothing,
    openThread: nothing,
    showHistory: nothingYet,
    hideHistory: nothingYet,
    toolChanged: nothing,
    clickEntity: nothing,
    announce: nothing,
  };
}

/** What the views know of the chat, and what they can do with it. */
import type { ChatKitOptions, Entity } from '@openai/chatkit';
import type { Texts } from '../i18n/catalogue';
import type { Session } from '../session/session';
import type { Action, EntitySource, UserMessageContent, WireAttachment } from '../wire/protocol';

export interface Message {
  content: UserMessageContent[];
  attachments: WireAttachment[];
  quote: string | null;
  toolId: string | null;
  modelId: string | null;
}

export interface Chat {
  readonly options: ChatKitOptions;
  readonly texts: Texts;
  readonly locale: string;
  readonly session: Session;
  /** Another one when options or texts are others. */
  readonly epoch: number;
  send(message: Message): void;
  /** Carries an action out; false if it was refused. */
  act(action: Action & { handler?: string; streaming?: boolean }, itemId: string): Promise<boolean>;
  quote(text: string): void;
  openThread(id: string | null): void;
  showHistory(): Promise<void>;
  hideHistory(): Promise<void>;
  toolChanged(toolId: string | null): void;
  clickEntity(entity: Entity): void;
  announce(text: string): void;
}

/** An annotation's entity, as the page's callbacks know it. */
export function entityOf(source: EntitySource): Entity {
  return {
    id: source.id,
    title: source.title,
    ...(source.icon ? { icon: source.icon } : {}),
    interactive: source.interactive ?? false,
    ...(source.group ? { group: source.group } : {}),
    data: (source.data ?? {}) as Record<string, string>,
  };
}

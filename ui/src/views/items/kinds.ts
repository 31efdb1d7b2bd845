/** Every kind of entry, and what shows it. */
import { html, nothing } from 'lit';
import type { Entry } from '../../state/thread_state';
import type { Chat } from '../chat';
import { assistantMessage } from './assistant_message';
import { clientToolCall } from './client_tool_call';
import { errorView } from './error';
import { generatedImage } from './generated_image';
import { noticeView } from './notice';
import { taskView } from './tasks';
import { userMessage } from './user_message';
import { widgetItem } from './widget';
import './structured_input';
import './workflow';

type EntryOf<T extends Entry['type']> = Extract<Entry, { type: T }>;
type Views = {
  [T in Entry['type']]: (chat: Chat, entry: EntryOf<T>, isOpen: boolean) => unknown;
};

const VIEWS: Views = {
  user_message: userMessage,
  assistant_message: assistantMessage,
  client_tool_call: clientToolCall,
  widget: widgetItem,
  generated_image: generatedImage,
  structured_input: (chat, item) =>
    html`<ock-questions .chat=${chat} .item=${item} .epoch=${chat.epoch}></ock-questions>`,
  workflow: (chat, { workflow }, isOpen) =>
    html`<ock-workflow
      .chat=${chat}
      .workflow=${workflow}
      .isOpen=${isOpen}
      .epoch=${chat.epoch}
    ></ock-workflow>`,
  task: (chat, { task }) => taskView(chat, task),
  end_of_turn: () => nothing,
  notice: noticeView,
  error: errorView,
};

/** An entry as it is shown; kinds that a newer server may send show nothing. */
export function entryView(chat: Chat, entry: Entry, isOpen: boolean): unknown {
  const view = VIEWS[entry.type] as
    | ((chat: Chat, entry: Entry, isOpen: boolean) => unknown)
    | undefined;
  return view ? view(chat, entry, isOpen) : nothing;
}

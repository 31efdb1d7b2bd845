/** A message as it is shown before the server has stored it. */
import { SENDING } from '../state/thread_state';
import type { UserMessageInput, UserMessageItem, WireAttachment } from '../wire/protocol';

let sendings = 0;

export function onItsWay(
  input: UserMessageInput,
  thread_id: string,
  attachments: WireAttachment[],
): UserMessageItem {
  return {
    type: 'user_message',
    id: `${SENDING}${++sendings}`,
    thread_id,
    created_at: new Date().toISOString(),
    content: input.content,
    attachments,
    quoted_text: input.quoted_text ?? null,
    inference_options: input.inference_options,
  };
}

import type { AssistantMessageItem, Thread, ThreadStreamEvent, UserMessageItem } from '../../src/wire/protocol';

const base = { thread_id: 'thr_1', created_at: '2026-01-01T00:00:00Z' };

export function userItem(id: string, text = 'Hi'): UserMessageItem {
  const content = [{ type: 'input_text' as const, text }];
  return { type: 'user_message', id, ...base, content, attachments: [], inference_options: {} };
}

export function answerItem(id: string, text = ''): AssistantMessageItem {
  const content = text ? [{ type: 'output_text' as const, text, annotations: [] }] : [];
  return { type: 'assistant_message', id, ...base, content };
}

export const thread: Thread = { id: 'thr_1', created_at: base.created_at, items: { data: [] } };

export function delta(item_id: string, text: string): ThreadStreamEvent {
  const type = 'assistant_message.content_part.text_delta';
  return { type: 'thread.item.updated', item_id, update: { type, content_index: 0, delta: text } };
}

export const input = {
  content: [{ type: 'input_text' as const, text: 'Hi' }],
  attachments: [],
  inference_options: {},
};

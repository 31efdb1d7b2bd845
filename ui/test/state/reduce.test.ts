import { describe, expect, test } from 'vitest';
import { withNewest, withOlder } from '../../src/state/pages';
import { reduce } from '../../src/state/reduce';
import { EMPTY, itemOf, SENDING, type ThreadState, withItem } from '../../src/state/thread_state';
import type { ThreadItem, ThreadStreamEvent, WorkflowItem } from '../../src/wire/protocol';
import { answerItem, delta, thread, userItem } from './samples';

function after(events: ThreadStreamEvent[], state: ThreadState = EMPTY): ThreadState {
  return events.reduce(reduce, state);
}

function textOf(state: ThreadState, id: string): string {
  const item = itemOf(state, id);
  return item?.type === 'assistant_message' ? item.content.map(({ text }) => text).join('|') : '';
}

const base = { thread_id: 'thr_1', created_at: '2026-01-01T00:00:00Z' };

describe('messages', () => {
  const added: ThreadStreamEvent = { type: 'thread.item.added', item: answerItem('a') };

  test('text grows, also where no part was added before', () => {
    const state = after([added, delta('a', 'Hel'), delta('a', 'lo')]);
    expect(textOf(state, 'a')).toBe('Hello');
    expect(state.open.has('a')).toBe(true);
  });

  test('done is the whole of it, and closes it', () => {
    const done: ThreadStreamEvent = { type: 'thread.item.done', item: answerItem('a', 'Hello!') };
    const state = after([added, delta('a', 'Hel'), done]);
    expect(textOf(state, 'a')).toBe('Hello!');
    expect(state.open.size).toBe(0);
  });

  test('the same turn told again from its start doubles nothing', () => {
    const turn: ThreadStreamEvent[] = [added, delta('a', 'Hel'), delta('a', 'lo')];
    const state = after([...turn, ...turn]);
    expect(state.entries).toHaveLength(1);
    expect(textOf(state, 'a')).toBe('Hello');
  });

  test('the message on its way gives way to the stored one', () => {
    const sending = withItem(EMPTY, { ...userItem('x'), id: `${SENDING}1` });
    const state = after([{ type: 'thread.item.done', item: userItem('m') }], sending);
    expect(state.entries.map(({ id }) => id)).toEqual(['m']);
  });

  test('annotations find their place', () => {
    const annotation = { type: 'annotation' as const, index: 1, source: { type: 'file' as const, title: 'A', filename: 'a' } };
    const type = 'assistant_message.content_part.annotation_added';
    const update = { type, content_index: 0, annotation_index: 0, annotation } as const;
    const event: ThreadStreamEvent = { type: 'thread.item.updated', item_id: 'a', update };
    const state = after([added, delta('a', 'Hi'), event, event]);
    expect(itemOf(state, 'a')).toMatchObject({ content: [{ text: 'Hi', annotations: [annotation] }] });
  });

  test('items before the one that changes stay the same objects', () => {
    const state = after([{ type: 'thread.item.done', item: userItem('m') }, added]);
    expect(reduce(state, delta('a', 'x')).entries[0]).toBe(state.entries[0]);
  });

  test('an update of an item that is not there changes nothing', () => {
    expect(after([delta('nowhere', 'x')])).toBe(EMPTY);
  });
});

describe('other items', () => {
  test('tasks are added and replaced by their place', () => {
    const item: WorkflowItem = { type: 'workflow', id: 'w', ...base, workflow: { type: 'custom', tasks: [] } };
    const task = (title: string) => ({ type: 'custom' as const, title });
    const change = (kind: 'added' | 'updated', title: string): ThreadStreamEvent => ({
      type: 'thread.item.updated',
      item_id: 'w',
      update: { type: `workflow.task.${kind}`, task_index: 0, task: task(title) } as never,
    });
    const state = after([{ type: 'thread.item.added', item }, change('added', 'a'), change('updated', 'b')]);
    expect(itemOf(state, 'w')).toMatchObject({ workflow: { tasks: [task('b')] } });
  });

  test('a widget’s text grows, its parts and its whole are replaced', () => {
    const widget = { type: 'Card', children: [{ type: 'Row', children: [{ type: 'Text', id: 't', value: 'a' }] }] };
    const item: ThreadItem = { type: 'widget', id: 'w', ...base, widget };
    const update = (update: object): ThreadStreamEvent => ({ type: 'thread.item.updated', item_id: 'w', update: update as never });
    const grown = after([
      { type: 'thread.item.added', item },
      update({ type: 'widget.streaming_text.value_delta', component_id: 't', delta: 'b', done: false }),
    ]);
    expect(itemOf(grown, 'w')).toMatchObject({ widget: { children: [{ children: [{ value: 'ab' }] }] } });
    const other = after([update({ type: 'widget.component.updated', component_id: 't', component: { type: 'Title', value: 'T' } })], grown);
    expect(itemOf(other, 'w')).toMatchObject({ widget: { children: [{ children: [{ type: 'Title' }] }] } });
    const whole = after([update({ type: 'widget.root.updated', widget: { type: 'ListView' } })], other);
    expect(itemOf(whole, 'w')).toMatchObject({ widget: { type: 'ListView' } });
  });

  test('a picture takes shape', () => {
    const image = { id: 'i', url: 'data:image/png;base64,xx' };
    const state = after([
      { type: 'thread.item.added', item: { type: 'generated_image', id: 'g', ...base } },
      { type: 'thread.item.updated', item_id: 'g', update: { type: 'generated_image.updated', image, progress: 0.5 } },
    ]);
    expect(itemOf(state, 'g')).toMatchObject({ image, progress: 0.5 });
  });

  test('items are replaced in place, and removed', () => {
    const two = after([
      { type: 'thread.item.done', item: answerItem('a', '1') },
      { type: 'thread.item.done', item: answerItem('b', '2') },
      { type: 'thread.item.replaced', item: answerItem('a', '3') },
    ]);
    expect(two.entries.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(textOf(two, 'a')).toBe('3');
    expect(after([{ type: 'thread.item.removed', item_id: 'a' }], two).entries).toHaveLength(1);
  });
});

describe('the thread and its turn', () => {
  test('titles and statuses are taken over, without items', () => {
    const event: ThreadStreamEvent = { type: 'thread.updated', thread: { ...thread, title: 'Ferns' } };
    const state = after([event]);
    expect(state.thread?.title).toBe('Ferns');
    expect(state.thread).not.toHaveProperty('items');
  });

  test('a passing word passes when something is shown', () => {
    const said = after([{ type: 'progress_update', text: 'Looking…', icon: 'search' }]);
    expect(said.progress).toEqual({ text: 'Looking…', icon: 'search' });
    expect(after([{ type: 'thread.item.added', item: answerItem('a') }], said).progress).toBeNull();
  });

  test('whether it can be stopped, errors and notices are kept', () => {
    const state = after([
      { type: 'stream_options', stream_options: { allow_cancel: false } },
      { type: 'notice', level: 'warning', message: '*Careful*', title: 'Hm' },
      { type: 'error', code: 'custom', message: 'No.', allow_retry: true },
    ]);
    expect(state.allowCancel).toBe(false);
    expect(state.entries).toMatchObject([
      { type: 'notice', level: 'warning', title: 'Hm' },
      { type: 'error', message: 'No.', allow_retry: true },
    ]);
  });

  test('events of a newer server are passed over', () => {
    expect(reduce(EMPTY, { type: 'thread.sang' } as never)).toBe(EMPTY);
  });
});

describe('pages', () => {
  const page = (ids: string[], more?: string) => ({
    data: ids.map((id) => answerItem(id, id)),
    has_more: more !== undefined,
    ...(more ? { after: more } : {}),
  });

  test('a page comes newest first, and is shown oldest first', () => {
    const state = withNewest(EMPTY, page(['c', 'b'], 'b'));
    expect(state.entries.map(({ id }) => id)).toEqual(['b', 'c']);
    expect(state.older).toEqual({ after: 'b' });
    const more = withOlder(state, page(['b', 'a']));
    expect(more.entries.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(more.older).toBeNull();
  });

  test('a refresh takes over what changed, went and came, and keeps older pages and what streams', () => {
    const shown = withOlder(withNewest(EMPTY, page(['d', 'c', 'b'], 'b')), page(['a']));
    const streaming = reduce(shown, { type: 'thread.item.added', item: answerItem('x') });
    const fresh = { data: [answerItem('e', 'e'), answerItem('d', 'D'), answerItem('b', 'b')], has_more: true };
    const state = withNewest(streaming, fresh);
    expect(state.entries.map(({ id }) => id)).toEqual(['a', 'b', 'd', 'e', 'x']);
    expect(textOf(state, 'd')).toBe('D');
  });
});

import { afterEach, describe, expect, test, vi } from 'vitest';
import { Conversation, type ConversationEvents } from '../../src/session/conversation';
import { Client } from '../../src/wire/client';
import type { ClientToolCallItem, ThreadStreamEvent } from '../../src/wire/protocol';
import { answerItem, delta, input, thread, userItem } from '../state/samples';
import { json, Pipe, refused, Server, stream } from '../wire/server';

const GET = 'GET /chatkit/threads/thr_1/stream';
const POST = 'POST /chatkit/threads/thr_1/cancel';
const created: ThreadStreamEvent = { type: 'thread.created', thread };
const stored: ThreadStreamEvent = { type: 'thread.item.done', item: userItem('m') };
const added: ThreadStreamEvent = { type: 'thread.item.added', item: answerItem('a') };
const done: ThreadStreamEvent = { type: 'thread.item.done', item: answerItem('a', 'one two') };

function page(data: object[] = []) {
  return json({ data, has_more: false });
}

function begin(server: Server, more: Partial<ConversationEvents> = {}, id: string | null = null) {
  const told: string[] = [];
  const events: ConversationEvents = {
    changed: () => {},
    created: () => told.push('created'),
    updated: () => {},
    responding: (_conversation, is) => told.push(is ? 'start' : 'end'),
    effect: (name) => told.push(`effect ${name}`),
    failed: (error) => told.push(`failed ${error.message}`),
    callTool: () => Promise.resolve({}),
    ...more,
  };
  const conversation = new Conversation(new Client({ url: '/chatkit', fetch: server.fetch }), events, id);
  return { conversation, told };
}

function shown(conversation: Conversation): string[] {
  return conversation.state.entries.map((entry) => {
    if (entry.type === 'assistant_message') return entry.content.map(({ text }) => text).join();
    return entry.type === 'user_message' ? entry.id : entry.type;
  });
}

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function storage() {
  const kept = new Map<string, string>();
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
}

describe('sending', () => {
  test('a first message makes a thread, and tells of it and of the answer', async () => {
    const server = new Server().on('threads.create', stream([created, stored, added, delta('a', 'one'), done]));
    const { conversation, told } = begin(server);
    await conversation.send(input);
    expect(told).toEqual(['start', 'created', 'end']);
    expect(conversation.id).toBe('thr_1');
    expect(shown(conversation)).toEqual(['m', 'one two']);
    expect(conversation.isBusy).toBe(false);
  });

  test('the message is shown before the server has it', () => {
    const { conversation } = begin(new Server().on('threads.create', new Pipe().response));
    void conversation.send(input);
    expect(conversation.state.entries).toMatchObject([{ type: 'user_message', content: input.content }]);
    expect(conversation.isResponding).toBe(true);
  });

  test('a refusal is told with the server’s words, and can be tried again', async () => {
    const server = new Server()
      .on('threads.create', refused(409, 'conflict', 'Busy.'))
      .on('threads.create', stream([created, stored, done]));
    const { conversation } = begin(server);
    await conversation.send(input);
    const error = conversation.state.entries.at(-1)!;
    expect(error).toMatchObject({ type: 'error', message: 'Busy.', allow_retry: true });
    await conversation.retryError(error.id);
    await vi.waitFor(() => expect(shown(conversation)).toEqual(['m', 'one two']));
  });

  test('what makes no sense is not tried again', async () => {
    const { conversation } = begin(new Server().on('threads.create', refused(400, 'invalid_request', 'No.')));
    await conversation.send(input);
    expect(conversation.state.entries.at(-1)).toMatchObject({ allow_retry: false });
  });

  test('an error of the turn offers to have the message answered again', async () => {
    const error: ThreadStreamEvent = { type: 'error', message: 'Oops', allow_retry: true };
    const server = new Server()
      .on('threads.create', stream([created, stored, error]))
      .on('threads.retry_after_item', stream([done]));
    const { conversation } = begin(server);
    await conversation.send(input);
    await conversation.retryError(conversation.state.entries.at(-1)!.id);
    expect(server.asked.at(-1)!.body.params).toEqual({ thread_id: 'thr_1', item_id: 'm' });
    expect(shown(conversation)).toEqual(['m', 'one two']);
  });
});

describe('a connection that drops', () => {
  test('is taken up behind the last event, and nothing is lost or doubled', async () => {
    const pipe = new Pipe();
    const server = new Server()
      .on('threads.create', pipe.response)
      .on(GET, stream([delta('a', ' two'), done], 't1', 5));
    const { conversation, told } = begin(server);
    const sent = conversation.send(input);
    pipe.send([created, stored, added, delta('a', 'one')], 't1');
    await vi.waitFor(() => expect(shown(conversation)).toContain('one'));
    pipe.break();
    await sent;
    expect(server.asked.at(-1)!.headers).toMatchObject({ 'last-event-id': 't1:4' });
    expect(shown(conversation)).toEqual(['m', 'one two']);
    expect(told).toEqual(['start', 'created', 'end']);
  });

  test('is tried again, later each time, until the server is back', async () => {
    vi.useFakeTimers();
    const pipe = new Pipe();
    const server = new Server()
      .on('threads.create', pipe.response)
      .on(GET, () => Promise.reject(new TypeError('down')))
      .on(GET, refused(503, 'unavailable', 'Starting.'))
      .on(GET, stream([done], 't1', 4));
    const { conversation } = begin(server);
    const sent = conversation.send(input);
    pipe.send([created, stored, added], 't1');
    await vi.waitFor(() => expect(conversation.state.open.size).toBe(1));
    pipe.break();
    await vi.waitFor(() => expect(conversation.reconnecting).toBe(true));
    await vi.runAllTimersAsync();
    await sent;
    expect(shown(conversation)).toEqual(['m', 'one two']);
    expect(conversation.reconnecting).toBe(false);
  });

  test('a stream that ends politely in the middle of an item is taken up too', async () => {
    const server = new Server()
      .on('threads.create', stream([created, stored, added], 't1'))
      .on(GET, stream([done], 't1', 4));
    const { conversation } = begin(server);
    await conversation.send(input);
    expect(shown(conversation)).toEqual(['m', 'one two']);
  });

  test('of a server that does not number its events is told, and the retry loads what there is', async () => {
    const pipe = new Pipe();
    const server = new Server()
      .on('threads.create', pipe.response)
      .on('threads.get_by_id', json(thread))
      .on('items.list', page([answerItem('a', 'one two'), userItem('m')]));
    const { conversation } = begin(server);
    const sent = conversation.send(input);
    pipe.send([created, stored, added]);
    await vi.waitFor(() => expect(conversation.state.open.size).toBe(1));
    pipe.break();
    await sent;
    const error = conversation.state.entries.at(-1)!;
    expect(error).toMatchObject({ type: 'error', code: 'ConnectionError', allow_retry: true });
    await conversation.retryError(error.id);
    await vi.waitFor(() => expect(shown(conversation)).toEqual(['m', 'one two']));
  });
});

describe('loading', () => {
  test('goes on with the turn that runs', async () => {
    const server = new Server()
      .on('threads.get_by_id', json({ ...thread, title: 'Ferns' }))
      .on('items.list', page([userItem('m')]))
      .on(GET, stream([stored, added, delta('a', 'one'), done], 't1'));
    const { conversation, told } = begin(server, {}, 'thr_1');
    await conversation.load();
    await vi.waitFor(() => expect(told).toEqual(['start', 'end']));
    expect(shown(conversation)).toEqual(['m', 'one two']);
    expect(conversation.state.thread?.title).toBe('Ferns');
  });

  test('asks for the stream before the items, so that what ends meanwhile is not missed', async () => {
    const server = new Server()
      .on(GET, new Response(null, { status: 204 }))
      .on('threads.get_by_id', json(thread))
      .on('items.list', page([answerItem('a', 'one two'), userItem('m')]));
    const { conversation } = begin(server, {}, 'thr_1');
    await conversation.load();
    expect(server.kinds()).toEqual([GET, 'threads.get_by_id', 'items.list']);
    expect(shown(conversation)).toEqual(['m', 'one two']);
  });

  test('a thread that is not there is an error, and says nothing of the server', async () => {
    const { conversation } = begin(new Server(), {}, 'thr_1');
    await expect(conversation.load()).rejects.toThrow();
    expect(conversation.loading).toBe('failed');
    expect(conversation.client.resumable).toBeNull();
  });

  test('is as with any ChatKit server where there is nothing to resume from', async () => {
    const server = new Server().on('threads.get_by_id', json(thread)).on('items.list', page([userItem('m')]));
    const { conversation, told } = begin(server, {}, 'thr_1');
    await conversation.load();
    expect(server.kinds()[0]).toBe(GET);
    expect(conversation.client.resumable).toBe(false);
    expect(told).toEqual([]);
    expect(shown(conversation)).toEqual(['m']);
  });

  test('an effect that this tab has seen does not happen twice; a new one happens', async () => {
    storage();
    const effect = (name: string): ThreadStreamEvent => ({ type: 'client_effect', name });
    const first = new Server().on('threads.create', stream([created, effect('a')], 't1'));
    const before = begin(first);
    await before.conversation.send(input);
    const second = new Server()
      .on('threads.get_by_id', json(thread))
      .on('items.list', page())
      .on(GET, stream([created, effect('a'), effect('b')], 't1'));
    const after = begin(second, {}, 'thr_1');
    await after.conversation.load();
    await vi.waitFor(() => expect(after.told).toContain('end'));
    expect(before.told).toContain('effect a');
    expect(after.told.filter((each) => each.startsWith('effect'))).toEqual(['effect b']);
  });
});

describe('what cannot be read to its end', () => {
  const whole = answerItem('a', 'one two');
  const loaded = (server: Server) =>
    server.on('threads.get_by_id', json(thread)).on('items.list', page([whole, userItem('m')]));

  test('is loaded, if the connection was gone for longer than the server keeps it', async () => {
    const pipe = new Pipe();
    const server = new Server().on('threads.create', pipe.response).on(GET, new Response(null, { status: 204 }));
    const { conversation } = begin(loaded(server));
    const sent = conversation.send(input);
    pipe.send([created, stored, added, delta('a', 'one')], 't1');
    await vi.waitFor(() => expect(shown(conversation)).toContain('one'));
    pipe.break();
    await sent;
    expect(shown(conversation)).toEqual(['m', 'one two']);
    expect(conversation.isBusy).toBe(false);
  });

  test('what is finished while the items are loaded stays', async () => {
    let answer!: (response: Response) => void;
    const late = new Promise<Response>((resolve) => (answer = resolve));
    const pipe = new Pipe();
    const server = new Server()
      .on('threads.create', pipe.response)
      .on('threads.get_by_id', json(thread))
      .on('items.list', () => late);
    const { conversation } = begin(server);
    const sent = conversation.send(input);
    pipe.send([created, stored, added], 't1');
    await vi.waitFor(() => expect(conversation.state.open.size).toBe(1));
    const refreshed = conversation.refresh();
    pipe.send([done], 't1', 4);
    pipe.end();
    await sent;
    answer(page([userItem('m')]));
    await refreshed;
    expect(shown(conversation)).toEqual(['m', 'one two']);
  });

  test('a retry that is refused leaves the answer where it is', async () => {
    const server = new Server()
      .on('threads.create', stream([created, stored, added, done]))
      .on('threads.retry_after_item', refused(409, 'conflict', 'Busy.'));
    const { conversation } = begin(server);
    await conversation.send(input);
    await conversation.retry('m');
    expect(shown(conversation)).toEqual(['m', 'one two', 'error']);
  });
});

describe('stopping', () => {
  test('is asked of the server; what is written so far stays', async () => {
    const pipe = new Pipe();
    const server = new Server().on('threads.create', pipe.response).on(POST, json({ cancelled: true }));
    const { conversation, told } = begin(server);
    const sent = conversation.send(input);
    pipe.send([created, stored, added, delta('a', 'one')], 't1');
    await vi.waitFor(() => expect(shown(conversation)).toContain('one'));
    const stopped = conversation.stop();
    expect(conversation.isResponding).toBe(false);
    expect(told).toEqual(['start', 'created', 'end']);
    await stopped;
    pipe.send([delta('a', ' two'), { type: 'thread.item.done', item: answerItem('a', 'one') }], 't1', 5);
    pipe.end();
    await sent;
    expect(shown(conversation)).toEqual(['m', 'one']);
    expect(told).toHaveLength(3);
  });

  test('a server that cannot be asked is left', async () => {
    const pipe = new Pipe();
    const { conversation } = begin(new Server().on('threads.create', pipe.response));
    const sent = conversation.send(input);
    pipe.send([created, stored, added, delta('a', 'one')]);
    await vi.waitFor(() => expect(shown(conversation)).toContain('one'));
    await conversation.stop();
    await pipe.cancelled;
    await sent;
    expect(shown(conversation)).toEqual(['m', 'one']);
  });

  test('what must not be stopped cannot be', async () => {
    const pipe = new Pipe();
    const { conversation } = begin(new Server().on('threads.create', pipe.response));
    void conversation.send(input);
    pipe.send([created, { type: 'stream_options', stream_options: { allow_cancel: false } }]);
    await vi.waitFor(() => expect(conversation.state.allowCancel).toBe(false));
    expect(conversation.canStop).toBe(false);
  });
});

describe('client tools', () => {
  const call: ClientToolCallItem = {
    type: 'client_tool_call',
    id: 'c',
    thread_id: 'thr_1',
    created_at: thread.created_at,
    status: 'pending',
    call_id: 'call_1',
    name: 'look',
    arguments: { at: 'page' },
  };

  test('are carried out when the turn has ended, and the answer goes on', async () => {
    const server = new Server()
      .on('threads.create', stream([created, stored, { type: 'thread.item.done', item: call }]))
      .on('threads.add_client_tool_output', stream([done]));
    const { conversation } = begin(server, { callTool: ({ name }) => Promise.resolve({ saw: name }) });
    await conversation.send(input);
    expect(server.asked.at(-1)!.body.params).toEqual({ thread_id: 'thr_1', result: { saw: 'look' } });
    expect(shown(conversation)).toEqual(['m', 'client_tool_call', 'one two']);
  });

  test('an output that comes when the call is closed is not sent: it would answer the next one', async () => {
    let finish!: (result: unknown) => void;
    const server = new Server()
      .on('threads.create', stream([created, stored, { type: 'thread.item.done', item: call }]))
      .on('threads.add_user_message', stream([
        { type: 'thread.item.replaced', item: { ...call, status: 'completed', output: 'closed' } },
        { type: 'thread.item.done', item: userItem('n') },
      ]));
    const callTool = vi.fn(() => new Promise((resolve) => (finish = resolve)));
    const { conversation } = begin(server, { callTool });
    const first = conversation.send(input);
    await vi.waitFor(() => expect(callTool).toHaveBeenCalled());
    await conversation.send(input);
    finish({ late: true });
    await first;
    expect(server.kinds()).toEqual(['threads.create', 'threads.add_user_message']);
  });

  test('a call that a reload cut off is carried out after it', async () => {
    const server = new Server()
      .on('threads.get_by_id', json(thread))
      .on('items.list', page([call, userItem('m')]))
      .on('threads.add_client_tool_output', stream([done]));
    const { conversation } = begin(server, {}, 'thr_1');
    await conversation.load();
    await vi.waitFor(() => expect(shown(conversation)).toEqual(['m', 'client_tool_call', 'one two']));
  });
});

describe('actions and feedback', () => {
  test('an action streams, and its widget waits for it', async () => {
    const pipe = new Pipe();
    const server = new Server().on('threads.custom_action', pipe.response);
    const { conversation } = begin(server, {}, 'thr_1');
    const acted = conversation.act({ type: 'go', payload: { x: 1 } }, 'w');
    expect(conversation.isActing('w')).toBe(true);
    pipe.end();
    await acted;
    expect(conversation.isActing('w')).toBe(false);
    expect(server.asked[0]!.body.params).toEqual({
      thread_id: 'thr_1',
      item_id: 'w',
      action: { type: 'go', payload: { x: 1 } },
    });
  });

  test('an action before the first message makes the thread, and what follows waits for it', async () => {
    const pipe = new Pipe();
    const server = new Server()
      .on('threads.custom_action', pipe.response)
      .on('threads.custom_action', stream([]));
    const { conversation, told } = begin(server);
    const acted = conversation.act({ type: 'go' }, undefined);
    const again = conversation.act({ type: 'on' }, undefined);
    pipe.send([created]);
    await vi.waitFor(() => expect(server.asked).toHaveLength(2));
    pipe.end();
    expect(await Promise.all([acted, again])).toEqual([true, true]);
    expect(server.asked.map(({ body }) => body.params.thread_id)).toEqual(['', 'thr_1']);
    expect(told.filter((each) => each === 'created')).toHaveLength(1);
  });

  test('feedback that is refused is taken back', async () => {
    const { conversation } = begin(new Server().on('items.feedback', refused(400, 'x', 'No.')), {}, 'thr_1');
    const given = conversation.giveFeedback(['a'], 'positive');
    expect(conversation.feedback.get('a')).toBe('positive');
    await given;
    expect(conversation.feedback.size).toBe(0);
  });
});

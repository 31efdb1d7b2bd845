import { describe, expect, test } from 'vitest';
import { Client } from '../../src/wire/client';
import { ConnectionError, ProtocolError, RefusedError } from '../../src/wire/errors';
import type { Streamed } from '../../src/wire/sse';
import { delta, input, thread } from '../state/samples';
import { json, Pipe, refused, Server, stream } from './server';

const signal = new AbortController().signal;

function clientOf(server: Server, more = {}): Client {
  return new Client({ url: '/chatkit', fetch: server.fetch, ...more });
}

async function all(events: AsyncGenerator<Streamed[]>): Promise<Streamed[]> {
  const found: Streamed[] = [];
  for await (const batch of events) found.push(...batch);
  return found;
}

describe('operations', () => {
  test('a JSON operation posts its type and parameters', async () => {
    const server = new Server().on('threads.list', json({ data: [], has_more: false }));
    const page = await clientOf(server).request('threads.list', { limit: 3 });
    expect(page).toEqual({ data: [], has_more: false });
    expect(server.asked[0]).toMatchObject({
      method: 'POST',
      path: '/chatkit',
      headers: { 'content-type': 'application/json' },
      body: { type: 'threads.list', params: { limit: 3 } },
    });
  });

  test('a streaming operation says that it can resume, and gives events with their ids', async () => {
    const events = [{ type: 'thread.created' as const, thread }];
    const server = new Server().on('threads.create', stream(events, 'turn_1'));
    const found = await all(await clientOf(server).stream('threads.create', { input }, signal));
    expect(found).toEqual([{ id: 'turn_1:1', event: events[0] }]);
    expect(server.asked[0]!.headers).toMatchObject({ 'x-chatkit-host': '1' });
  });

  test('the page’s own fetch is called as a plain function', async () => {
    let self: unknown = 'not called';
    const fetch = function (this: unknown) {
      self = this;
      return Promise.resolve(json({}));
    };
    await new Client({ url: '/x', fetch }).request('threads.list', {});
    expect(self).toBeUndefined();
  });
});

describe('streams', () => {
  test('comments are passed over, and an event may come in pieces, within a character too', async () => {
    const pipe = new Pipe();
    const server = new Server().on('threads.create', pipe.response);
    const events = await clientOf(server).stream('threads.create', { input }, signal);
    const bytes = new TextEncoder().encode(`: keep-alive\n\ndata: ${JSON.stringify(delta('a', '✨'))}\n\n`);
    const found = all(events);
    for (const byte of bytes) pipe.write(Uint8Array.of(byte));
    pipe.end();
    expect((await found).map(({ event }) => event)).toEqual([delta('a', '✨')]);
  });

  test('what one read brings comes together', async () => {
    const server = new Server().on('threads.create', stream([delta('a', '1'), delta('a', '2')]));
    const events = await clientOf(server).stream('threads.create', { input }, signal);
    expect((await events.next()).value).toHaveLength(2);
  });

  test('a connection that breaks is a ConnectionError', async () => {
    const pipe = new Pipe();
    const server = new Server().on('threads.create', pipe.response);
    const events = await clientOf(server).stream('threads.create', { input }, signal);
    pipe.send([delta('a', '1')]);
    await events.next();
    pipe.break();
    await expect(events.next()).rejects.toBeInstanceOf(ConnectionError);
  });

  test('an event that is no JSON is a ProtocolError', async () => {
    const pipe = new Pipe();
    const server = new Server().on('threads.create', pipe.response);
    const events = await clientOf(server).stream('threads.create', { input }, signal);
    pipe.write('data: {oops\n\n');
    await expect(events.next()).rejects.toBeInstanceOf(ProtocolError);
  });

  test('who aborts stops reading, and the server sees it', async () => {
    const pipe = new Pipe();
    const stop = new AbortController();
    const server = new Server().on('threads.create', pipe.response);
    const events = await clientOf(server).stream('threads.create', { input }, stop.signal);
    const next = events.next();
    stop.abort();
    await expect(next).rejects.toMatchObject({ name: 'AbortError' });
    await pipe.cancelled;
  });
});

describe('errors', () => {
  test('a refusal has the server’s status, code and words', async () => {
    const server = new Server().on('threads.list', refused(409, 'conflict', 'Still answering.'));
    const error = await clientOf(server).request('threads.list', {}).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(RefusedError);
    expect(error).toMatchObject({ status: 409, code: 'conflict', message: 'Still answering.' });
  });

  test('a refusal without words has the status as its words', async () => {
    const server = new Server().on('threads.list', new Response('<h1>x</h1>', { status: 502 }));
    await expect(clientOf(server).request('threads.list', {})).rejects.toMatchObject({ message: '502' });
  });

  test('no answer at all is a ConnectionError', async () => {
    const fetch = () => Promise.reject(new TypeError('Failed to fetch'));
    await expect(new Client({ url: '/x', fetch }).request('threads.list', {})).rejects.toBeInstanceOf(
      ConnectionError,
    );
  });
});

describe('resuming and cancelling', () => {
  const GET = 'GET /chatkit/threads/thr_1/stream';

  test('a resume asks for what came after the last event', async () => {
    const server = new Server().on(GET, stream([delta('a', 'x')], 'turn_1', 8));
    const events = await clientOf(server).resume('thr_1', 'turn_1:7', signal);
    expect(server.asked[0]!.headers).toMatchObject({ 'last-event-id': 'turn_1:7' });
    expect((await all(events!))[0]!.id).toBe('turn_1:8');
  });

  test('204 means that nothing runs and nothing was missed', async () => {
    const server = new Server().on(GET, new Response(null, { status: 204 }));
    const client = clientOf(server);
    expect(await client.resume('thr_1', null, signal)).toBeNull();
    expect(client.resumable).toBe(true);
  });

  test.each([405, 501])('a server that answers %i is asked once only', async (status) => {
    const server = new Server().on(GET, refused(status, 'x', 'no'));
    const client = clientOf(server);
    expect(await client.resume('thr_1', null, signal)).toBeNull();
    expect(await client.resume('thr_1', null, signal)).toBeNull();
    expect(server.asked).toHaveLength(1);
  });

  test('a 404 may be about the thread, and says nothing of the server', async () => {
    const server = new Server().on(GET, refused(404, 'not_found', 'no'));
    const client = clientOf(server);
    expect(await client.resume('thr_1', null, signal)).toBeNull();
    expect(client.resumable).toBeNull();
  });

  test('a URL with a query keeps it behind the path', async () => {
    const server = new Server();
    await clientOf(server, { url: '/chatkit?shop=1' }).cancel('thr_1');
    expect(server.asked[0]!.path).toBe('/chatkit/threads/thr_1/cancel?shop=1');
  });

  test('a cancel says whether something was stopped; null where it cannot be asked', async () => {
    const POST = 'POST /chatkit/threads/thr_1/cancel';
    const server = new Server().on(POST, json({ cancelled: true })).on(POST, json({ cancelled: false }));
    const client = clientOf(server);
    expect(await client.cancel('thr_1')).toBe(true);
    expect(await client.cancel('thr_1')).toBe(false);
    expect(await client.cancel('thr_1')).toBeNull();
  });
});

describe('uploads', () => {
  const file = new File(['hello'], 'notes.txt', { type: 'text/plain' });
  const attachment = { id: 'atc_1', type: 'file', name: 'notes.txt', mime_type: 'text/plain' };

  test('two phases: the facts, then the bytes to where the server says', async () => {
    const upload_descriptor = { url: 'https://up.example/1', method: 'PUT', headers: { 'x-a': 'b' } };
    const server = new Server()
      .on('attachments.create', json({ ...attachment, upload_descriptor }))
      .on('PUT https://up.example/1', new Response(null, { status: 200 }));
    const sent: number[] = [];
    const found = await clientOf(server).upload(file, (each) => sent.push(each), signal);
    expect(found.id).toBe('atc_1');
    expect(server.asked[0]!.body.params).toEqual({ name: 'notes.txt', size: 5, mime_type: 'text/plain' });
    expect(server.asked[1]).toMatchObject({ method: 'PUT', headers: { 'x-a': 'b' }, body: file });
    expect(sent.at(-1)).toBe(1);
  });

  test('direct: one form, and the answer is the attachment', async () => {
    const server = new Server().on('POST /files', json(attachment));
    const uploadStrategy = { type: 'direct', uploadUrl: '/files' };
    const found = await clientOf(server, { uploadStrategy }).upload(file, () => {}, signal);
    expect(found).toEqual(attachment);
    expect((server.asked[0]!.body as FormData).get('file')).toMatchObject({ name: 'notes.txt' });
  });

  test('an upload that is refused fails with the reason', async () => {
    const server = new Server().on('attachments.create', refused(413, 'too_large', 'Too large.'));
    await expect(clientOf(server).upload(file, () => {}, signal)).rejects.toThrow('Too large.');
  });
});

import { afterEach, expect, test, vi } from 'vitest';
import { acceptOf, matches, Uploads } from '../../src/composer/uploads';
import { Client } from '../../src/wire/client';
import { json, Server } from '../wire/server';

afterEach(() => vi.unstubAllGlobals());

function begin(server = new Server()) {
  return new Uploads(() => new Client({ url: '/chatkit', fetch: server.fetch }), () => {});
}

function file(name: string, type: string, size = 3): File {
  return new File(['x'.repeat(size)], name, { type });
}

test('files beyond the limits are refused, each with the reason', () => {
  const uploads = begin();
  const limits = { enabled: true, maxCount: 1, maxSize: { 'text/*': 5, '*': 2 }, accept: { 'text/*': ['.txt'], 'image/png': [] } };
  const refused = uploads.add([file('a.pdf', 'application/pdf', 1), file('b.png', 'image/png'), file('c.txt', 'text/plain'), file('d.txt', 'text/plain')], limits);
  expect(refused).toEqual([
    { kind: 'notAccepted', name: 'a.pdf', limit: 2 },
    { kind: 'tooLarge', name: 'b.png', limit: 2 },
    { kind: 'tooMany', count: 1 },
  ]);
  expect(uploads.list).toHaveLength(1);
});

test('an upload is ready when the server has it, and is deleted when it is taken away', async () => {
  const attachment = { id: 'atc_1', type: 'file', name: 'c.txt', mime_type: 'text/plain' };
  const server = new Server().on('attachments.create', json(attachment)).on('attachments.delete', json({}));
  const uploads = begin(server);
  uploads.add([file('c.txt', 'text/plain')], { enabled: true });
  expect(uploads.isBusy).toBe(true);
  await vi.waitFor(() => expect(uploads.ready).toEqual([attachment]));
  uploads.remove(uploads.list[0]!.key);
  await vi.waitFor(() => expect(server.kinds()).toEqual(['attachments.create', 'attachments.delete']));
  expect(uploads.list).toEqual([]);
});

test('what a file dialogue takes', () => {
  expect(acceptOf({ enabled: true, accept: { 'image/*': ['.png', '.jpg'] } })).toBe('image/*,.png,.jpg');
  expect([matches('image/*', 'image/png'), matches('*', 'a/b'), matches('text/plain', 'text/plain;charset=utf-8')]).toEqual([true, true, true]);
});

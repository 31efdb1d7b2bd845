// An independent ChatKit server, `chatkit-node-backend-sdk`, behind our element: any back end will do.
// Prints the port that it listens on.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { ChatKitServer, Store, StoreNotFoundError } from 'chatkit-node-backend-sdk';

const STATIC = new URL('../../../chatkit_host/web/static/', import.meta.url);
const PAGE = `<!doctype html><meta charset="utf-8">
<script type="module" src="/chatkit.js"></script>
<openai-chatkit style="height: 90vh"></openai-chatkit>
<script type="module">
  await customElements.whenDefined('openai-chatkit');
  const chat = document.querySelector('openai-chatkit');
  chat.addEventListener('chatkit.thread.change', ({ detail }) => {
    if (detail.threadId) sessionStorage.thread = detail.threadId;
  });
  chat.setOptions({
    api: { url: '/chatkit', domainKey: '' },
    initialThread: sessionStorage.thread ?? null,
    threadItemActions: { retry: true },
  });
</script>`;

class Memory extends Store {
  threads = new Map();
  items = new Map();

  async loadThread(id) {
    if (!this.threads.has(id)) throw new StoreNotFoundError(id);
    return structuredClone(this.threads.get(id));
  }
  async saveThread(thread) {
    this.threads.set(thread.id, structuredClone(thread));
  }
  async deleteThread(id) {
    this.threads.delete(id);
  }
  async loadThreads(limit, after, order) {
    return page([...this.threads.values()], limit, after, order);
  }
  async loadThreadItems(id, after, limit, order) {
    return page(this.items.get(id) ?? [], limit, after, order);
  }
  async addThreadItem(id, item) {
    this.items.set(id, [...(this.items.get(id) ?? []), item]);
  }
  async saveItem(id, item) {
    const items = this.items.get(id) ?? [];
    const at = items.findIndex((each) => each.id === item.id);
    this.items.set(id, at < 0 ? [...items, item] : items.with(at, item));
  }
  async loadItem(id, itemId) {
    return (this.items.get(id) ?? []).find((item) => item.id === itemId);
  }
  async deleteThreadItem(id, itemId) {
    this.items.set(id, (this.items.get(id) ?? []).filter((item) => item.id !== itemId));
  }
  async saveAttachment() {}
  async loadAttachment() {}
  async deleteAttachment() {}
}

function page(rows, limit, after, order) {
  const sorted = order === 'desc' ? [...rows].reverse() : rows;
  const from = after ? sorted.findIndex(({ id }) => id === after) + 1 : 0;
  const data = sorted.slice(from, from + limit);
  const more = from + limit < sorted.length;
  return { data, has_more: more, after: more ? data.at(-1).id : null };
}

class Echo extends ChatKitServer {
  async *respond(thread, message) {
    const text = message.content.map((part) => part.text).join('');
    const base = { id: `msg_${Date.now()}`, thread_id: thread.id, created_at: new Date() };
    const item = { ...base, type: 'assistant_message', content: [] };
    yield { type: 'thread.item.added', item };
    const part = { type: 'output_text', text: '', annotations: [] };
    const kind = 'assistant_message.content_part';
    yield update(item, { type: `${kind}.added`, content_index: 0, content: part });
    for (const delta of ['You said, ', '**in Node**', `: ${text}`]) {
      yield update(item, { type: `${kind}.text_delta`, content_index: 0, delta });
    }
    const content = [{ ...part, text: `You said, **in Node**: ${text}` }];
    yield { type: 'thread.item.done', item: { ...item, content } };
  }
}

function update(item, change) {
  return { type: 'thread.item.updated', item_id: item.id, update: change };
}

const server = new Echo(new Memory());

createServer(async (request, response) => {
  const path = new URL(request.url, 'http://localhost').pathname;
  try {
    if (path === '/') return response.setHeader('content-type', 'text/html').end(PAGE);
    if (path !== '/chatkit') return await file(path, response);
    let body = '';
    for await (const piece of request) body += piece;
    const result = await server.process(body, {});
    if (!result.isStreaming) {
      return response.setHeader('content-type', 'application/json').end(String(result));
    }
    response.setHeader('content-type', 'text/event-stream');
    for await (const chunk of result) response.write(chunk);
    response.end();
  } catch (error) {
    response.statusCode = error.code === 'ENOENT' ? 404 : 500;
    response.end(String(error));
  }
}).listen(0, '127.0.0.1', function () {
  console.log(this.address().port);
});

async function file(path, response) {
  const body = await readFile(new URL(`.${path}`, STATIC));
  response.setHeader('content-type', path.endsWith('.js') ? 'text/javascript' : 'font/woff2').end(body);
}

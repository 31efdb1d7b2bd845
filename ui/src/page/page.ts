/** The host's own page: the element over the whole of it, with the options of `ui:`. */
import type { ChatKitOptions, CustomApiConfig, OpenAIChatKit } from '@openai/chatkit';
import { askForKey, fetchWithKey, keptKey } from './key';

const chat = document.querySelector<OpenAIChatKit>('openai-chatkit')!;
const given = JSON.parse(document.querySelector('#options')!.textContent!) as ChatKitOptions;
const usesKeys = 'usesKeys' in document.body.dataset;
const dark = matchMedia('(prefers-color-scheme: dark)');
let key: string | null = null;

/** What can be mentioned is asked of the host; whether anything can is in the options. */
function entities(): ChatKitOptions['entities'] {
  if (!given.entities) return undefined;
  const { url, fetch: ask = fetch } = api();
  const path = `${url.replace(/\/$/, '')}/entities`;
  const inThread = () => ({ thread_id: threadOfAddress() ?? '' });
  return {
    ...given.entities,
    async onTagSearch(query) {
      const asked = new URLSearchParams({ query, ...inThread() });
      const answer = await ask(`${path}?${asked}`);
      return answer.ok ? (await answer.json()).entities : [];
    },
    async onRequestPreview(entity) {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ entity, ...inThread() });
      const answer = await ask(`${path}/preview`, { method: 'POST', headers, body });
      return answer.ok ? await answer.json() : { preview: null };
    },
  };
}

/** The thread that is open is in the address, so that a reload and a bookmark lead back to it. */
function threadOfAddress(): string | null {
  return new URLSearchParams(location.hash.slice(1)).get('thread');
}

function apply(): void {
  const theme = typeof given.theme === 'string' ? { colorScheme: given.theme } : (given.theme ?? {});
  const colorScheme = theme.colorScheme ?? (dark.matches ? 'dark' : 'light');
  document.documentElement.dataset.scheme = colorScheme;
  chat.setOptions({
    ...given,
    api: api(),
    entities: entities(),
    theme: { ...theme, colorScheme },
    initialThread: threadOfAddress(),
  });
}

function api(): CustomApiConfig {
  const plain = given.api as CustomApiConfig;
  return key ? { ...plain, fetch: fetchWithKey(key, () => void enter()) } : plain;
}

async function enter(): Promise<void> {
  if (document.querySelector('.key')) return;
  if (usesKeys) key = keptKey() ?? (await askForKey(chat));
  apply();
}

void customElements.whenDefined('openai-chatkit').then(async () => {
  chat.addEventListener('chatkit.thread.change', ({ detail: { threadId } }) => {
    const address = threadId ? `#thread=${encodeURIComponent(threadId)}` : location.pathname;
    history.replaceState(null, '', address);
  });
  await enter();
  // One comes here to write; on a phone that would bring up the keyboard unasked.
  if (matchMedia('(pointer: fine)').matches) void chat.focusComposer();
  dark.addEventListener('change', apply);
  addEventListener('hashchange', () => void chat.setThreadId(threadOfAddress()));
});

/** The host's own page: the element over the whole of it, with the options of `ui:`. */
import type { ChatKitOptions, OpenAIChatKit } from '@openai/chatkit';

const chat = document.querySelector<OpenAIChatKit>('openai-chatkit')!;
const given = JSON.parse(document.querySelector('#options')!.textContent!) as ChatKitOptions;
const dark = matchMedia('(prefers-color-scheme: dark)');

/** The thread that is open is in the address, so that a reload and a bookmark lead back to it. */
function threadOfAddress(): string | null {
  return new URLSearchParams(location.hash.slice(1)).get('thread');
}

function apply(): void {
  const theme = typeof given.theme === 'string' ? { colorScheme: given.theme } : (given.theme ?? {});
  const colorScheme = theme.colorScheme ?? (dark.matches ? 'dark' : 'light');
  document.documentElement.dataset.scheme = colorScheme;
  chat.setOptions({ ...given, theme: { ...theme, colorScheme }, initialThread: threadOfAddress() });
}

void customElements.whenDefined('openai-chatkit').then(() => {
  apply();
  dark.addEventListener('change', apply);
  chat.addEventListener('chatkit.thread.change', ({ detail: { threadId } }) => {
    const address = threadId ? `#thread=${encodeURIComponent(threadId)}` : location.pathname;
    history.replaceState(null, '', address);
  });
  addEventListener('hashchange', () => void chat.setThreadId(threadOfAddress()));
});

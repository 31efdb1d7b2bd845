/** With `auth: api_keys`, the page asks for the person's key, and keeps it as long as the tab. */

const KEPT = 'chatkit-host:key';

export function keptKey(): string | null {
  return sessionStorage.getItem(KEPT);
}

/**
 * Requests with the key; one that is refused is forgotten, and asked for again. The key is the
 * host's: uploads that go elsewhere do not carry it.
 */
export function fetchWithKey(key: string, refused: () => void): typeof fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    if (url.origin !== location.origin) return fetch(input, init);
    const headers = new Headers(init?.headers);
    headers.set('authorization', `Bearer ${key}`);
    const response = await fetch(input, { ...init, headers });
    if (response.status === 401) {
      sessionStorage.removeItem(KEPT);
      refused();
    }
    return response;
  };
}

/** Ask for the key in the place of the chat. */
export function askForKey(chat: HTMLElement): Promise<string> {
  const form = document.createElement('form');
  const label = document.createElement('label');
  const field = document.createElement('input');
  const button = document.createElement('button');
  label.textContent = 'API key';
  field.type = 'password';
  field.required = true;
  field.autocomplete = 'current-password';
  button.textContent = 'Open the chat';
  label.append(field);
  form.className = 'key';
  form.append(label, button);
  chat.hidden = true;
  chat.before(form);
  field.focus();
  return new Promise((resolve) => {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      sessionStorage.setItem(KEPT, field.value);
      form.remove();
      chat.hidden = false;
      resolve(field.value);
    });
  });
}

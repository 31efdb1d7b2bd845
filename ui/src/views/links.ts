/** Clicks on what Markdown made: deep links to the page, and the button that copies code. */

type Emit = (name: string, detail: unknown) => void;

const DEEP = 'chatkit-link://';

export function followLink(event: MouseEvent, emit: Emit): void {
  const target = event.composedPath()[0];
  if (!(target instanceof Element)) return;
  const link = target.closest('a[href]');
  const href = link?.getAttribute('href') ?? '';
  if (href.toLowerCase().startsWith(DEEP)) {
    event.preventDefault();
    emit('deeplink', deepLink(href));
  }
  const copy = target.closest<HTMLElement>('.code-copy');
  if (copy) void copyCode(copy);
}

/** `chatkit-link://name?key=value`. */
export function deepLink(href: string): { name: string; data?: Record<string, string> } {
  const [name, query] = href.slice(DEEP.length).split('?') as [string, string?];
  const data = Object.fromEntries(new URLSearchParams(query ?? ''));
  const plain = decodeURIComponent(name.replace(/\/$/, ''));
  return Object.keys(data).length ? { name: plain, data } : { name: plain };
}

async function copyCode(button: HTMLElement): Promise<void> {
  const code = button.closest('.code-block')?.querySelector('pre')?.textContent ?? '';
  await copyText(code);
  const icon = button.querySelector('ock-icon');
  icon?.setAttribute('name', 'check');
  setTimeout(() => icon?.setAttribute('name', 'copy'), 1500);
}

/** The clipboard is for secure pages only; a host on a local network may not be one. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
  }
}

/** Which images may be loaded: the URL of an image is a way out for data. */

const INLINE = /^data:image\/(?:png|jpe?g|gif|webp|avif);base64,/i;

export interface ImagePolicy {
  /** Where the host is: its own images are no way out. */
  apiUrl: string;
  allowedDomains: readonly string[] | null;
}

export function mayLoad(src: string, { apiUrl, allowedDomains }: ImagePolicy): boolean {
  if (INLINE.test(src)) return true;
  const url = parsed(src, apiUrl);
  if (!url || !['http:', 'https:'].includes(url.protocol)) return false;
  if (url.origin === parsed(apiUrl, document.baseURI)?.origin) return true;
  return (allowedDomains ?? []).some((domain) => isOf(url.hostname, domain.toLowerCase()));
}

function isOf(host: string, domain: string): boolean {
  const name = domain.replace(/^https?:\/\//, '').replace(/^\*\./, '').replace(/[/:].*$/, '');
  return name !== '' && (host === name || host.endsWith(`.${name}`));
}

function parsed(url: string, base: string): URL | null {
  try {
    return new URL(url, new URL(base, document.baseURI));
  } catch {
    return null;
  }
}

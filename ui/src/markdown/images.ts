/** Which images may be loaded: the URL of an image is a way out for data. */

const INLINE = /^data:image\/(?:png|jpe?g|gif|webp|avif);base64,/i;

export interface ImagePolicy {
  /** Where the host is: its own images are no way out. */
  apiUrl: string;
  allowedDomains: readonly string[] | null;
}

/**
 * The address to load an image from, or null if it may not be loaded.
 *
 * What is relative is the host's. The address comes back absolute: resolved by the browser, against a
 * page of another origin, the same text could lead to that page's own server or to anywhere else.
 */
export function loadable(src: string, { apiUrl, allowedDomains }: ImagePolicy): string | null {
  if (INLINE.test(src)) return src;
  const url = parsed(src, apiUrl);
  if (!url || !['http:', 'https:'].includes(url.protocol)) return null;
  const isOwn = url.origin === parsed(apiUrl, document.baseURI)?.origin;
  const allowed = (allowedDomains ?? []).map((domain) => domain.toLowerCase());
  return isOwn || allowed.some((domain) => isOf(url.hostname, domain)) ? url.href : null;
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

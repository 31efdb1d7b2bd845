/** Where one is, as the address has it: `#/widget/weather`, `#/component/Button`. */

export interface Place {
  kind: 'widget' | 'component';
  name: string;
}

export function placeOf(hash: string): Place | null {
  const found = /^#\/(widget|component)\/(.+)$/.exec(hash);
  if (!found) return null;
  try {
    return { kind: found[1] as Place['kind'], name: decodeURIComponent(found[2]!) };
  } catch {
    return null;
  }
}

export function hashOf({ kind, name }: Place): string {
  return `#/${kind}/${encodeURIComponent(name)}`;
}

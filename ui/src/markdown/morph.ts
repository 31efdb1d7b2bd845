/** Makes one tree like another by changing no more than differs: selections and positions stay. */

/** An element that says so is filled by somebody else; it is the same while its key is. */
const KEY = 'data-key';

export function morphChildren(live: Node, wanted: Node): void {
  let at = live.firstChild;
  let want = wanted.firstChild;
  while (want) {
    const next = want.nextSibling;
    if (!at) {
      live.appendChild(want);
    } else if (isSameKind(at, want)) {
      morph(at, want);
      at = at.nextSibling;
    } else {
      const old = at;
      at = at.nextSibling;
      live.replaceChild(want, old);
    }
    want = next;
  }
  while (at) {
    const old = at;
    at = at.nextSibling;
    live.removeChild(old);
  }
}

function isSameKind(live: Node, wanted: Node): boolean {
  if (live.nodeType !== wanted.nodeType || live.nodeName !== wanted.nodeName) return false;
  if (!(live instanceof Element) || !(wanted instanceof Element)) return true;
  const keys = [live.getAttribute(KEY), wanted.getAttribute(KEY)];
  return keys[0] === keys[1];
}

function morph(live: Node, wanted: Node): void {
  if (live instanceof Element && wanted instanceof Element) {
    if (live.hasAttribute(KEY)) return;
    morphAttributes(live, wanted);
    morphChildren(live, wanted);
  } else if (live.nodeValue !== wanted.nodeValue) {
    morphText(live as CharacterData, wanted.nodeValue ?? '');
  }
}

/** Text that only grows is added to, so that a selection in it stays. */
function morphText(live: CharacterData, wanted: string): void {
  if (wanted.startsWith(live.data)) live.appendData(wanted.slice(live.data.length));
  else live.data = wanted;
}

/** What a person has opened stays open. */
const OURS_TO_KEEP = new Set(['open']);

function morphAttributes(live: Element, wanted: Element): void {
  for (const { name } of [...live.attributes]) {
    if (!wanted.hasAttribute(name) && !OURS_TO_KEEP.has(name)) live.removeAttribute(name);
  }
  for (const { name, value } of wanted.attributes) {
    if (live.getAttribute(name) !== value) live.setAttribute(name, value);
  }
}

/** What a safe fragment still needs before it is shown: links, images, code, tables, formulas. */
import { type ImagePolicy, loadable } from './images';

export interface Enhancing {
  images: ImagePolicy;
  texts: { copy: string; blockedImage: string };
  /** What stands for an annotation. */
  cite(number: number): Element | null;
}

export function enhance(fragment: DocumentFragment, how: Enhancing): void {
  fragment.querySelectorAll('a').forEach(prepareLink);
  fragment.querySelectorAll('img').forEach((image) => prepareImage(image, how));
  fragment.querySelectorAll('input').forEach(prepareCheckbox);
  fragment.querySelectorAll('pre').forEach((pre) => prepareCode(pre, how));
  fragment.querySelectorAll('table').forEach(prepareTable);
  fragment.querySelectorAll<HTMLElement>('[data-tex]').forEach(prepareFormula);
  fragment.querySelectorAll<HTMLElement>('cite').forEach((cite) => prepareCite(cite, how));
  fragment.querySelectorAll('p, li, h1, h2, h3, h4, h5, h6, blockquote, td, th').forEach((each) => {
    each.setAttribute('dir', 'auto');
  });
}

function prepareLink(link: HTMLAnchorElement): void {
  if (!link.hasAttribute('href')) return;
  link.target = '_blank';
  link.rel = 'noopener noreferrer nofollow';
  link.setAttribute('part', 'link');
}

function prepareImage(image: HTMLImageElement, { images, texts }: Enhancing): void {
  const src = image.getAttribute('src') ?? '';
  const address = loadable(src, images);
  if (address) {
    image.src = address;
    image.loading = 'lazy';
    image.decoding = 'async';
    image.referrerPolicy = 'no-referrer';
    return;
  }
  const note = document.createElement('span');
  note.className = 'blocked-image';
  note.title = texts.blockedImage;
  note.textContent = image.alt || texts.blockedImage;
  image.replaceWith(note);
}

/** The only field that Markdown knows is the box of a task list, and it is not for clicking. */
function prepareCheckbox(input: HTMLInputElement): void {
  if (input.type !== 'checkbox') return input.remove();
  input.disabled = true;
  const item = input.closest('li');
  item?.classList.add('task-item');
  input.setAttribute('aria-label', item?.textContent?.trim().slice(0, 80) ?? '');
}

function prepareCode(pre: HTMLPreElement, { texts }: Enhancing): void {
  const box = document.createElement('div');
  box.className = 'code-block';
  box.setAttribute('part', 'code-block');
  const bar = document.createElement('div');
  bar.className = 'code-bar';
  const language = document.createElement('span');
  language.textContent = pre.dataset.lang || '';
  const copy = document.createElement('button');
  copy.type = 'button';
  copy.className = 'code-copy';
  copy.setAttribute('aria-label', texts.copy);
  copy.title = texts.copy;
  copy.setAttribute('data-key', 'copy');
  const icon = document.createElement('ock-icon');
  icon.setAttribute('name', 'copy');
  copy.append(icon);
  bar.append(language, copy);
  pre.replaceWith(box);
  pre.tabIndex = 0;
  pre.dir = 'ltr';
  box.append(bar, pre);
}

/** Wide tables scroll by themselves. */
function prepareTable(table: HTMLTableElement): void {
  const box = document.createElement('div');
  box.className = 'table-box';
  box.tabIndex = 0;
  table.replaceWith(box);
  box.append(table);
}

function prepareFormula(span: HTMLElement): void {
  span.className = span.dataset.display === 'true' ? 'tex tex-display' : 'tex';
  span.setAttribute('data-key', `tex:${span.dataset.tex}`);
  span.dir = 'ltr';
}

function prepareCite(cite: HTMLElement, how: Enhancing): void {
  const chip = cite.dataset.cite ? how.cite(Number(cite.dataset.cite)) : null;
  if (chip) {
    takeName(cite, chip);
    cite.replaceWith(chip);
  } else if (cite.dataset.cite) cite.remove();
}

/** A thing that is cited right behind its name takes the name's place: nobody reads it twice. */
function takeName(cite: HTMLElement, chip: Element): void {
  const [name, before] = [chip.textContent ?? '', cite.previousSibling];
  if (!chip.matches('.cite-entity') || !name || !before) return;
  if (before instanceof Text && before.data.endsWith(name)) {
    before.data = before.data.slice(0, -name.length);
  } else if (before instanceof Element && before.matches('strong, em') && before.textContent === name) {
    before.remove();
  } else return;
  chip.classList.add('is-name');
}

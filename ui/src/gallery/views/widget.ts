/** A widget of the bot: as it looks, the data it is made of, and its JSON. */
import { html, nothing } from 'lit';
import { filled } from '../../i18n/catalogue';
import { pathOf, type Draft } from '../drafts';
import type { DataProblem, LiveWidget } from '../host';
import type { GalleryTexts } from '../texts/catalogue';
import type { Looks } from './component';
import { jsonTree } from './json_tree';
import { stage } from './stage';

export interface Writing {
  write(text: string): void;
  reset(): void;
  copy(text: string): void;
  hasCopied: boolean;
}

export function widgetPage(looks: Looks, widget: LiveWidget, draft: Draft, writing: Writing) {
  const { chat, texts, width } = looks;
  return html`
    <p class="about">${filled(texts.from, { source: widget.source })}</p>
    ${widget.isOld ? html`<p class="note is-warning" role="status">${texts.isOld}</p>` : nothing}
    ${draft.tree ? stage(chat, draft.tree, width, widget.name) : nothing}
    ${odd(texts, draft.notes)}
    <div class="beside">
      ${data(texts, widget, draft, writing)}
      <section class="panel" aria-labelledby="result">
        <header>
          <h2 id="result">${texts.result}</h2>
          <button
            class="button is-soft"
            type="button"
            ?disabled=${!draft.tree}
            @click=${() => writing.copy(JSON.stringify(draft.tree, null, 2))}
          >
            ${writing.hasCopied ? texts.copied : texts.copy}
          </button>
        </header>
        ${draft.tree ? jsonTree(draft.tree) : nothing}
      </section>
    </div>
  `;
}

function data(texts: GalleryTexts, widget: LiveWidget, draft: Draft, { write, reset }: Writing) {
  const faults = faultsOf(texts, draft);
  return html`<section class="panel" aria-labelledby="data">
    <header>
      <h2 id="data">${texts.data}</h2>
      <button class="button is-soft" type="button" ?disabled=${!draft.isOwn} @click=${reset}>${texts.reset}</button>
    </header>
    <textarea
      class="field"
      rows=${Math.min(24, Math.max(6, draft.text.split('\n').length + 1))}
      spellcheck="false"
      autocomplete="off"
      autocapitalize="off"
      aria-labelledby="data"
      aria-describedby="data-hint data-faults"
      aria-invalid=${faults.length > 0}
      .value=${draft.text}
      @input=${({ currentTarget }: Event) => write((currentTarget as HTMLTextAreaElement).value)}
    ></textarea>
    <p class="hint" id="data-hint">${texts.dataHint}</p>
    <ul class="faults" id="data-faults" role="alert">${faults.map((fault) => html`<li>${fault}</li>`)}</ul>
    ${widget.schema
      ? html`<details class="source">
          <summary>${texts.schema}</summary>
          ${jsonTree(widget.schema)}
        </details>`
      : nothing}
  </section>`;
}

function faultsOf(texts: GalleryTexts, { fault, problems }: Draft): unknown[] {
  if (fault) return [filled(texts[fault.key], { reason: fault.reason })];
  return problems.map(told);
}

function told({ path, message }: DataProblem) {
  return path.length ? html`<code>${pathOf(path)}</code>: ${message}` : message;
}

function odd(texts: GalleryTexts, notes: readonly DataProblem[]) {
  if (!notes.length) return nothing;
  return html`<section class="note is-warning" aria-labelledby="odd">
    <h2 id="odd">${texts.odd}</h2>
    <ul>${notes.map((note) => html`<li>${told(note)}</li>`)}</ul>
  </section>`;
}

/** JSON that folds. */
import { html, nothing, type TemplateResult } from 'lit';

const OPEN_TO = 3;

export function jsonTree(value: unknown): TemplateResult {
  return html`<div class="json">${branch(value, null, 0)}</div>`;
}

function branch(value: unknown, key: string | null, depth: number): TemplateResult {
  const name = key === null ? nothing : html`<span class="json-key">${key}</span>: `;
  if (typeof value !== 'object' || value === null) {
    return html`<div class="json-leaf">${name}<span class="json-${kindOf(value)}">${JSON.stringify(value)}</span></div>`;
  }
  const isList = Array.isArray(value);
  const entries = Object.entries(value);
  const [begin, end] = isList ? ['[', ']'] : ['{', '}'];
  if (!entries.length) return html`<div class="json-leaf">${name}${begin}${end}</div>`;
  const about = isList ? `${entries.length}` : wordOf(value as Record<string, unknown>);
  return html`<details ?open=${depth < OPEN_TO}>
    <summary>${name}${begin}<span class="json-about">${about}</span>${end}</summary>
    ${entries.map(([inner, each]) => branch(each, isList ? null : inner, depth + 1))}
  </details>`;
}

/** What an object is, if it says so. */
function wordOf(value: Record<string, unknown>): string {
  return typeof value.type === 'string' ? value.type : Object.keys(value).slice(0, 3).join(', ');
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : typeof value;
}

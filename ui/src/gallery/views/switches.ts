/** One of a few, as buttons side by side. */
import { html } from 'lit';

export function choice<T extends string>(
  title: string,
  options: readonly (readonly [T, string])[],
  chosen: T,
  choose: (value: T) => void,
) {
  return html`<div class="choice" role="group" aria-label=${title}>
    ${options.map(
      ([value, label]) => html`<button
        type="button"
        aria-pressed=${value === chosen}
        @click=${() => choose(value)}
      >
        ${label}
      </button>`,
    )}
  </div>`;
}

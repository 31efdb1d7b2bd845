/** Words of the host, in which names stand in backticks. */
import { html } from 'lit';

export function prose(text: string) {
  return text.split('\n\n').map((part) => html`<p>${coded(part)}</p>`);
}

function coded(text: string) {
  return text.split('`').map((part, at) => (at % 2 ? html`<code>${part}</code>` : part));
}

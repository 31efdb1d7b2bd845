import type { StartScreenPrompt } from '@openai/chatkit';
import { html, nothing } from 'lit';
import type { Chat } from './chat';

/** What is shown before the first message: a greeting, and prompts to begin with. */
export function startScreen(chat: Chat) {
  const { greeting, prompts = [] } = chat.options.startScreen ?? {};
  return html`<div class="start" part="start-screen">
    <h1 class="greeting" part="greeting" dir="auto">${greeting ?? chat.texts.greeting}</h1>
    ${prompts.length
      ? html`<ul class="prompts">
          ${prompts.map((prompt) => html`<li>${promptButton(chat, prompt)}</li>`)}
        </ul>`
      : nothing}
  </div>`;
}

function promptButton(chat: Chat, { label, prompt, icon }: StartScreenPrompt) {
  const content = typeof prompt === 'string' ? [{ type: 'input_text' as const, text: prompt }] : prompt;
  return html`<button
    type="button"
    class="prompt"
    part="prompt"
    @click=${() => chat.send({ content, attachments: [], quote: null, toolId: null, modelId: null })}
  >
    ${icon ? html`<ock-icon name=${icon}></ock-icon>` : nothing}
    <span dir="auto">${label}</span>
  </button>`;
}

/** What can be done with an answer: copy it, judge it, have another. */
import { html, LitElement, nothing } from 'lit';
import { define } from '../element/define';
import type { Entry } from '../state/thread_state';
import { iconButton } from './button';
import type { Chat } from './chat';
import { copyText } from './links';

class TurnActions extends LitElement {
  static override readonly properties = {
    chat: { attribute: false },
    turn: { attribute: false },
    question: { attribute: false },
    epoch: { attribute: false },
    copied: { state: true },
  };

  declare chat: Chat;
  /** The entries of the answer. */
  declare turn: readonly Entry[];
  /** The user's message that it answers. */
  declare question: string | null;
  declare copied: boolean | undefined;

  protected override createRenderRoot() {
    return this;
  }

  override render() {
    const { texts, options } = this.chat;
    const { feedback = false, retry = false } = options.threadItemActions ?? {};
    const text = textOf(this.turn);
    return html`<div class="turn-actions" part="turn-actions">
      ${text
        ? iconButton({
            icon: this.copied ? 'check' : 'copy',
            label: this.copied ? texts.copied : texts.copy,
            name: 'copy-answer',
            onClick: () => void this.#copy(text),
          })
        : nothing}
      ${feedback ? [this.#thumb('positive'), this.#thumb('negative')] : nothing}
      ${retry && this.question
        ? iconButton({
            icon: 'reload',
            label: texts.retry,
            name: 'retry-answer',
            onClick: () => void this.chat.session.current.retry(this.question!),
          })
        : nothing}
    </div>`;
  }

  #thumb(kind: 'positive' | 'negative') {
    const { texts, session } = this.chat;
    const ids = this.turn.filter(({ type }) => type !== 'end_of_turn').map(({ id }) => id);
    const good = kind === 'positive';
    return iconButton({
      icon: good ? 'thumbs-up' : 'thumbs-down',
      label: good ? texts.goodAnswer : texts.badAnswer,
      name: `thumb-${kind}`,
      pressed: ids.some((id) => session.current.feedback.get(id) === kind),
      onClick: () => void session.current.giveFeedback(ids, kind),
    });
  }

  async #copy(text: string): Promise<void> {
    await copyText(text);
    this.copied = true;
    this.chat.announce(this.chat.texts.copied);
    setTimeout(() => (this.copied = false), 1500);
  }
}

export function textOf(entries: readonly Entry[]): string {
  return entries
    .map((entry) => {
      if (entry.type === 'assistant_message') return entry.content.map(({ text }) => text).join('\n\n');
      return entry.type === 'widget' ? (entry.copy_text ?? '') : '';
    })
    .filter(Boolean)
    .join('\n\n');
}

define('ock-turn-actions', TurnActions);

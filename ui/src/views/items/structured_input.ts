import { html, LitElement, nothing } from 'lit';
import { define } from '../../element/define';
import { filled } from '../../i18n/catalogue';
import type { Question, StructuredInputAnswer, StructuredInputItem } from '../../wire/protocol';
import type { Chat } from '../chat';

/** Questions to the person: choices, words of one's own, or no answer at all. */
class Questions extends LitElement {
  static override readonly properties = {
    chat: { attribute: false },
    item: { attribute: false },
    epoch: { attribute: false },
    sent: { state: true },
  };

  declare chat: Chat;
  declare item: StructuredInputItem;
  declare sent: boolean | undefined;
  readonly #picked = new Map<string, Set<string>>();
  readonly #written = new Map<string, string>();

  protected override createRenderRoot() {
    return this;
  }

  override render() {
    const { item } = this;
    if (item.status !== 'pending') return this.#record();
    const { texts } = this.chat;
    return html`<form class="card questions" part="questions" @submit=${this.#submit}>
      ${item.inputs.map((question, at) => this.#question(question, at))}
      <div class="card-foot">
        <button type="button" class="button is-soft" ?disabled=${this.sent} @click=${this.#skip}>
          ${texts.skip}
        </button>
        <button type="submit" class="button is-strong" ?disabled=${this.sent || !this.#isComplete}>
          ${texts.submit}
        </button>
      </div>
    </form>`;
  }

  #question(question: Question, at: number) {
    const { inputs } = this.item;
    const { texts } = this.chat;
    return html`<fieldset ?disabled=${this.sent ?? false}>
      ${inputs.length > 1
        ? html`<div class="question-number">
            ${filled(texts.questionOf, { number: at + 1, count: inputs.length })}
          </div>`
        : nothing}
      <legend dir="auto">${question.question}</legend>
      ${question.type === 'multiple_choice' ? this.#choices(question) : this.#freeform(question)}
    </fieldset>`;
  }

  #choices(question: Extract<Question, { type: 'multiple_choice' }>) {
    const picked = this.#picked.get(question.id);
    return html`
      ${question.options.map(
        ({ value }) => html`<label class="choice">
          <input
            type=${question.multiple ? 'checkbox' : 'radio'}
            name=${question.id}
            .checked=${picked?.has(value) ?? false}
            @change=${(event: Event) =>
              this.#pick(question, value, (event.target as HTMLInputElement).checked)}
          />
          <span dir="auto">${value}</span>
        </label>`,
      )}
      ${this.#words(question, this.chat.texts.otherAnswer)}
    `;
  }

  #freeform(question: Extract<Question, { type: 'freeform' }>) {
    return html`
      ${question.description ? html`<p dir="auto">${question.description}</p>` : nothing}
      ${this.#words(question, this.chat.texts.yourAnswer)}
    `;
  }

  #words({ id, question }: Question, placeholder: string) {
    return html`<input
      class="field"
      type="text"
      dir="auto"
      aria-label=${`${question} – ${placeholder}`}
      placeholder=${placeholder}
      .value=${this.#written.get(id) ?? ''}
      @input=${(event: Event) => {
        this.#written.set(id, (event.target as HTMLInputElement).value);
        this.requestUpdate();
      }}
    />`;
  }

  #pick(question: Extract<Question, { type: 'multiple_choice' }>, value: string, is: boolean): void {
    const picked = new Set(question.multiple ? this.#picked.get(question.id) : []);
    if (is) picked.add(value);
    else picked.delete(value);
    this.#picked.set(question.id, picked);
    this.requestUpdate();
  }

  #answerTo(question: Question): StructuredInputAnswer {
    const written = this.#written.get(question.id)?.trim();
    const values = [...(this.#picked.get(question.id) ?? []), ...(written ? [written] : [])];
    return values.length ? { values, skipped: false } : { values, skipped: true };
  }

  get #isComplete(): boolean {
    return this.item.inputs.some((question) => !this.#answerTo(question).skipped);
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    const answers = this.item.inputs.map((each) => [each.id, this.#answerTo(each)] as const);
    void this.#send('answered', Object.fromEntries(answers));
  };

  readonly #skip = (): void => {
    void this.#send('skipped', {});
  };

  async #send(
    status: 'answered' | 'skipped',
    answers: Record<string, StructuredInputAnswer>,
  ): Promise<void> {
    this.sent = true;
    await this.chat.session.current.answer(this.item.id, status, answers);
    this.sent = false;
  }

  #record() {
    const { item, chat } = this;
    return html`<dl class="card record" part="answers">
      ${item.inputs.map(
        ({ question, answer }) =>
          html`<div>
            <dt dir="auto">${question}</dt>
            <dd dir="auto">
              ${answer && !answer.skipped && answer.values.length
                ? answer.values.join(', ')
                : chat.texts.skipped}
            </dd>
          </div>`,
      )}
    </dl>`;
  }
}

define('ock-questions', Questions);

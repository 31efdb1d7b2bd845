import { html, LitElement, nothing } from 'lit';
import { define } from '../../element/define';
import { duration, filled } from '../../i18n/catalogue';
import type { Task, Workflow } from '../../wire/protocol';
import type { Chat } from '../chat';
import { taskView, titleOf } from './tasks';

/** Tasks that belong together, folded up under what they come to. */
class WorkflowView extends LitElement {
  static override readonly properties = {
    chat: { attribute: false },
    workflow: { attribute: false },
    isOpen: { attribute: false },
    epoch: { attribute: false },
    unfolded: { state: true },
  };

  declare chat: Chat;
  declare workflow: Workflow;
  declare isOpen: boolean;
  declare unfolded: boolean | undefined;

  protected override createRenderRoot() {
    return this;
  }

  override render() {
    const { tasks, expanded, type } = this.workflow;
    // What the server folds or unfolds holds until the person has had a say.
    const shown = this.unfolded ?? expanded ?? false;
    const hasBody = tasks.some((task) => hasSomething(task) || tasks.length > 1);
    const running = this.isOpen && !this.workflow.summary;
    const icon = running ? 'sparkle' : this.#icon();
    return html`<div class="workflow" part="workflow">
      <button
        type="button"
        class="workflow-head"
        aria-expanded=${shown}
        ?disabled=${!hasBody}
        @click=${() => (this.unfolded = !shown)}
      >
        ${icon && type !== 'reasoning' ? html`<ock-icon name=${icon}></ock-icon>` : nothing}
        <span class=${running ? 'shimmer' : ''} dir="auto">${this.#title(running)}</span>
        ${hasBody
          ? html`<ock-icon class="turning" name="chevron-right"></ock-icon>`
          : nothing}
      </button>
      ${shown
        ? html`<div class="tasks">${tasks.map((task) => taskView(this.chat, task))}</div>`
        : nothing}
    </div>`;
  }

  /** That of the summary, or of the only task, such as a handoff. */
  #icon(): string | null {
    const { summary } = this.workflow;
    if (summary && 'title' in summary) return summary.icon ?? null;
    const only = this.#only();
    return only?.type === 'custom' ? (only.icon ?? null) : null;
  }

  /** The one task that there is, if all of it is in its title: that says more than a duration. */
  #only(): Task | null {
    const { tasks } = this.workflow;
    return tasks.length === 1 && !hasSomething(tasks[0]!) ? tasks[0]! : null;
  }

  #title(running: boolean): string {
    const { texts, locale } = this.chat;
    const { summary, tasks, type } = this.workflow;
    if (summary && 'title' in summary) return summary.title;
    const isThought = type === 'reasoning';
    const only = !running && !isThought ? this.#only() : null;
    if (only && titleOf(this.chat, only)) return titleOf(this.chat, only);
    if (summary) {
      const spent = { duration: duration(summary.duration, locale) };
      return filled(isThought ? texts.thoughtFor : texts.workedFor, spent);
    }
    const latest = tasks.at(-1);
    const title = latest ? titleOf(this.chat, latest) : '';
    if (running) return title || (isThought ? texts.thinking : texts.working);
    return isThought ? texts.thought : title || texts.done;
  }
}

function hasSomething(task: Workflow['tasks'][number]): boolean {
  if (task.type === 'custom' || task.type === 'thought') return !!task.content;
  if (task.type === 'web_search') return !!task.queries?.length || !!task.sources?.length;
  return task.type === 'file' && !!task.sources?.length;
}

define('ock-workflow', WorkflowView);

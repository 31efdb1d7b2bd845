import { html, nothing } from 'lit';
import type { Task } from '../../wire/protocol';
import type { Chat } from '../chat';
import { labelOf, siteOf } from '../citation';
import { markdown } from '../markdown';

type TaskOf<T extends Task['type']> = Extract<Task, { type: T }>;
type Details = { [T in Task['type']]: (chat: Chat, task: TaskOf<T>) => unknown };

const DETAILS: Details = {
  custom: (chat, { content }) => (content ? prose(chat, content) : nothing),
  thought: (chat, { content }) => (content ? prose(chat, content) : nothing),
  web_search: (_chat, task) => html`${queries(task)}${sources(task.sources ?? [])}`,
  file: (_chat, task) => sources(task.sources ?? []),
  image: () => nothing,
};

const ICONS: Record<Task['type'], string> = {
  custom: 'sparkle',
  thought: 'brain',
  web_search: 'globe',
  file: 'document',
  image: 'square-image',
};

/** One task of a workflow, or one that stands alone. */
export function taskView(chat: Chat, task: Task) {
  const details = DETAILS[task.type] as ((chat: Chat, task: Task) => unknown) | undefined;
  const title = titleOf(chat, task);
  return html`<div class="task is-${task.status_indicator ?? 'none'}">
    <div class="task-mark"><ock-icon name=${markOf(task)}></ock-icon></div>
    <div class="task-body">
      ${title ? html`<div class="task-title" dir="auto">${title}</div>` : nothing}
      ${details?.(chat, task) ?? nothing}
    </div>
  </div>`;
}

function markOf(task: Task): string {
  if (task.type === 'custom' && task.icon) return task.icon;
  return ICONS[task.type] ?? 'sparkle';
}

export function titleOf({ texts }: Chat, task: Task): string {
  if (task.title) return task.title;
  if (task.type === 'web_search') return task.title_query ?? texts.searchedWeb;
  if (task.type === 'file') return texts.readFiles;
  if (task.type === 'image') return texts.madeImage;
  return '';
}

function prose(chat: Chat, text: string) {
  return html`<div class="md task-prose" ${markdown(chat, { text })}></div>`;
}

function queries({ queries = [] }: TaskOf<'web_search'>) {
  if (!queries.length) return nothing;
  return html`<div class="chips">
    ${queries.map(
      (query) => html`<span class="chip"><ock-icon name="search"></ock-icon>${query}</span>`,
    )}
  </div>`;
}

function sources(list: NonNullable<TaskOf<'web_search' | 'file'>['sources']>) {
  if (!list.length) return nothing;
  return html`<div class="chips">
    ${list.map((source) =>
      source.type === 'url' && siteOf(source.url) && /^https?:/i.test(source.url)
        ? html`<a
            class="chip"
            href=${source.url}
            target="_blank"
            rel="noopener noreferrer nofollow"
            title=${source.title}
            >${labelOf(source)}</a
          >`
        : html`<span class="chip" title=${source.title}>${labelOf(source)}</span>`,
    )}
  </div>`;
}

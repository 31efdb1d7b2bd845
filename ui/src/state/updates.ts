/** An item after an update: one small function an update. */
import type {
  AssistantContent,
  AssistantMessageItem,
  GeneratedImageItem,
  ThreadItem,
  ThreadItemUpdate,
  WidgetItem,
  WorkflowItem,
} from '../wire/protocol';
import { withComponent, withMoreText } from './widget_tree';

type UpdateOf<T extends ThreadItemUpdate['type']> = Extract<ThreadItemUpdate, { type: T }>;

/** The item itself, if the update is not for an item of its kind. */
export function updated(item: ThreadItem, update: ThreadItemUpdate): ThreadItem {
  switch (item.type) {
    case 'assistant_message':
      return updatedMessage(item, update);
    case 'widget':
      return updatedWidget(item, update);
    case 'workflow':
      return updatedWorkflow(item, update);
    case 'generated_image':
      return updatedImage(item, update);
    default:
      return item;
  }
}

function updatedMessage(item: AssistantMessageItem, update: ThreadItemUpdate) {
  switch (update.type) {
    case 'assistant_message.content_part.added':
    case 'assistant_message.content_part.done':
      return withPart(item, update.content_index, () => update.content);
    case 'assistant_message.content_part.text_delta':
      return withPart(item, update.content_index, (part) => ({
        ...part,
        text: part.text + update.delta,
      }));
    case 'assistant_message.content_part.annotation_added':
      return withPart(item, update.content_index, (part) => withAnnotation(part, update));
    default:
      return item;
  }
}

const EMPTY_PART: AssistantContent = { type: 'output_text', text: '', annotations: [] };

function withPart(
  item: AssistantMessageItem,
  index: number,
  change: (part: AssistantContent) => AssistantContent,
): AssistantMessageItem {
  const content = [...item.content];
  // Some servers begin with a delta, without having added the part.
  while (content.length <= index) content.push(EMPTY_PART);
  content[index] = change(content[index]!);
  return { ...item, content };
}

function withAnnotation(
  part: AssistantContent,
  update: UpdateOf<'assistant_message.content_part.annotation_added'>,
): AssistantContent {
  const annotations = [...(part.annotations ?? [])];
  annotations[Math.min(update.annotation_index, annotations.length)] = update.annotation;
  return { ...part, annotations };
}

function updatedWidget(item: WidgetItem, update: ThreadItemUpdate): WidgetItem {
  switch (update.type) {
    case 'widget.root.updated':
      return { ...item, widget: update.widget };
    case 'widget.component.updated':
      return { ...item, widget: withComponent(item.widget, update.component_id, update.component) };
    case 'widget.streaming_text.value_delta':
      return { ...item, widget: withMoreText(item.widget, update.component_id, update) };
    default:
      return item;
  }
}

function updatedWorkflow(item: WorkflowItem, update: ThreadItemUpdate): WorkflowItem {
  if (update.type !== 'workflow.task.added' && update.type !== 'workflow.task.updated') return item;
  const tasks = [...item.workflow.tasks];
  // The same index twice, as after a resume, is the same task.
  tasks[Math.min(update.task_index, tasks.length)] = update.task;
  return { ...item, workflow: { ...item.workflow, tasks } };
}

function updatedImage(item: GeneratedImageItem, update: ThreadItemUpdate): GeneratedImageItem {
  if (update.type !== 'generated_image.updated') return item;
  return { ...item, image: update.image, progress: update.progress ?? null };
}

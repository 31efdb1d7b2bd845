/** The ChatKit protocol: what goes over the wire, by the names that it has there. */
import type { UserMessageContent } from '@openai/chatkit';

export type { UserMessageContent };
export type Json = Record<string, unknown>;

export interface Page<T> {
  data: T[];
  has_more?: boolean;
  after?: string | null;
}

export type ThreadStatus =
  | { type: 'active' }
  | { type: 'locked'; reason?: string | null }
  | { type: 'closed'; reason?: string | null };

export interface ThreadMetadata {
  id: string;
  created_at: string;
  title?: string | null;
  status?: ThreadStatus;
  allowed_image_domains?: string[] | null;
}

export interface Thread extends ThreadMetadata {
  items: Page<ThreadItem>;
}

interface SourceBase {
  title: string;
  description?: string | null;
  timestamp?: string | null;
  group?: string | null;
}
export interface UrlSource extends SourceBase {
  type: 'url';
  url: string;
  attribution?: string | null;
}
export interface FileSource extends SourceBase {
  type: 'file';
  filename: string;
}
export interface EntitySource extends SourceBase {
  type: 'entity';
  id: string;
  icon?: string | null;
  label?: string | null;
  inline_label?: string | null;
  interactive?: boolean;
  data?: Json;
}
export type Source = UrlSource | FileSource | EntitySource;

export interface Annotation {
  type: 'annotation';
  source: Source;
  index?: number | null;
}

export interface AssistantContent {
  type: 'output_text';
  text: string;
  annotations: Annotation[];
}

export interface AttachmentBase {
  id: string;
  name: string;
  mime_type: string;
  upload_descriptor?: { url: string; method: 'POST' | 'PUT'; headers?: Record<string, string> } | null;
}
export type WireAttachment =
  | (AttachmentBase & { type: 'file' })
  | (AttachmentBase & { type: 'image'; preview_url: string });

interface ItemBase {
  id: string;
  thread_id: string;
  created_at: string;
}

export interface InferenceOptions {
  tool_choice?: { id: string } | null;
  model?: string | null;
}

export interface UserMessageItem extends ItemBase {
  type: 'user_message';
  content: UserMessageContent[];
  attachments?: WireAttachment[];
  quoted_text?: string | null;
  inference_options?: InferenceOptions;
}

export interface AssistantMessageItem extends ItemBase {
  type: 'assistant_message';
  content: AssistantContent[];
}

export interface ClientToolCallItem extends ItemBase {
  type: 'client_tool_call';
  status: 'pending' | 'completed';
  call_id: string;
  name: string;
  arguments: Json;
  output?: unknown;
}

/** A component of a widget; what it can be is the business of its renderer. */
export interface WidgetNode {
  type: string;
  id?: string | null;
  key?: string | null;
  children?: WidgetNode[] | WidgetNode | null;
  [prop: string]: unknown;
}

export interface WidgetItem extends ItemBase {
  type: 'widget';
  widget: WidgetNode;
  copy_text?: string | null;
}

export interface GeneratedImageItem extends ItemBase {
  type: 'generated_image';
  image?: { id: string; url: string } | null;
  /** Only while it is being made, from 0 to 1; never stored. */
  progress?: number | null;
}

export interface StructuredInputAnswer {
  values: string[];
  skipped?: boolean;
}
interface QuestionBase {
  id: string;
  question: string;
  answer?: StructuredInputAnswer | null;
}
export type Question =
  | (QuestionBase & { type: 'multiple_choice'; options: { value: string }[]; multiple?: boolean })
  | (QuestionBase & { type: 'freeform'; description?: string | null });

export interface StructuredInputItem extends ItemBase {
  type: 'structured_input';
  status: 'pending' | 'answered' | 'skipped';
  inputs: Question[];
}

interface TaskBase {
  status_indicator?: 'none' | 'loading' | 'complete';
  title?: string | null;
}
export type Task =
  | (TaskBase & { type: 'custom'; icon?: string | null; content?: string | null })
  | (TaskBase & {
      type: 'web_search';
      title_query?: string | null;
      queries?: string[];
      sources?: UrlSource[];
    })
  | (TaskBase & { type: 'thought'; content: string })
  | (TaskBase & { type: 'file'; sources?: FileSource[] })
  | (TaskBase & { type: 'image' });

export interface Workflow {
  type: 'custom' | 'reasoning';
  tasks: Task[];
  summary?: { title: string; icon?: string | null } | { duration: number } | null;
  expanded?: boolean;
}

export interface WorkflowItem extends ItemBase {
  type: 'workflow';
  workflow: Workflow;
}
export interface TaskItem extends ItemBase {
  type: 'task';
  task: Task;
}
export interface EndOfTurnItem extends ItemBase {
  type: 'end_of_turn';
}

export type ThreadItem =
  | UserMessageItem
  | AssistantMessageItem
  | ClientToolCallItem
  | WidgetItem
  | GeneratedImageItem
  | StructuredInputItem
  | TaskItem
  | WorkflowItem
  | EndOfTurnItem;

export type ThreadItemUpdate =
  | { type: 'assistant_message.content_part.added'; content_index: number; content: AssistantContent }
  | { type: 'assistant_message.content_part.text_delta'; content_index: number; delta: string }
  | {
      type: 'assistant_message.content_part.annotation_added';
      content_index: number;
      annotation_index: number;
      annotation: Annotation;
    }
  | { type: 'assistant_message.content_part.done'; content_index: number; content: AssistantContent }
  | { type: 'widget.streaming_text.value_delta'; component_id: string; delta: string; done: boolean }
  | { type: 'widget.root.updated'; widget: WidgetNode }
  | { type: 'widget.component.updated'; component_id: string; component: WidgetNode }
  | { type: 'workflow.task.added'; task_index: number; task: Task }
  | { type: 'workflow.task.updated'; task_index: number; task: Task }
  | {
      type: 'generated_image.updated';
      image: { id: string; url: string };
      progress?: number | null;
    };

export interface Notice {
  level: 'info' | 'warning' | 'danger';
  message: string;
  title?: string | null;
}

export type ThreadStreamEvent =
  | { type: 'thread.created'; thread: Thread }
  | { type: 'thread.updated'; thread: Thread }
  | { type: 'thread.item.added'; item: ThreadItem }
  | { type: 'thread.item.updated'; item_id: string; update: ThreadItemUpdate }
  | { type: 'thread.item.done'; item: ThreadItem }
  | { type: 'thread.item.removed'; item_id: string }
  | { type: 'thread.item.replaced'; item: ThreadItem }
  | { type: 'stream_options'; stream_options: { allow_cancel: boolean } }
  | { type: 'progress_update'; icon?: string | null; text: string }
  | { type: 'client_effect'; name: string; data?: Json }
  | { type: 'error'; code?: string; message?: string | null; allow_retry?: boolean }
  | ({ type: 'notice' } & Notice);

export interface UserMessageInput {
  content: UserMessageContent[];
  attachments: string[];
  quoted_text?: string | null;
  inference_options: InferenceOptions;
}

export interface Action {
  type: string;
  payload?: Json;
}

/** Every operation that streams, with its parameters. */
export interface StreamingOperations {
  'threads.create': { input: UserMessageInput };
  'threads.add_user_message': { thread_id: string; input: UserMessageInput };
  'threads.add_client_tool_output': { thread_id: string; result: unknown };
  'threads.add_structured_input': {
    thread_id: string;
    item_id: string;
    input: { status: 'answered' | 'skipped'; answers: Record<string, StructuredInputAnswer> };
  };
  'threads.retry_after_item': { thread_id: string; item_id: string };
  'threads.custom_action': { thread_id: string; item_id?: string; action: Action };
}

/** Every operation that answers with JSON: its parameters and its answer. */
export interface JsonOperations {
  'threads.get_by_id': [{ thread_id: string }, Thread];
  'threads.list': [{ limit?: number; order?: 'asc' | 'desc'; after?: string }, Page<ThreadMetadata>];
  'threads.update': [{ thread_id: string; title: string }, ThreadMetadata];
  'threads.delete': [{ thread_id: string }, Json];
  'threads.sync_custom_action': [
    { thread_id: string; item_id?: string; action: Action },
    { updated_item?: ThreadItem | null },
  ];
  'items.list': [
    { thread_id: string; limit?: number; order?: 'asc' | 'desc'; after?: string },
    Page<ThreadItem>,
  ];
  'items.feedback': [
    { thread_id: string; item_ids: string[]; kind: 'positive' | 'negative' },
    Json,
  ];
  'attachments.create': [{ name: string; size: number; mime_type: string }, WireAttachment];
  'attachments.delete': [{ attachment_id: string }, Json];
  'input.transcribe': [{ audio_base64: string; mime_type: string }, { text: string }];
}

export type StreamingOperation = keyof StreamingOperations;
export type JsonOperation = keyof JsonOperations;

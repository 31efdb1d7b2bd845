/** Markdown as a directive: an element's content that grows without being made anew. */
import { noChange } from 'lit';
import { directive, Directive, type ElementPart } from 'lit/directive.js';
import { MarkdownView } from '../markdown/view';
import type { Annotation } from '../wire/protocol';
import type { Chat } from './chat';
import { citation } from './citation';

interface Markdown {
  text: string;
  annotations?: readonly Annotation[];
  grows?: boolean;
}

class MarkdownDirective extends Directive {
  #view: MarkdownView | null = null;
  #chat: Chat | null = null;
  #annotations: readonly Annotation[] = [];

  render(_chat: Chat, _markdown: Markdown): unknown {
    return noChange;
  }

  override update(part: ElementPart, [chat, markdown]: [Chat, Markdown]): unknown {
    this.#annotations = markdown.annotations ?? [];
    if (!this.#view || this.#chat?.texts !== chat.texts) {
      this.#chat = chat;
      this.#view ??= this.#newView(part.element as HTMLElement, chat);
    }
    this.#view.show(markdown);
    return noChange;
  }

  #newView(element: HTMLElement, chat: Chat): MarkdownView {
    return new MarkdownView(element, {
      get images() {
        const { thread } = chat.session.current.state;
        return {
          apiUrl: chat.session.client.api.url,
          allowedDomains: thread?.allowed_image_domains ?? null,
        };
      },
      get texts() {
        return { copy: chat.texts.copy, blockedImage: chat.texts.blockedImage };
      },
      cite: (number) => {
        const annotation = this.#annotations[number];
        return annotation ? citation(chat, annotation.source, number) : null;
      },
    });
  }
}

export const markdown = directive(MarkdownDirective);

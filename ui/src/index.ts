/** Loading this file makes `<openai-chatkit>` known to the page. */
import { ChatKitElement } from './element/chatkit_element';
import { define } from './element/define';

declare const __VERSION__: string;

define('openai-chatkit', ChatKitElement);

export { ChatKitElement };
export const version = __VERSION__;

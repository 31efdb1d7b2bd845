/** The options a page gives: which are known, which have changed. */
import type { ChatKitOptions, CustomApiConfig } from '@openai/chatkit';

/** Every option, by the names of `@openai/chatkit`; `true` where what is below is the page's own. */
type Known = { [name: string]: Known | true };

const KNOWN: Known & Record<keyof ChatKitOptions, Known | true> = {
  api: { url: true, domainKey: true, fetch: true, uploadStrategy: true, getClientSecret: true },
  locale: true,
  theme: {
    colorScheme: true,
    typography: { baseSize: true, fontSources: true, fontFamily: true, fontFamilyMono: true },
    radius: true,
    density: true,
    color: {
      grayscale: { hue: true, tint: true, shade: true },
      accent: { primary: true, level: true },
      surface: { background: true, foreground: true },
    },
  },
  frameTitle: true,
  initialThread: true,
  onClientTool: true,
  header: {
    enabled: true,
    title: { enabled: true, text: true },
    leftAction: { icon: true, onClick: true },
    rightAction: { icon: true, onClick: true },
  },
  history: { enabled: true, showDelete: true, showRename: true },
  startScreen: { greeting: true, prompts: true },
  threadItemActions: { feedback: true, retry: true },
  composer: {
    placeholder: true,
    attachments: { enabled: true, maxSize: true, maxCount: true, accept: true },
    tools: true,
    models: true,
    dictation: { enabled: true },
  },
  disclaimer: { text: true, highContrast: true },
  entities: { onTagSearch: true, showComposerMenu: true, onClick: true, onRequestPreview: true },
  commands: { enabled: true, onSearch: true, onSelect: true },
  widgets: { onAction: true },
  thread: { autoScroll: true },
};

/** The paths of options that nobody knows. */
export function unknownOptions(options: object, known: Known = KNOWN, path = ''): string[] {
  return Object.entries(options).flatMap(([name, value]) => {
    const below = known[name];
    if (below === undefined) return [path + name];
    if (below === true || !isPlain(value)) return [];
    return unknownOptions(value, below, `${path}${name}.`);
  });
}

/** What is wrong with the options, if they cannot be used; else null. */
export function problemOf(options: Partial<ChatKitOptions> | null | undefined): string | null {
  const api = options?.api as Partial<CustomApiConfig> | undefined;
  if (api && 'getClientSecret' in api && !api.url) {
    return (
      'api.getClientSecret is for the hosted service of OpenAI, which this element never calls. ' +
      'Set api.url to the endpoint of your host: { url: "/chatkit", domainKey: "" }.'
    );
  }
  if (!api?.url) return 'api.url is missing: the endpoint of your host, such as "/chatkit".';
  return null;
}

/** Whether two options say the same; functions are compared by being there. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a === 'function' && typeof b === 'function') return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((each, at) => isSame(each, b[at]));
  }
  if (!isPlain(a) || !isPlain(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && isSame(a[name], b[name]))
  );
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

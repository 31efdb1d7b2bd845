/** The page around the chat: it shows the map, and each hears what the other does. */
import { TransitMap } from './map.js';

const chat = document.querySelector('openai-chatkit');
const find = (id) => document.getElementById(id);
const HINT = 'Click on stations to select them, or drag one to another place.';

const map = new TransitMap(find('map'), {
  select(names) {
    find('hint').textContent = names.length ? names.join(', ') : HINT;
    find('ask').hidden = find('clear').hidden = !names.length;
  },
  async move(id, x, y) {
    await load(`/map/stations/${id}`, { method: 'POST', ...asJson({ x, y }) });
  },
});
let revision = 0;

function asJson(data) {
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(data) };
}

/** Ask the host for the map, or to change it, and show what it then is. */
async function load(path = '/map', init = {}) {
  const answer = await fetch(path, init);
  const told = await answer.json();
  if (answer.ok) return show(told);
  find('hint').textContent = told.error.message;
  return load();
}

function show(given) {
  if (given.revision < revision) return; // an answer that was overtaken
  revision = given.revision;
  map.show(given);
  find('legend').replaceChildren(
    ...given.lines.map(({ name, color }) => {
      const row = document.createElement('li');
      const swatch = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
      const stroke = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
      for (const [key, value] of Object.entries({ width: '100%', height: '100%', rx: 4, fill: color })) {
        stroke.setAttribute(key, value);
      }
      swatch.append(stroke);
      row.append(swatch, name);
      return row;
    }),
  );
}

// What the bot has the page do

const EFFECTS = {
  map_changed: ({ map: changed }) => show(changed),
  focus: ({ stations, line }) => map.focus(stations, line),
};
chat.addEventListener('chatkit.effect', ({ detail: { name, data } }) => EFFECTS[name]?.(data));

// What can be mentioned, and what is clicked on in the chat

const entities = {
  showComposerMenu: true,
  onClick: ({ id }) => map.focus([id]),
  async onTagSearch(query) {
    const answer = await fetch(`/chatkit/entities?${new URLSearchParams({ query })}`);
    return answer.ok ? (await answer.json()).entities : [];
  },
  async onRequestPreview(entity) {
    const answer = await fetch('/chatkit/entities/preview', { method: 'POST', ...asJson({ entity }) });
    return answer.ok ? answer.json() : { preview: null };
  },
};

// The chat itself

const dark = matchMedia('(prefers-color-scheme: dark)');
let scheme = null; // the system's, until somebody presses the button

function apply() {
  const colorScheme = scheme ?? (dark.matches ? 'dark' : 'light');
  const accent = colorScheme === 'dark' ? '#3fb6ca' : '#0b6f81';
  document.documentElement.dataset.scheme = colorScheme;
  chat.setOptions({
    api: { url: '/chatkit', domainKey: '' },
    initialThread: new URLSearchParams(location.hash.slice(1)).get('thread'),
    theme: {
      colorScheme,
      radius: 'round',
      color: { accent: { primary: accent, level: 1 } },
    },
    header: {
      rightAction: {
        icon: colorScheme === 'dark' ? 'light-mode' : 'dark-mode',
        onClick() {
          scheme = colorScheme === 'dark' ? 'light' : 'dark';
          apply();
        },
      },
    },
    startScreen: {
      greeting: 'Where shall the trams go?',
      prompts: [
        { label: 'Add a station', prompt: 'Add a station called Kite Field', icon: 'plus' },
        { label: 'Plan a route', prompt: 'How do I get from Saltgate to Apple Terrace?', icon: 'maps' },
        { label: 'See the lines', prompt: 'What lines are there?', icon: 'globe' },
      ],
    },
    composer: { placeholder: 'Ask for a route, or type @ to name a station' },
    thread: { autoScroll: true },
    entities,
    onClientTool({ name }) {
      if (name === 'selected_stations') return { stations: map.selected };
      throw new Error(`This page has no tool ${name}.`);
    },
  });
}

chat.addEventListener('chatkit.thread.change', ({ detail: { threadId } }) => {
  history.replaceState(null, '', threadId ? `#thread=${threadId}` : location.pathname);
});
find('ask').addEventListener('click', () => {
  void chat.sendUserMessage({ text: 'Tell me about the selected stations.' });
});
find('clear').addEventListener('click', () => map.clear());
// The map is everybody's: others may have changed it meanwhile.
addEventListener('focus', () => void load());

await load(); // first, and alone: its answer tells the browser which visitor it is
map.clear();
await customElements.whenDefined('openai-chatkit');
apply();
dark.addEventListener('change', apply);

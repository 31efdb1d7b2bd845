/** The map: what is drawn, and what can be done with it. It knows nothing of the chat. */

const SVG = 'http://www.w3.org/2000/svg';
const STEP = 2; // how far the next station of a line would be, as chatkit.yaml has it
const SIDES = [
  { x: 1, y: 0, anchor: 'start' },
  { x: 0, y: 1, anchor: 'middle' },
  { x: 0, y: -1, anchor: 'middle' },
  { x: -1, y: 0, anchor: 'end' },
  { x: 0.7, y: 0.7, anchor: 'start' },
  { x: 0.7, y: -0.7, anchor: 'start' },
  { x: -0.7, y: 0.7, anchor: 'end' },
  { x: -0.7, y: -0.7, anchor: 'end' },
];

export class TransitMap {
  #svg;
  #map = { lines: [], stations: [] };
  #selected = new Set();
  #points = []; // along all that is drawn
  #names = []; // the boxes of the names that have a place
  #focus = [];
  #placing = null;

  /** `on.select(names)` hears of each choice, `on.move(id, x, y)` of a station that was dragged. */
  constructor(svg, on) {
    this.#svg = svg;
    this.on = on;
    svg.addEventListener('click', ({ target }) => {
      if (target === svg) this.focus([]);
    });
  }

  get selected() {
    return this.#map.stations.filter(({ id }) => this.#selected.has(id)).map(({ name }) => name);
  }

  show(map) {
    this.#map = map;
    this.#draw();
  }

  /** Bring stations to the front; with a line, also show where its next stations would be. */
  focus(ids, line = null) {
    this.#focus = ids;
    this.#placing = line;
    this.#draw();
  }

  clear() {
    this.#selected.clear();
    this.#chosen();
  }

  #toggle(id) {
    if (!this.#selected.delete(id)) this.#selected.add(id);
    this.#chosen();
  }

  #chosen() {
    this.#draw();
    this.on.select(this.selected);
  }

  #station(id) {
    return this.#map.stations.find((each) => each.id === id);
  }

  #linesAt(id) {
    return this.#map.lines.filter(({ stations }) => stations.includes(id));
  }

  #draw() {
    const active = document.activeElement?.dataset?.station;
    this.#points = [];
    this.#names = [];
    this.#svg.classList.toggle('has-focus', this.#focus.length > 0);
    const tracks = this.#map.lines.map((line) => this.#track(line));
    const above = [...this.#map.lines.flatMap((line) => this.#stretches(line)), ...this.#ghosts()];
    // Where lines meet there is the least room for a name.
    const busiest = [...this.#map.stations].sort((a, b) => this.#linesAt(b.id).length - this.#linesAt(a.id).length);
    this.#svg.replaceChildren(...tracks, ...above, ...busiest.map((station) => this.#stop(station)));
    this.#fit();
    if (active) this.#svg.querySelector(`[data-station="${CSS.escape(active)}"]`)?.focus();
  }

  /** All that is drawn is in sight, with a little room for names that are set in bold. */
  #fit() {
    const { x, y, width, height } = this.#svg.getBBox();
    this.#svg.setAttribute('viewBox', [x - 0.5, y - 0.5, width + 1, height + 1].join(' '));
  }

  #track(line) {
    return this.#path('track', line.color, line.stations.map((id) => this.#station(id)));
  }

  /** The parts of a line that a route uses: neighbours on it that are neighbours in the focus. */
  #stretches({ color, stations }) {
    const pairs = stations.slice(1).map((id, at) => [stations[at], id]);
    const used = pairs.filter(
      ([a, b]) => Math.abs(this.#focus.indexOf(a) - this.#focus.indexOf(b)) === 1
        && this.#focus.includes(a) && this.#focus.includes(b),
    );
    return used.map((pair) => this.#path('track route', color, pair.map((id) => this.#station(id))));
  }

  #ghosts() {
    const line = this.#map.lines.find(({ id }) => id === this.#placing);
    if (!line) return [];
    const ends = [line.stations.slice(0, 2), line.stations.slice(-2).reverse()];
    return ends.map((ids) => {
      const [last, before] = ids.map((id) => this.#station(id));
      const next = { x: last.x + clamped(last.x - before.x), y: last.y + clamped(last.y - before.y) };
      return this.#path('track ghost', line.color, [last, next]);
    });
  }

  #path(kind, color, stops) {
    this.#points.push(...stops.slice(1).flatMap((stop, at) => between(stops[at], stop)));
    const d = stops.map(({ x, y }, at) => `${at ? 'L' : 'M'}${x} ${y}`).join(' ');
    return element('path', { class: kind, stroke: color, d });
  }

  #stop(station) {
    const lines = this.#linesAt(station.id);
    const radius = lines.length > 1 ? 0.3 : 0.2;
    const group = element('g', {
      class: 'station',
      transform: `translate(${station.x} ${station.y})`,
      tabindex: 0,
      role: 'button',
      'aria-pressed': this.#selected.has(station.id),
      'aria-label': [station.name, ...lines.map(({ name }) => name)].join(', '),
      'data-station': station.id,
    });
    group.classList.toggle('is-selected', this.#selected.has(station.id));
    group.classList.toggle('is-focus', this.#focus.includes(station.id));
    const stroke = lines.length > 1 ? 'currentColor' : (lines[0]?.color ?? 'currentColor');
    group.append(
      element('circle', { r: radius + 0.22, class: 'halo' }),
      element('circle', { r: radius + 0.22, class: 'halo pulse' }),
      element('circle', { r: radius, stroke }),
      this.#label(station, radius),
    );
    this.#operate(group, station);
    return group;
  }

  /** The name stands where it hides the least. */
  #label(station, radius) {
    const gap = radius + 0.26;
    const places = SIDES.map(({ x, y, anchor }) => {
      const place = { x: x * gap, y: y * (gap + 0.2) + 0.15, 'text-anchor': anchor };
      return { place, box: boxOf(station, place) };
    });
    const hides = places.map(({ box }) => this.#hiddenBy(box, station));
    const best = places[hides.indexOf(Math.min(...hides))];
    this.#names.push(best.box);
    const label = element('text', best.place);
    label.textContent = station.name;
    return label;
  }

  #hiddenBy(box, station) {
    const isIn = ({ x, y }) => x > box.left && x < box.right && y > box.top && y < box.bottom;
    const others = this.#map.stations.filter((each) => each !== station);
    const names = this.#names.filter(
      (each) => each.left < box.right && each.right > box.left && each.top < box.bottom && each.bottom > box.top,
    );
    return this.#points.filter(isIn).length + 5 * others.filter(isIn).length + 9 * names.length;
  }

  #operate(group, station) {
    group.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      this.#toggle(station.id);
    });
    group.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      group.focus();
      this.#drag(group, station, event);
    });
  }

  /** A press that goes nowhere is a choice; one that moves takes the station along. */
  #drag(group, station, { clientX, clientY, pointerId }) {
    const matrix = this.#svg.getScreenCTM().inverse();
    const at = (event) => new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
    let place = null;
    group.setPointerCapture(pointerId);
    group.onpointermove = (event) => {
      if (Math.hypot(event.clientX - clientX, event.clientY - clientY) < 5 && !place) return;
      const { x, y } = at(event);
      place = { x: Math.round(x * 2) / 2, y: Math.round(y * 2) / 2 };
      group.setAttribute('transform', `translate(${place.x} ${place.y})`);
    };
    group.onpointerup = () => {
      group.onpointermove = group.onpointerup = null;
      if (place) this.on.move(station.id, place.x, place.y);
      else this.#toggle(station.id);
    };
  }
}

/** About where a name would lie, with a little air around it. */
function boxOf(station, { x, y, 'text-anchor': anchor }) {
  const width = station.name.length * 0.26;
  const left = station.x + x - { start: 0, middle: width / 2, end: width }[anchor];
  const base = station.y + y;
  return { left: left - 0.12, right: left + width + 0.12, top: base - 0.5, bottom: base + 0.26 };
}

function between(a, b) {
  return Array.from({ length: 20 }, (_, n) => ({
    x: a.x + ((b.x - a.x) * n) / 20,
    y: a.y + ((b.y - a.y) * n) / 20,
  }));
}

function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function clamped(way) {
  return Math.max(-STEP, Math.min(STEP, way));
}

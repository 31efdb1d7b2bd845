/** `<ock-chart>`: bars, lines and areas over rows of data. */
import type { ColorScheme } from '@openai/chatkit';
import { area, line } from 'd3-shape';
import { html, LitElement, nothing, svg } from 'lit';
import { define } from '../../element/define';
import type { Scene } from '../scene';
import type { Style } from '../style/lengths';
import { styled } from '../style/styled';
import type { Node } from '../tree';
import { curveOf } from './curves';
import { type Layout, layoutOf } from './layout';
import { type Chart, chartOf, type Series } from './rows';

class ChartElement extends LitElement {
  static override readonly properties = {
    scene: { attribute: false },
    node: { attribute: false },
    scheme: { attribute: false },
    tick: { attribute: false },
    room: { state: true },
    at: { state: true },
  };

  declare scene: Scene;
  declare node: Node;
  declare scheme: ColorScheme;
  declare room: { width: number; height: number } | null;
  /** The row that is pointed at. */
  declare at: number | null;
  #chart!: Chart;
  #layout: Layout | null = null;
  readonly #watch = new ResizeObserver(([entry]) => {
    const { width, height } = entry!.contentRect;
    if (width !== this.room?.width || height !== this.room.height) this.room = { width, height };
  });

  constructor() {
    super();
    this.room = null;
    this.at = null;
  }

  protected override createRenderRoot() {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch.disconnect();
  }

  protected override updated(): void {
    const plot = this.querySelector('.w-plot');
    if (plot) this.#watch.observe(plot);
  }

  protected override willUpdate(): void {
    this.#chart = chartOf(this.node, this.scheme);
    const { room } = this;
    this.#layout =
      room && room.width > 0 && this.#chart.names.length
        ? layoutOf(this.#chart, this.node, room.width, room.height, (value) => this.#short(value))
        : null;
  }

  override render() {
    return html`
      <div
        class="w-plot"
        @pointermove=${this.#point}
        @pointerdown=${this.#point}
        @pointerleave=${() => (this.at = null)}
      >
        ${this.#layout ? this.#drawing(this.#layout) : nothing} ${this.#tooltip()}
      </div>
      ${this.node.showLegend === false || !this.#chart.series.length ? nothing : this.#legend()} ${this.#table()}
    `;
  }

  #drawing(layout: Layout) {
    const { series } = this.#chart;
    const ordered = [
      ...series.filter(({ kind }) => kind === 'area'),
      ...series.filter(({ kind }) => kind === 'bar'),
      ...series.filter(({ kind }) => kind === 'line'),
    ];
    return svg`<svg aria-hidden="true" width=${layout.width} height=${layout.height}>
      ${layout.ticks.map((tick) => this.#level(tick, layout))}
      ${this.#pointer(layout)}
      ${ordered.map((each) => this.#series(each, layout))}
      ${this.#chart.hideX ? nothing : this.#chart.names.map((name, at) => this.#name(name, at, layout))}
      ${this.at === null ? nothing : ordered.map((each) => this.#dot(each, layout))}
    </svg>`;
  }

  #level(tick: number, { left, width, y }: Layout) {
    return svg`<g>
      <line class="w-level ${tick === 0 ? 'is-zero' : ''}" x1=${left} x2=${width} y1=${y(tick)} y2=${y(tick)}></line>
      ${this.node.showYAxis === true ? svg`<text class="w-tick" x=${left - 8} y=${y(tick)} dy="0.32em" text-anchor="end">${this.#short(tick)}</text>` : nothing}
    </g>`;
  }

  #name(name: string, at: number, { x, height, every }: Layout) {
    if (at % every) return nothing;
    const short = name.length > 16 ? `${name.slice(0, 15)}…` : name;
    return svg`<text class="w-tick" x=${x(at)} y=${height - 6} text-anchor="middle">${short}</text>`;
  }

  #pointer({ x, step, y, height, bottom }: Layout) {
    if (this.at === null) return nothing;
    const hasBars = this.#chart.series.some(({ kind }) => kind === 'bar');
    const width = hasBars ? step : 1;
    return svg`<rect class=${hasBars ? 'w-band' : 'w-hair'} x=${x(this.at) - width / 2} y=${y(this.#layout!.ticks.at(-1) ?? 0)} width=${width} height=${Math.max(0, height - bottom - y(this.#layout!.ticks.at(-1) ?? 0))} rx=${hasBars ? 4 : 0}></rect>`;
  }

  #series(series: Series, layout: Layout) {
    if (series.kind === 'bar') return series.spans.map((span, at) => this.#bar(series, span, at, layout));
    return svg`${series.kind === 'area' ? this.#area(series, layout) : nothing}${this.#line(series, layout)}`;
  }

  #bar(series: Series, span: [number, number] | null, at: number, { x, y, bar }: Layout) {
    if (!span) return nothing;
    const { offset, width } = bar(series);
    const [low, high] = [y(span[0]), y(span[1])];
    return svg`<rect class="w-bar" x=${x(at) + offset} y=${Math.min(low, high)} width=${width}
      height=${Math.abs(high - low)} rx=${Math.min(series.stack === null ? 4 : 2, width / 4)} ${styled({ fill: series.colour })}></rect>`;
  }

  #line(series: Series, { x, y }: Layout) {
    const path = line<[number, number] | null>((_span, at) => x(at), (span) => y(span![1]))
      .defined((span) => span !== null)
      .curve(curveOf(series.curve))(series.spans);
    return svg`<path class="w-line" d=${path ?? ''} ${styled({ stroke: series.colour })}></path>`;
  }

  #area(series: Series, { x, y }: Layout) {
    const path = area<[number, number] | null>((_span, at) => x(at), (span) => y(span![0]), (span) => y(span![1]))
      .defined((span) => span !== null)
      .curve(curveOf(series.curve))(series.spans);
    return svg`<path class="w-area" d=${path ?? ''} ${styled({ fill: series.colour })}></path>`;
  }

  #dot(series: Series, { x, y }: Layout) {
    const span = series.spans[this.at!];
    if (series.kind === 'bar' || !span) return nothing;
    return svg`<circle class="w-dot" cx=${x(this.at!)} cy=${y(span[1])} r="4" ${styled({ fill: series.colour })}></circle>`;
  }

  #legend() {
    return html`<ul class="w-legend" aria-hidden="true">
      ${this.#chart.series.map(
        ({ label, colour, kind }) =>
          html`<li><i class="is-${kind}" ${styled({ background: colour })}></i><span dir="auto">${label}</span></li>`,
      )}
    </ul>`;
  }

  #tooltip() {
    const { at } = this;
    if (at === null || !this.#layout || this.node.showTooltip === false) return nothing;
    const middle = this.#layout.x(at);
    const isLate = middle > this.#layout.width / 2;
    const style: Style = isLate ? { right: `${this.#layout.width - middle + 12}px` } : { left: `${middle + 12}px` };
    return html`<div class="w-tooltip" aria-hidden="true" ${styled(style)}>
      <b dir="auto">${this.#chart.names[at]}</b>
      ${this.#chart.series.map(
        (series) =>
          html`<div>
            <i ${styled({ background: series.colour })}></i><span dir="auto">${series.label}</span>
            <em>${this.#value(series, at)}</em>
          </div>`,
      )}
    </div>`;
  }

  /** The same in rows and columns, for those who hear it. */
  #table() {
    const { names, series } = this.#chart;
    const label = series.map((each) => each.label).join(', ');
    return html`<table class="unseen">
      <caption>
        ${this.scene.chat.texts.chart}: ${label}
      </caption>
      <thead>
        <tr>
          <td></td>
          ${series.map((each) => html`<th scope="col">${each.label}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${names.map(
          (name, at) => html`<tr>
            <th scope="row">${name}</th>
            ${series.map((each) => html`<td>${this.#value(each, at)}</td>`)}
          </tr>`,
        )}
      </tbody>
    </table>`;
  }

  #value({ spans }: Series, at: number): string {
    const span = spans[at];
    return span ? new Intl.NumberFormat(this.scene.chat.locale).format(span[1] - span[0]) : '–';
  }

  #short(value: number): string {
    return new Intl.NumberFormat(this.scene.chat.locale, { notation: 'compact' }).format(value);
  }

  readonly #point = (event: PointerEvent): void => {
    if (!this.#layout) return;
    const { left } = (event.currentTarget as Element).getBoundingClientRect();
    const rows = this.#chart.names.length;
    const at = Math.floor((event.clientX - left - this.#layout.left) / this.#layout.step);
    this.at = Math.max(0, Math.min(rows - 1, at));
  };
}

define('ock-chart', ChartElement);

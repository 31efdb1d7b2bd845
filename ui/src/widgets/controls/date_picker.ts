/** `<ock-date>`: a day, from a calendar. */
import { html, LitElement, nothing } from 'lit';
import { define } from '../../element/define';
import { isAction } from '../deeds';
import { flag, maybe, oneOf, text } from '../props';
import type { Scene } from '../scene';
import { CONTROL_SIZES } from '../style/controls';
import type { Node } from '../tree';
import type { Valued } from '../values';
import * as days from './days';
import type { Day } from './days';
import { Popup } from './popup';

export class DatePicker extends LitElement implements Valued {
  static override readonly properties = {
    scene: { attribute: false },
    node: { attribute: false },
    tick: { attribute: false },
    value: { state: true },
    isOpen: { state: true },
    at: { state: true },
  };

  declare scene: Scene;
  declare node: Node;
  declare value: Day | null;
  declare isOpen: boolean;
  /** The day that the keys have come to; its month is shown. */
  declare at: Day;
  #default: unknown;
  #popup: Popup | null = null;

  constructor() {
    super();
    this.value = null;
    this.isOpen = false;
    this.at = days.today();
  }

  protected override createRenderRoot() {
    return this;
  }

  /** Replaced while it is open: nobody else would stop listening for scrolling. */
  override disconnectedCallback(): void {
    this.#popup?.close();
    super.disconnectedCallback();
  }

  get fieldName(): string {
    return text(this.node.name);
  }

  get fieldValue(): Day | null {
    return this.value;
  }

  get disabled(): boolean {
    return flag(this.node.disabled);
  }

  get #bounds(): [Day | null, Day | null] {
    return [days.dayOf(this.node.min), days.dayOf(this.node.max)];
  }

  get #locale(): string {
    return this.scene.chat.locale;
  }

  protected override willUpdate(): void {
    if (this.node.defaultValue === this.#default) return;
    this.#default = this.node.defaultValue;
    this.value = days.dayOf(this.#default);
  }

  override render() {
    const { node, scene, value } = this;
    const name = this.fieldName;
    const { texts } = scene.chat;
    const variant = oneOf(node.variant, ['solid', 'soft', 'outline', 'ghost'], 'outline');
    const shown = value ? this.#said(value, { dateStyle: 'medium' }) : (maybe(node.placeholder) ?? texts.pickDate);
    const spoken = maybe(node.placeholder) ?? name;
    return html`
      <div class="w-picker ${flag(node.block) ? 'is-block' : ''}">
        <button
          type="button"
          class="w-trigger is-${variant} ${flag(node.pill) ? 'is-pill' : ''} ${value ? '' : 'is-empty'}"
          part="field"
          id=${scene.idOf(name)}
          data-size=${oneOf(node.size, CONTROL_SIZES, 'lg')}
          aria-haspopup="dialog"
          aria-expanded=${this.isOpen}
          aria-label=${scene.labelled.has(name) ? nothing : value ? `${spoken}: ${shown}` : spoken}
          ?disabled=${this.disabled}
          @click=${() => (this.isOpen ? this.#popup?.close() : this.#open())}
        >
          <ock-icon name="calendar"></ock-icon>
          <span class="w-chosen" dir="auto">${shown}</span>
        </button>
        ${flag(node.clearable) && value && !this.disabled ? this.#clearButton() : nothing}
      </div>
      <div
        class="w-popup w-calendar"
        popover="auto"
        role="dialog"
        aria-label=${texts.pickDate}
        @toggle=${this.#toggled}
      >
        ${this.isOpen ? this.#calendar() : nothing}
      </div>
    `;
  }

  #clearButton() {
    return html`<button
      type="button"
      class="w-clear"
      aria-label=${this.scene.chat.texts.clear}
      @click=${() => {
        this.#choose(null);
        this.#trigger.focus();
      }}
    >
      <ock-icon name="close"></ock-icon>
    </button>`;
  }

  #calendar() {
    const first = days.firstWeekdayOf(this.#locale);
    const weeks = days.weeksOf(this.at, first);
    const title = this.#said(this.at, { month: 'long', year: 'numeric' });
    return html`
      <div class="w-month">
        ${this.#turn(-1, 'chevron-left', this.scene.chat.texts.previousMonth)}
        <span aria-live="polite">${title}</span>
        ${this.#turn(1, 'chevron-right', this.scene.chat.texts.nextMonth)}
      </div>
      <table role="grid" aria-label=${title} @keydown=${this.#keys}>
        <thead>
          <tr>
            ${weeks[0]!.map(
              (day) => html`<th scope="col" abbr=${this.#said(day, { weekday: 'long' })}>
                ${this.#said(day, { weekday: 'narrow' })}
              </th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${weeks.map((week) => html`<tr>${week.map((day) => this.#day(day))}</tr>`)}
        </tbody>
      </table>
    `;
  }

  #turn(by: 1 | -1, icon: string, label: string) {
    const to = days.plusMonths(this.at, by);
    const [min, max] = this.#bounds;
    const isOut = by < 0 ? min !== null && to.slice(0, 7) < min.slice(0, 7) : max !== null && to.slice(0, 7) > max.slice(0, 7);
    return html`<button
      type="button"
      class="icon-button"
      aria-label=${label}
      ?disabled=${isOut}
      @click=${() => (this.at = to)}
    >
      <ock-icon name=${icon}></ock-icon>
    </button>`;
  }

  #day(day: Day) {
    const isOther = day.slice(0, 7) !== this.at.slice(0, 7);
    const classes = [
      'w-day',
      ...(isOther ? ['is-other'] : []),
      ...(day === days.today() ? ['is-today'] : []),
    ];
    return html`<td role="gridcell" aria-selected=${day === this.value}>
      <button
        type="button"
        class=${classes.join(' ')}
        data-day=${day}
        tabindex=${day === this.at ? 0 : -1}
        aria-label=${this.#said(day, { dateStyle: 'full' })}
        ?disabled=${!days.withinDays(day, ...this.#bounds)}
        @click=${() => this.#take(day)}
      >
        ${Number(day.slice(8))}
      </button>
    </td>`;
  }

  #said(day: Day, how: Intl.DateTimeFormatOptions): string {
    return new Intl.DateTimeFormat(this.#locale, { ...how, timeZone: 'UTC' }).format(days.dateOf(day));
  }

  get #trigger(): HTMLElement {
    return this.querySelector<HTMLElement>('.w-trigger')!;
  }

  #open(): void {
    this.at = this.#nearest(this.value ?? days.today());
    this.isOpen = true;
    void this.updateComplete.then(() => {
      const where = {
        side: oneOf(this.node.side, ['top', 'bottom', 'left', 'right'], 'bottom'),
        align: oneOf(this.node.align, ['start', 'center', 'end'], 'start'),
      };
      this.#popup = new Popup(this.#trigger, this.querySelector<HTMLElement>('.w-popup')!, where);
      this.#popup.open();
      this.#focusDay();
    });
  }

  #nearest(day: Day): Day {
    const [min, max] = this.#bounds;
    if (min && day < min) return min;
    return max && day > max ? max : day;
  }

  #focusDay(): void {
    this.querySelector<HTMLElement>(`[data-day="${this.at}"]`)?.focus();
  }

  readonly #toggled = (event: Event): void => {
    if ((event as ToggleEvent).newState === 'open') return;
    const had = this.querySelector('.w-popup')!.contains((this.getRootNode() as ShadowRoot).activeElement);
    this.#popup?.close();
    this.isOpen = false;
    if (had) this.#trigger.focus();
  };

  readonly #keys = (event: KeyboardEvent): void => {
    const side = getComputedStyle(this).direction === 'rtl' ? -1 : 1;
    const week = (days.weekdayOf(this.at) - days.firstWeekdayOf(this.#locale) + 7) % 7;
    const moves: Record<string, () => Day> = {
      ArrowLeft: () => days.plusDays(this.at, -side),
      ArrowRight: () => days.plusDays(this.at, side),
      ArrowUp: () => days.plusDays(this.at, -7),
      ArrowDown: () => days.plusDays(this.at, 7),
      Home: () => days.plusDays(this.at, -week),
      End: () => days.plusDays(this.at, 6 - week),
      PageUp: () => days.plusMonths(this.at, event.shiftKey ? -12 : -1),
      PageDown: () => days.plusMonths(this.at, event.shiftKey ? 12 : 1),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    this.at = this.#nearest(move());
    void this.updateComplete.then(() => this.#focusDay());
  };

  #take(day: Day): void {
    this.#popup?.close();
    this.isOpen = false;
    this.#trigger.focus();
    this.#choose(day);
  }

  /** A day that the server refuses is taken back. */
  #choose(value: Day | null): void {
    if (value === this.value) return;
    const before = this.value;
    this.value = value;
    const config = this.node.onChangeAction;
    if (!isAction(config)) return;
    const named = { name: this.fieldName, value };
    void this.scene.act({ config, from: this, by: 'change', value: named }).then((taken) => {
      if (!taken && this.value === value) this.value = before;
    });
  }
}

define('ock-date', DatePicker);

/** What opens beside a control, above everything else on the page. */

type Side = 'top' | 'bottom' | 'left' | 'right';
type Align = 'start' | 'center' | 'end';

export interface Where {
  side?: Side;
  align?: Align;
  /** As wide as the control at least. */
  wide?: boolean;
}

const GAP = 6;
const EDGE = 8;

export class Popup {
  #stop: (() => void) | null = null;

  constructor(
    readonly anchor: HTMLElement,
    readonly popup: HTMLElement,
    readonly where: Where,
  ) {}

  get isOpen(): boolean {
    return this.#stop !== null;
  }

  open(): void {
    if (this.#stop) return;
    const { anchor, popup } = this;
    popup.showPopover?.();
    const place = () => this.#place();
    const home = anchor.getRootNode();
    const listened: [EventTarget, string][] = [
      [home, 'scroll'],
      [window, 'scroll'],
      [window, 'resize'],
    ];
    for (const [target, name] of listened) target.addEventListener(name, place, true);
    this.#stop = () => {
      for (const [target, name] of listened) target.removeEventListener(name, place, true);
    };
    place();
  }

  close(): void {
    if (!this.#stop) return;
    this.#stop();
    this.#stop = null;
    if (this.popup.matches(':popover-open')) this.popup.hidePopover();
  }

  #place(): void {
    const { anchor, popup, where } = this;
    const at = anchor.getBoundingClientRect();
    if (where.wide) popup.style.minWidth = `${at.width}px`;
    const { offsetWidth: width, offsetHeight: height } = popup;
    const rtl = getComputedStyle(anchor).direction === 'rtl';
    const { left, top } = placed(at, { width, height }, this.where, rtl);
    popup.style.left = `${clamp(left, EDGE, innerWidth - width - EDGE)}px`;
    popup.style.top = `${clamp(top, EDGE, innerHeight - height - EDGE)}px`;
  }
}

interface Size {
  width: number;
  height: number;
}

/** On the side that is asked for, or opposite where there is more room. */
function placed(at: DOMRect, size: Size, { side = 'bottom', align = 'start' }: Where, rtl: boolean) {
  const left = aligned(at.left, at.right, size.width, align, rtl);
  const top = aligned(at.top, at.bottom, size.height, align, false);
  const [above, below] = [at.top - size.height - GAP, at.bottom + GAP];
  if (side === 'top') return { left, top: above >= EDGE ? above : below };
  if (side === 'left') return { left: at.left - size.width - GAP, top };
  if (side === 'right') return { left: at.right + GAP, top };
  return { left, top: below + size.height <= innerHeight - EDGE || above < EDGE ? below : above };
}

function aligned(from: number, to: number, length: number, align: Align, rtl: boolean): number {
  if (align === 'center') return (from + to - length) / 2;
  return (align === 'end') !== rtl ? to - length : from;
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}

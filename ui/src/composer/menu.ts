import { html, nothing } from 'lit';

export interface MenuItem {
  id: string;
  label: string;
  icon?: string;
  note?: string;
  checked?: boolean;
  disabled?: boolean;
  pick: () => void;
}

export interface Menu {
  label: string;
  side: 'start' | 'end';
  items: MenuItem[];
}

/** A menu over the composer; arrows move in it, Escape and a click elsewhere close it. */
export function menuView({ label, side, items }: Menu, close: () => void) {
  const move = (event: KeyboardEvent) => {
    const list = [...(event.currentTarget as Element).querySelectorAll('button')];
    const at = list.indexOf((event.target as Element).closest('button')!);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') close();
    if (!step) return;
    event.preventDefault();
    list[(at + step + list.length) % list.length]?.focus();
  };
  return html`<div class="menu-back" @click=${close}></div>
    <div class="pop-menu menu is-${side}" role="menu" aria-label=${label} @keydown=${move}>
      ${items.map(
        (item) =>
          html`<button
            type="button"
            class="menu-item"
            role=${item.checked === undefined ? 'menuitem' : 'menuitemradio'}
            aria-checked=${item.checked ?? nothing}
            ?disabled=${item.disabled ?? false}
            @click=${() => {
              close();
              item.pick();
            }}
          >
            ${item.icon ? html`<ock-icon name=${item.icon}></ock-icon>` : nothing}
            <span class="menu-label">${item.label}</span>
            ${item.note ? html`<span class="menu-note">${item.note}</span>` : nothing}
            ${item.checked ? html`<ock-icon class="menu-check" name="check"></ock-icon>` : nothing}
          </button>`,
      )}
    </div>`;
}

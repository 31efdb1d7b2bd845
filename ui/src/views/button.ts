import { html, nothing } from 'lit';

interface IconButton {
  icon: string;
  label: string;
  onClick: (event: Event) => void;
  name?: string;
  part?: string;
  pressed?: boolean;
  disabled?: boolean;
}

/** A button that is an icon, with its words for those who ask. */
export function iconButton(button: IconButton) {
  return html`<button
    type="button"
    class="icon-button ${button.name ?? ''}"
    part=${button.part ?? 'icon-button'}
    aria-label=${button.label}
    title=${button.label}
    aria-pressed=${button.pressed === undefined ? nothing : button.pressed}
    ?disabled=${button.disabled ?? false}
    @click=${button.onClick}
  >
    <ock-icon name=${button.icon}></ock-icon>
  </button>`;
}

import { html, nothing } from 'lit';
import { filled } from '../i18n/catalogue';
import type { Chat } from '../views/chat';
import { safeSource } from '../views/items/user_message';
import { iconButton } from '../views/button';
import type { Upload, Uploads } from './uploads';

/** The files that will go with the message. */
export function uploadsView(chat: Chat, uploads: Uploads) {
  if (!uploads.list.length) return nothing;
  return html`<ul class="uploads">
    ${uploads.list.map((upload) => html`<li>${uploadView(chat, uploads, upload)}</li>`)}
  </ul>`;
}

function uploadView({ texts }: Chat, uploads: Uploads, upload: Upload) {
  const { name, sent, attachment, error } = upload;
  const source = upload.preview ? safeSource(upload.preview) : '';
  const percent = Math.round(sent * 100);
  return html`<div
    class="upload ${source ? 'is-image' : 'file-chip'} ${error ? 'is-failed' : ''}"
    title=${error ? filled(texts.uploadFailed, { name, reason: error }) : name}
  >
    ${source
      ? html`<img src=${source} alt=${name} />`
      : html`<ock-icon name=${error ? 'alert' : 'file'}></ock-icon>
          <span class="file-name" dir="auto">${name}</span>`}
    ${attachment || error
      ? nothing
      : html`<progress
          max="1"
          .value=${sent}
          aria-label=${filled(texts.uploading, { name, percent })}
        ></progress>`}
    ${error
      ? html`<span class="unseen" role="alert">
          ${filled(texts.uploadFailed, { name, reason: error })}
        </span>`
      : nothing}
    ${iconButton({
      icon: 'close',
      label: filled(texts.removeAttachment, { name }),
      name: 'remove-upload',
      onClick: () => uploads.remove(upload.key),
    })}
  </div>`;
}

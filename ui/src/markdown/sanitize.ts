/** HTML that a model wrote, made safe: a fragment of known elements with known attributes. */
import DOMPurify from 'dompurify';

const TAGS = [
  ...['a', 'abbr', 'b', 'blockquote', 'br', 'cite', 'code', 'dd', 'del', 'details', 'dl', 'dt'],
  ...['em', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'i', 'img', 'input', 'ins', 'kbd', 'li'],
  ...['mark', 'ol', 'p', 'pre', 'q', 's', 'samp', 'small', 'span', 'strong', 'sub', 'summary'],
  ...['sup', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'tr', 'u', 'ul', 'var'],
];
const ATTRIBUTES = [
  ...['align', 'alt', 'checked', 'colspan', 'disabled', 'href', 'open', 'rowspan', 'src'],
  ...['start', 'title', 'type', 'data-cite', 'data-display', 'data-lang', 'data-tex'],
];

/** Links: what a person may follow. */
const SCHEMES = /^(?:https?:|mailto:|tel:|chatkit-link:|[^a-z]|[a-z+.-]+(?:[^a-z+.:-]|$))/i;

export function sanitized(html: string): DocumentFragment {
  return DOMPurify.sanitize(html, {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ATTRIBUTES,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    // Images are looked at one by one afterwards, before they are anywhere where they load.
    ADD_DATA_URI_TAGS: ['img'],
    ALLOWED_URI_REGEXP: SCHEMES,
    RETURN_DOM_FRAGMENT: true,
  });
}

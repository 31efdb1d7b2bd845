/** The props of a component, and the types that they have. */
import { html, nothing } from 'lit';
import type { Component, Shape } from '../host';
import type { GalleryTexts } from '../texts/catalogue';
import { prose } from './words';

export function propsOf(texts: GalleryTexts, component: Component, types: readonly Shape[]) {
  return html`<section class="panel" aria-labelledby="props">
    <header><h2 id="props">${texts.props}</h2></header>
    ${table(texts, component)}
    ${typesOf(component, types).map(
      (type) => html`<h3><code>${type.name}</code></h3>
        ${prose(type.text)} ${table(texts, type)}`,
    )}
  </section>`;
}

function table(texts: GalleryTexts, { name, props }: Shape) {
  return html`<div class="scrolls" tabindex="0" role="region" aria-label="${texts.props}: ${name}">
    <table>
      <thead>
        <tr><th scope="col">${texts.prop}</th><th scope="col">${texts.type}</th></tr>
      </thead>
      <tbody>
        ${props.map(
          (prop) => html`<tr>
            <th scope="row">
              <code>${prop.name}</code>
              ${prop.required ? html`<span class="tag">${texts.required}</span>` : nothing}
            </th>
            <td><code>${prop.type}</code></td>
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** The types that are named by a component, and those that these name. */
export function typesOf(component: Shape, types: readonly Shape[]): Shape[] {
  const found = new Set<Shape>();
  const named = ({ props }: Shape) => {
    for (const type of types) {
      const word = new RegExp(`\\b${type.name}\\b`);
      if (found.has(type) || !props.some((prop) => word.test(prop.type))) continue;
      found.add(type);
      named(type);
    }
  };
  named(component);
  return [...found];
}

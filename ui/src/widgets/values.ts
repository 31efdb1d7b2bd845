/** The values of a form's fields, and a payload with them. */
import { record } from './props';

export interface Named {
  name: string;
  value: unknown;
}

/** A control of ours that holds a value as an input does. */
export interface Valued extends Element {
  readonly fieldName: string;
  readonly fieldValue: unknown;
  readonly disabled: boolean;
}

const FIELDS = 'input[name], textarea[name], [data-valued]';

/** What is in the fields of a form, but not of a form inside it. */
export function valuesOf(form: HTMLFormElement): Named[] {
  return [...form.querySelectorAll(FIELDS)]
    .filter((field) => field.closest('form') === form)
    .flatMap((field) => valueOf(field) ?? []);
}

function valueOf(field: Element): Named | null {
  if (field instanceof HTMLInputElement) return field.disabled ? null : ofInput(field);
  if (field instanceof HTMLTextAreaElement) {
    return field.disabled ? null : { name: field.name, value: field.value };
  }
  const { fieldName, fieldValue, disabled } = field as Valued;
  return disabled || !fieldName ? null : { name: fieldName, value: fieldValue };
}

function ofInput(input: HTMLInputElement): Named | null {
  const { name, type, value } = input;
  // The names of radios are the widget's own, so that two widgets do not share a choice.
  if (type === 'radio') return input.checked ? { name: input.dataset.name ?? name, value } : null;
  if (type === 'checkbox') return { name, value: input.checked };
  if (type === 'number') return value === '' ? null : { name, value: input.valueAsNumber };
  return { name, value };
}

/**
 * The payload with the values in it; `a.b` is `b` in `a`. What the payload has already stays: it is
 * what the widget offers, and the server takes nothing else.
 */
export function withValues(payload: unknown, values: readonly Named[]): unknown {
  if (payload !== undefined && payload !== null && !record(payload)) return payload;
  const filled = structuredClone(record(payload) ?? {});
  const taken = new Set<string>();
  for (const named of values) if (!put(filled, named, taken)) report(named.name);
  return filled;
}

function put(into: Record<string, unknown>, { name, value }: Named, taken: Set<string>): boolean {
  const path = name.split('.');
  if (path.some((part) => part === '' || part === '__proto__')) return false;
  const last = path.pop()!;
  let at = into;
  for (const [depth, part] of path.entries()) {
    const own = Object.hasOwn(at, part) ? at[part] : undefined;
    // Below something that the widget offers there is no room: it has to come back as it is.
    if (own !== undefined && (!record(own) || !taken.has(path.slice(0, depth + 1).join('.')))) return false;
    taken.add(path.slice(0, depth + 1).join('.'));
    at = (at[part] = record(own) ?? {}) as Record<string, unknown>;
  }
  if (Object.hasOwn(at, last)) return at[last] === value;
  at[last] = value;
  return true;
}

const reported = new Set<string>();

function report(name: string): void {
  if (reported.has(name)) return;
  reported.add(name);
  console.warn(
    `<openai-chatkit>: the field ${JSON.stringify(name)} of a widget is not sent: ` +
      "its action's payload or another field of the form has that name.",
  );
}

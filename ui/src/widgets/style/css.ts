/** CSS from a widget: what lays out and colours, and nothing that loads, hides or reaches further. */

const FUNCTIONS = new Set([
  ...['rgb', 'rgba', 'hsl', 'hsla', 'hwb', 'lab', 'lch', 'oklab', 'oklch', 'color', 'color-mix'],
  ...['light-dark', 'var', 'calc', 'min', 'max', 'clamp', 'fit-content'],
  ...['linear-gradient', 'radial-gradient', 'conic-gradient'],
  ...['repeating-linear-gradient', 'repeating-radial-gradient', 'repeating-conic-gradient'],
]);

const LONGEST = 400;

/** The text if it is a value that may be set; else undefined. */
export function css(value: string): string | undefined {
  const plain = value.trim();
  if (!plain || plain.length > LONGEST) return undefined;
  // Escapes and comments can spell a function's name in other letters.
  if (/[\\;{}@<>]|\/\*/.test(plain)) return undefined;
  for (const [, name] of plain.matchAll(/([\w-]*)\(/g)) {
    if (name && !FUNCTIONS.has(name.toLowerCase())) return undefined;
  }
  return plain;
}

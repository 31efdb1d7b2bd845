/**
 * Text that would take a Markdown reader too long, or too deep, is shown as it is.
 *
 * Readers of Markdown take quadratic time for signs that open and never close, and one call inside
 * another for each level of nesting; whoever can make a model say something could freeze the page
 * with a few kilobytes. No text that people write comes near these numbers.
 */

/** Shorter texts cannot take long, but they can be deep. */
const SHORT = 600;
const DEEPEST = 40;
const MOST_STARS = 300;
const MOST_SIGNS = 1000;
const LONGEST_WORD = 2000;

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const CONTAINERS = /^(?:[ \t]*(?:>|[-*+](?=\s)|\d{1,9}[.)](?=\s)))+/;
const PICTURE = /\(data:image\/[a-z+]+;base64,[\w+/=]*\)/g;
const BLANK = /^\s*$/;
const BULLET = /^(\s*)[-*+]\s+\S/;
const FIRST = /^(\s*)1[.)]\s+\S/;
const NUMBER = /^\s*\d{1,9}[.)]\s+\S/;
const HEADING = /^ {0,3}#{1,6}\s/;
const RULE_OF_TABLE = /^[\s|:-]*-[\s|:-]*$/;

interface Run {
  from: number;
  stars: number;
  signs: number;
  isWild: boolean;
}

/** The text, with what is too much for Markdown put between fences. */
export function tamed(text: string): string {
  const lines = text.split('\n');
  const wild = wildRuns(lines, text.length < SHORT);
  if (!wild.length) return text;
  for (const [from, until] of wild.reverse()) {
    const fence = fenceAround(lines.slice(from, until));
    lines.splice(from, until - from, fence, ...lines.slice(from, until), fence);
  }
  return lines.join('\n');
}

/** Where they begin, and the line behind their end. */
function wildRuns(lines: string[], isShort: boolean): [number, number][] {
  const found: [number, number][] = [];
  const blocks = new Blocks();
  let run = newRun(0);
  const end = (at: number) => {
    if (run.isWild) found.push([run.from, at]);
    run = newRun(at);
  };
  lines.forEach((line, at) => {
    if (blocks.begins(line, lines[at - 1] ?? '')) end(at);
    if (!blocks.inCode) count(run, line, isShort);
  });
  end(lines.length);
  return found;
}

/** Which lines begin a block of their own, so that their signs are not paired with those before. */
class Blocks {
  #fence: string | null = null;
  #inList = false;
  #inTable = false;

  get inCode(): boolean {
    return this.#fence !== null;
  }

  begins(line: string, before: string): boolean {
    const mark = FENCE.exec(line)?.[1];
    if (this.#fence) {
      const ends = mark?.startsWith(this.#fence) && BLANK.test(line.trim().slice(mark.length));
      if (ends) this.#fence = null;
      return !!ends;
    }
    if (mark) this.#fence = mark;
    return !!mark || this.#beginsText(line, before);
  }

  #beginsText(line: string, before: string): boolean {
    if (BLANK.test(line)) {
      this.#inList = this.#inTable = false;
      return true;
    }
    if (this.#isItem(line, before)) return (this.#inList = true);
    if (isTable(before, line)) this.#inTable = true;
    return this.#inTable || HEADING.test(line);
  }

  /** In a paragraph a list begins only where it is not indented, and if it has numbers with 1. */
  #isItem(line: string, before: string): boolean {
    if (this.#inList || BLANK.test(before)) return BULLET.test(line) || NUMBER.test(line);
    const indent = (BULLET.exec(line) ?? FIRST.exec(line))?.[1];
    return indent !== undefined && !/\t| {4}/.test(indent);
  }
}

function isTable(head: string, rule: string): boolean {
  return rule.includes('|') && RULE_OF_TABLE.test(rule) && columns(head) === columns(rule);
}

function columns(row: string): number {
  return row.trim().replace(/^\||\|$/g, '').split('|').length;
}

function newRun(from: number): Run {
  return { from, stars: 0, signs: 0, isWild: false };
}

function count(run: Run, line: string, isShort: boolean): void {
  if (depthOf(line) > DEEPEST) run.isWild = true;
  if (isShort || run.isWild) return;
  run.stars += line.match(/[*_~]+/g)?.length ?? 0;
  run.signs += line.match(/[[\]<`$!\\]/g)?.length ?? 0;
  const isLong = line.length > LONGEST_WORD && hasLongWord(line);
  run.isWild = run.stars > MOST_STARS || run.signs > MOST_SIGNS || isLong;
}

function depthOf(line: string): number {
  return CONTAINERS.exec(line)?.[0].match(/\S+/g)?.join('').length ?? 0;
}

function hasLongWord(line: string): boolean {
  return line
    .replace(PICTURE, '')
    .split(/\s/).some((word) => word.length > LONGEST_WORD);
}

function fenceAround(lines: string[]): string {
  const inside = lines.map((line) => /^\s*(~+)/.exec(line)?.[1]?.length ?? 0);
  return '~'.repeat(Math.max(8, ...inside.map((length) => length + 1)));
}

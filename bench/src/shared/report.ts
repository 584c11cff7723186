import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What was promised, what was found, and whether that is enough. */
export interface Goal {
  readonly goal: string;
  readonly found: string;
  readonly met: boolean;
}

export function atLeast(what: string, found: number, least: number): Goal {
  return { goal: `${what} ≥ ${least}`, found: shown(found), met: found >= least };
}

export function atMost(what: string, found: number, most: number): Goal {
  return { goal: `${what} ≤ ${most}`, found: shown(found), met: found <= most };
}

export function printTable(head: readonly string[], rows: readonly (string | number)[][]): void {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  console.log(['', line(head), line(head.map(() => '---')), ...rows.map(line), ''].join('\n'));
}

/** Prints the goals and keeps all figures where `docs/performance.md` takes them from. */
export function report(name: string, goals: readonly Goal[], figures: object): void {
  for (const { goal, found, met } of goals) {
    console.log(`${met ? 'met   ' : 'MISSED'} ${goal}: ${found}`);
  }
  mkdirSync('.overture/bench', { recursive: true });
  const machine = { node: process.version, platform: process.platform };
  const file = join('.overture/bench', `${name}.json`);
  writeFileSync(file, `${JSON.stringify({ ...machine, ...figures, goals }, null, 2)}\n`);
  console.log(`\nWritten to ${file}`);
}

function shown(found: number): string {
  return Math.abs(found) >= 100 ? String(Math.round(found)) : String(Number(found.toFixed(2)));
}

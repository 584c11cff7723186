import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { limitProfiles, type Cap, type LimitProfile } from '../src/index.js';
import { examples } from './examples.js';

const pageOf = (file: string) => readFileSync(join(__dirname, '../../../docs', file), 'utf8');
const block = /<!-- answer: ([\w ]+) -->\n\n```json\n([^`]*)```/g;

/** The examples of a page, by name. */
function shownIn(file: string): [string, unknown][] {
  return [...pageOf(file).matchAll(block)].map(([, name = '', json = '']) => [
    name,
    JSON.parse(json),
  ]);
}

it('docs/limits.md and docs/windows.md show what the rules answer', () => {
  const shown = Object.fromEntries(['limits.md', 'windows.md'].flatMap(shownIn));
  const answers = Object.entries(examples).map(([name, ask]) => [name, ask()] as const);
  // What to put there stands in the difference that jest prints.
  expect(shown).toEqual(JSON.parse(JSON.stringify(Object.fromEntries(answers))));
});

it('docs/limits.md has the figures of every profile (F022, F029)', () => {
  const rows = pageOf('limits.md').replaceAll(/ +/g, ' ');
  for (const profile of limitProfiles)
    expect(rows).toContain(`| ${cellsOf(profile).join(' | ')} |`);
});

function cellsOf({ caps, gapMs, pendingInvitationsMax }: LimitProfile): readonly string[] {
  const { visit, connect, message, inmail, comment } = caps;
  const ofKinds = [visit, connect, message, inmail, comment].map(cellOf);
  const seconds = `${gapMs.min / 1_000} to ${gapMs.max / 1_000} s`;
  return [...ofKinds, String(pendingInvitationsMax), seconds];
}

function cellOf({ per24h, per7d }: Cap): string {
  if (per24h === 0) return 'none';
  return per7d === undefined ? `${per24h}` : `${per24h} / ${per7d}`;
}

import { basename } from 'node:path';
import { citations } from './citations.mjs';

const begin = '<!-- proofs: made by `npm run generate` -->';
const end = '<!-- end of proofs -->';
const linkedMax = 3;
const heading = `## What proves them

Every number that a test cites. A number that code cites and no test does fails \`npm run check tidy\`.`;

/** docs/requirements.md with its table of tests made anew from what the tests cite. */
export function withProofs(text) {
  const [before, rest = ''] = text.split(begin);
  const after = rest.split(end)[1] ?? '\n';
  return `${before.trimEnd()}\n\n${begin}\n\n${heading}\n\n${table()}\n\n${end}${after}`;
}

function table() {
  const { tests } = citations();
  const rows = [...tests].sort(([a], [b]) => (sortKey(a) < sortKey(b) ? -1 : 1)).map(rowOf);
  return ['| Id | Proved by |', '| --- | --- |', ...rows].join('\n');
}

function rowOf([id, files]) {
  const linked = files.slice(0, linkedMax).map((file) => `[${nameOf(file)}](../${file})`);
  const more = files.length - linked.length;
  return `| ${id} | ${linked.join(', ')}${more > 0 ? ` and ${more} more` : ''} |`;
}

function nameOf(file) {
  return basename(file).replace(/\.spec\.tsx?$/, '');
}

/** S2-5 before S2-10, and F before S. */
function sortKey(id) {
  return id.replace(/\d+/g, (digits) => digits.padStart(3, '0'));
}

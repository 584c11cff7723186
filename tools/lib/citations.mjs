import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const requirementId = /\b(?:S[1-4]-\d{2}|F\d{3}|[IPM]\d{1,2})\b/g;
const rangeOfIds = /\b(S[1-4]-|F|[IPM])(\d{1,3})(?:–|\.\.| to )(?:S[1-4]-|F|[IPM])?(\d{1,3})\b/g;
const product = /^(libs|services|clients|deploy|bench)\/.*\.(ts|tsx|mjs|cjs)$/;
const test = /\.spec\.tsx?$/;

/** The requirement ids a text cites in parentheses; a range such as I1–I8 names each of them. */
export function idsIn(text) {
  const cited = (text.match(/\([^()\n]*\)/g) ?? []).join(' ');
  const ranged = [...cited.matchAll(rangeOfIds)].flatMap(([, kind, from, until]) =>
    numbers(Number(from), Number(until)).map((n) => kind + String(n).padStart(from.length, '0')),
  );
  return new Set([...(cited.match(requirementId) ?? []), ...ranged]);
}

/** Where each requirement is cited: `code` and `tests`, id → files, in order. */
export function citations() {
  const code = new Map();
  const tests = new Map();
  for (const file of sources()) {
    const cited = test.test(file) ? tests : code;
    for (const id of idsIn(readFileSync(file, 'utf8'))) {
      cited.set(id, [...(cited.get(id) ?? []), file]);
    }
  }
  return { code, tests };
}

function sources() {
  return execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'])
    .toString()
    .split('\0')
    .filter((file) => product.test(file) && !file.includes('/generated/') && existsSync(file))
    .sort();
}

function numbers(from, until) {
  return Array.from({ length: Math.max(0, until - from + 1) }, (_, index) => from + index);
}

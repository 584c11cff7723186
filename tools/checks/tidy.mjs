// What no linter of ours can say: no clock and no chance in the heart, no leftovers, no machine's path, a README in
// every project, documents with one title, links that lead somewhere.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { citations } from '../lib/citations.mjs';
import { workspaceProjects } from '../lib/workspaces.mjs';

const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'])
  .toString()
  .split('\0')
  .filter((file) => file && existsSync(file));
const sources = files.filter(
  (file) => /\.(ts|tsx|mjs|cjs)$/.test(file) && !file.includes('/generated/'),
);
const problems = [];

const heart = /^libs\/(kernel|domain|policy|promises)\/.*(?<!\.spec)\.ts$/;
const clockUsers = [
  /^libs\/service-kit\/src\/clock\//,
  /^(tools|bench|deploy|clients)\//,
  /\.spec\.ts$/,
  /\/test\//,
];

for (const file of sources.filter((name) => !name.startsWith('tools/checks/'))) {
  const text = readFileSync(file, 'utf8');
  forbid(file, text, /\b(TODO|FIXME|XXX|HACK)\b/, 'a leftover; finish it or open an issue');
  forbid(
    file,
    text,
    /\b(it|test|describe)\.(only|skip)\(|\bx(it|describe)\(/,
    'a test that does not run',
  );
  if (heart.test(file)) {
    forbid(
      file,
      text,
      /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(/,
      'the heart takes time and chance as input',
    );
  }
  if (!clockUsers.some((pattern) => pattern.test(file))) {
    forbid(file, text, /\bDate\.now\(|\bnew Date\(\)/, 'business time comes from Clock');
  }
  if (/oxlint-disable/.test(text)) {
    forbid(
      file,
      text,
      /oxlint-disable(-next-line|-line)?[^\n]*(?<!--[^\n]+)$/m,
      'a lint exception needs a reason: -- why',
    );
  }
}

for (const file of files.filter((name) => !name.startsWith('tools/checks/'))) {
  if (/\.(csv|png|binpb)$/.test(file) || file === 'package-lock.json') continue;
  forbid(file, readFileSync(file, 'utf8'), /\/(work|root|home)\/[a-z]/, "a machine's own path");
}

for (const { directory } of workspaceProjects()) {
  if (!existsSync(join(directory, 'README.md'))) problems.push(`${directory}: no README.md`);
}

for (const file of files.filter((name) => name.endsWith('.md'))) {
  const text = readFileSync(file, 'utf8');
  const withoutCode = text.replaceAll(/```[\s\S]*?```/g, '');
  const titles = withoutCode.match(/^# .+$/gm) ?? [];
  if (titles.length !== 1) problems.push(`${file}: ${titles.length} titles, expected one`);
  for (const [, target] of withoutCode.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)) {
    if (!existsSync(join(dirname(file), target))) problems.push(`${file}: dead link to ${target}`);
  }
}

const requirementId = /\b(?:S[1-4]-\d{2}|F\d{3}|[IPM]\d{1,2})\b/g;
const known = new Set(readFileSync('docs/requirements.md', 'utf8').match(requirementId));
for (const file of sources.filter((name) => /^(libs|services|clients|deploy|bench)\//.test(name))) {
  for (const cited of readFileSync(file, 'utf8').match(/\([^()\n]*\)/g) ?? []) {
    const unknown = (cited.match(requirementId) ?? []).filter((id) => !known.has(id));
    unknown.forEach((id) => problems.push(`${file}: ${id} is not in docs/requirements.md`));
  }
}

const { code, tests } = citations();
for (const [id, [file]] of code) {
  if (!tests.has(id)) problems.push(`${file}: ${id} is cited, and no test cites it`);
}

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}

function forbid(file, text, pattern, why) {
  const found = pattern.exec(text);
  if (!found) return;
  const line = text.slice(0, found.index).split('\n').length;
  problems.push(`${file}:${line}: ${why} (${found[0].trim().slice(0, 60)})`);
}

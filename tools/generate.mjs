// Makes everything that is generated: contracts from proto/, project references from package.json, the list of
// ADRs, the table of tests in docs/requirements.md. `--check` compares instead of writing and fails on a difference; `--accept-contract` takes today's
// proto/ as the one that may not be broken any more.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import prettier from 'prettier';
import { withProofs } from './lib/proofs.mjs';
import { repositoryRoot } from './lib/root.mjs';

const root = repositoryRoot();
process.chdir(root);
const check = process.argv.includes('--check');
const generated = 'libs/contracts/src/generated';
const baseline = 'proto/baseline.binpb';
const stale = [];

generateContracts();
generateAdrIndex();
await generateProofs();
syncReferences();
if (process.argv.includes('--accept-contract')) buf('build', 'proto', '-o', baseline);

if (stale.length > 0) {
  console.error(
    `Not up to date: ${stale.join(', ')}. Run \`npm run generate\` and commit the result.`,
  );
  process.exit(1);
}

function generateContracts() {
  const before = mkdtempSync(join(tmpdir(), 'overture-generated-'));
  try {
    if (check && existsSync(generated)) cpSync(generated, before, { recursive: true });
    buf('generate', 'proto', '--template', 'proto/buf.gen.yaml', '-o', 'proto');
    if (!check) return;
    if (JSON.stringify(textsUnder(before)) === JSON.stringify(textsUnder(generated))) return;
    rmSync(generated, { recursive: true });
    cpSync(before, generated, { recursive: true });
    stale.push(generated);
  } finally {
    rmSync(before, { recursive: true, force: true });
  }
}

function generateAdrIndex() {
  const rows = readdirSync('docs/adr')
    .filter((file) => /^\d{4}-/.test(file))
    .sort()
    .map((file) => {
      const text = readFileSync(join('docs/adr', file), 'utf8');
      const title = /^# (.*)$/m.exec(text)?.[1] ?? file;
      const status = /^Status: (.*)$/m.exec(text)?.[1] ?? 'unknown';
      return `- [${title}](${file}) — ${status}`;
    });
  put('docs/adr/README.md', `# Decisions\n\n${rows.join('\n')}\n`);
}

// A table of what the tests cite, for whoever asks what proves a requirement.
async function generateProofs() {
  const file = 'docs/requirements.md';
  const text = withProofs(readFileSync(file, 'utf8'));
  const options = await prettier.resolveConfig(file);
  put(file, await prettier.format(text, { ...options, filepath: file }));
}

function put(file, text) {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  if (check) stale.push(file);
  else writeFileSync(file, text);
}

function textsUnder(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => [file.slice(folder.length), readFileSync(file, 'utf8')]);
}

function buf(...args) {
  const path = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  const env = { ...process.env, PATH: path };
  execFileSync(join(root, 'node_modules/.bin/buf'), args, { stdio: 'inherit', env });
}

// It says itself what is out of date.
function syncReferences() {
  const args = ['tools/sync-references.mjs', ...(check ? ['--check'] : [])];
  if (spawnSync(process.execPath, args, { stdio: 'inherit' }).status !== 0) {
    stale.push('the references of projects');
  }
}

// Keeps every tsconfig.json equal to what package.json already says: which projects a project is built on.
// `node tools/sync-references.mjs` writes; `--check` only compares and fails on a difference.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { workspaceProjects } from './lib/workspaces.mjs';

const checkOnly = process.argv.includes('--check');
const projects = workspaceProjects();
const directoryOf = new Map(projects.map((project) => [project.name, project.directory]));

const stale = [];
for (const project of projects) {
  const references = Object.keys(project.manifest.dependencies ?? {})
    .filter((name) => directoryOf.has(name))
    .map((name) => ({ path: relative(project.directory, directoryOf.get(name)) }));
  write(join(project.directory, 'tsconfig.json'), {
    extends: join(relative(project.directory, '.'), 'tsconfig.base.json'),
    compilerOptions: { rootDir: 'src', outDir: 'dist' },
    include: ['src/**/*.ts'],
    exclude: ['src/**/*.spec.ts'],
    references,
  });
}
write('tsconfig.json', {
  files: [],
  references: projects.map(({ directory }) => ({ path: directory })),
});

if (stale.length > 0) {
  console.error(`Out of date: ${stale.join(', ')}. Run: npm run generate`);
  process.exit(1);
}

function write(file, content) {
  const text = `${JSON.stringify(content, null, 2)}\n`;
  if (existsSync(file) && normalized(readFileSync(file, 'utf8')) === normalized(text)) return;
  if (checkOnly) stale.push(file);
  else writeFileSync(file, text);
}

function normalized(json) {
  return JSON.stringify(JSON.parse(json));
}

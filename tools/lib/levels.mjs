// The levels of `npm test`: each is one run of jest, whose report is kept.
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readJson } from './files.mjs';

/** From what fails fastest to what takes longest. */
export const levels = ['unit', 'int', 'e2e'];

/** Runs the tests of one level, of all projects or below some paths, and counts them. */
export async function runLevel({ root, level, paths = [], env = {}, signal }) {
  const report = reportFile(root, level);
  mkdirSync(dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const startedAt = performance.now();
  const code = await jest({ root, level, report, paths, env, signal });
  const counts = countReport(report, code);
  return { level, ...counts, seconds: (performance.now() - startedAt) / 1000 };
}

function reportFile(root, level) {
  return join(root, `.overture/reports/${level}.json`);
}

function countReport(file, code) {
  const counts = readJson(file);
  if (!counts)
    return { passed: 0, failed: 1, problem: `jest ended with code ${code} and no report` };
  // A failure that no test explains, such as a worker that died.
  return code !== 0 && counts.failed === 0
    ? { ...counts, failed: 1, problem: `code ${code}` }
    : counts;
}

function jest({ root, level, report, paths, env, signal }) {
  const reporter = join(root, 'tools/lib/jest-reporter.cjs');
  const args = [...paths, '--passWithNoTests', `--reporters=${reporter}`];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'node_modules/jest/bin/jest.js'), ...args], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env, OVERTURE_LEVEL: level, OVERTURE_REPORT: report },
      signal,
    });
    child.on('error', reject);
    child.on('close', resolve);
  });
}

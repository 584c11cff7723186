import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UnfitDatabaseError } from './errors.js';

/** One library's or service's migrations: files `000001_name.sql`, numbered without holes. */
export interface MigrationSet {
  readonly name: string;
  readonly directory: string;
}

export interface Migration {
  readonly set: string;
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

const fileName = /^(\d{6})_([a-z0-9_]+)\.sql$/;

/** The sets of installed packages (`event-store`, `campaign`, …), looked up from a folder inside the repository. */
export function migrationSets(names: readonly string[], from = rootHint()): MigrationSet[] {
  return names.map((name) => ({ name, directory: join(packageFolder(name, from), 'migrations') }));
}

export function readMigrations({ name: set, directory }: MigrationSet): Migration[] {
  const files = readdirSync(directory).filter((file) => file.endsWith('.sql'));
  return files.sort().map((file, index) => {
    const [, digits, name] = fileName.exec(file) ?? [];
    if (digits === undefined || name === undefined || Number(digits) !== index + 1) {
      const expected = `${String(index + 1).padStart(6, '0')}_<name>.sql`;
      throw new UnfitDatabaseError(`Expected ${expected} in ${directory}, found ${file}.`);
    }
    const sql = readFileSync(join(directory, file), 'utf8');
    const checksum = createHash('sha256').update(sql).digest('hex');
    return { set, number: index + 1, name, sql, checksum };
  });
}

function rootHint(): string {
  return process.env.OVERTURE_ROOT ?? process.cwd();
}

function packageFolder(name: string, from: string): string {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules/@overture', name);
    if (existsSync(join(candidate, 'migrations'))) return candidate;
    if (folder === dirname(folder)) {
      throw new UnfitDatabaseError(
        `No migrations of @overture/${name} above ${from}. Set OVERTURE_ROOT to the repository.`,
      );
    }
  }
}

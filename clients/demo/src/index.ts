// What the end-to-end tests share with the demo; main.ts runs it.
export { readEnvironment, type DemoEnvironment } from './environment.js';
export {
  OvertureApi,
  type Campaign,
  type CampaignStats,
  type Identity,
  type ImportCounts,
  type LaunchReport,
  type UploadedImport,
} from './overture-api.js';
export { Receiver, type Delivered, type ReceiverCounts } from './receiver.js';
export { people } from './people.js';
export { type DayOff } from './places.js';
export { playedMs, scriptFor, type Scene } from './script.js';
export { seed, type Seeding } from './seed.js';
export { Stage, type LedgerEntry } from './stage.js';
export type { DemoState } from './state.js';
export { Time } from './time.js';

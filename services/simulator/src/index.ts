export { simulatorService } from './simulator-service.js';
export type { LedgerRow } from './store/ledger.sql.js';
export { defaultKnobs, type Knobs } from './world/knobs.js';

export type { IdentityCommand, ReportLogin } from './identity/commands.js';
export { identity } from './identity/decide.js';
export { identityCategory, type IdentityEvent } from './identity/events.js';
export { isReady, type AddedIdentity, type Identity } from './identity/state.js';
export {
  relation,
  relationCategory,
  relationStream,
  type Between,
  type RelationCommand,
  type RelationEvent,
  type RelationState,
} from './relation/relation.js';

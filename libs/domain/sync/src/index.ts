export type { Allowances } from './identity/allowances.js';
export type { IdentityCommand, ReportLogin } from './identity/commands.js';
export { identity } from './identity/decide.js';
export { identityCategory, type IdentityEvent } from './identity/events.js';
export { defaultPolicy, type IdentityPolicy } from './identity/policy.js';
export { isReady, type AddedIdentity, type Identity } from './identity/state.js';
export {
  reinviteLockMs,
  relation,
  relationCategory,
  relationStream,
  type Between,
  type RelationCommand,
  type RelationEvent,
  type RelationState,
} from './relation/relation.js';

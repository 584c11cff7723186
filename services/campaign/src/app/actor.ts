import type { Caller } from './scope.js';

/** Who asked, for the events that say so; a call without a name is the workspace's own key. */
export function actorOf({ meta }: Caller): string {
  return meta.actor ?? 'unknown';
}

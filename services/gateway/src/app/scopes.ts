/** What a key may do. `:write` includes `:read`; `*` is all of a workspace; `installation` may add workspaces. */
export const scopes = [
  'campaigns:read',
  'campaigns:write',
  'leads:read',
  'leads:write',
  'identities:read',
  'identities:write',
  // All that a browser companion needs: fetch a job, report its result.
  'companion',
  'webhooks:read',
  'webhooks:write',
  'operations:read',
  'operations:write',
  'workspace:read',
  'workspace:write',
  'installation',
  '*',
] as const;

export type Scope = (typeof scopes)[number];

export function allows(granted: readonly string[], needed: Scope): boolean {
  if (granted.includes(needed)) return true;
  // Adding workspaces reaches beyond one's own, so `*` does not include it.
  if (needed === 'installation') return false;
  return granted.includes('*') || granted.includes(needed.replace(/:read$/, ':write'));
}

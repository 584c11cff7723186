import { createHmac } from 'node:crypto';

/** How LinkedIn names a person: public handle, opaque member id (`ACo…`), numeric id. */
export type PersonNameKind = 'handle' | 'member' | 'id';

/**
 * A keyed fingerprint of one of a person's names. Services compare and store these instead of the names: without
 * the key nobody can read or guess them back, and they outlive an erase, so that a new contact can still be stopped.
 */
export function fingerprint(
  key: string,
  { tenantId, kind, value }: { tenantId: string; kind: PersonNameKind; value: string },
): string {
  const name = kind === 'handle' ? value.toLowerCase() : value;
  return createHmac('sha256', key).update(`${tenantId}\n${kind}:${name}`).digest('hex');
}

/** The keyed fingerprints of a person's names, in the order given. */
export function fingerprints(
  key: string,
  tenantId: string,
  names: readonly { readonly kind: PersonNameKind; readonly value: string }[],
): string[] {
  return names.map((name) => fingerprint(key, { tenantId, ...name }));
}

import { InvalidInputError, NotFoundError } from '@overture/kernel';
import { label } from './input.js';
import { newId } from './new-id.js';
import type { Ports } from './ports.js';
import { inTransaction, type Caller } from './scope.js';
import type { DoNotContactRow, PageOf, PageWanted } from './tables.js';

export interface NewEntry {
  /** Exactly one of the two. */
  readonly linkedinUrl: string;
  readonly companyName: string;
  readonly reason: string;
}

/** Once this is answered no intent for this person or company can be recorded, in any campaign (F054, P17). */
export async function addDoNotContact(
  ports: Ports,
  caller: Caller,
  entry: NewEntry,
): Promise<DoNotContactRow> {
  const createdAt = ports.clock.now();
  const named = nameOf(ports, caller, entry);
  const row = { entryId: newId(createdAt), ...named, reason: label(entry.reason), createdAt };
  return inTransaction(ports, caller, async (scope) => {
    // Intents hold this row: the list changes between them, never under one.
    await ports.gates.lock(scope, { kind: 'workspace', gateId: caller.tenantId });
    return ports.doNotContact.add(scope, row);
  });
}

export function removeDoNotContact(
  ports: Ports,
  caller: Caller,
  entryId: string,
): Promise<DoNotContactRow> {
  return inTransaction(ports, caller, async (scope) => {
    const row = await ports.doNotContact.remove(scope, entryId);
    if (row === undefined) throw new NotFoundError('do-not-contact', entryId);
    return row;
  });
}

export function listDoNotContact(
  ports: Ports,
  caller: Caller,
  page: PageWanted,
): Promise<PageOf<DoNotContactRow>> {
  return inTransaction(ports, caller, (scope) => ports.doNotContact.list(scope, page));
}

function nameOf(
  { names }: Ports,
  { tenantId }: Caller,
  { linkedinUrl, companyName }: NewEntry,
): Pick<DoNotContactRow, 'kind' | 'fingerprint'> {
  if ((linkedinUrl === '') === (companyName === '')) {
    const message = 'Expected either linkedinUrl or companyName.';
    throw new InvalidInputError([{ path: '', message }]);
  }
  if (companyName !== '') {
    const fingerprint = names.company(tenantId, companyName);
    if (fingerprint !== '') return { kind: 'company', fingerprint };
    throw new InvalidInputError([{ path: '/companyName', message: 'This names no company.' }]);
  }
  const name = names.read(tenantId, linkedinUrl);
  if ('fingerprint' in name) return { kind: 'person', fingerprint: name.fingerprint };
  throw new InvalidInputError([{ path: '/linkedinUrl', message: name.problem }]);
}

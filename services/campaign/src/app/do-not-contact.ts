import { InvalidInputError, NotFoundError, type Instant } from '@overture/kernel';
import { label } from './input.js';
import { newId } from './new-id.js';
import type { Ports } from './ports.js';
import { inTransaction, type Caller, type Scope } from './scope.js';
import type { PageOf, PageWanted } from './tables.js';

export const entryKinds = ['person', 'email', 'company', 'domain'] as const;
export type EntryKind = (typeof entryKinds)[number];

export interface DoNotContactRow {
  readonly entryId: string;
  readonly kind: EntryKind;
  readonly fingerprint: string;
  /** Of a company or a domain; people are not named. */
  readonly name: string;
  readonly reason: string;
  readonly createdAt: Instant;
}

export abstract class DoNotContact {
  /** Gives the entry that stands: an older one for the same person or company wins. */
  abstract add(scope: Scope, row: DoNotContactRow): Promise<DoNotContactRow>;
  abstract remove(scope: Scope, entryId: string): Promise<DoNotContactRow | undefined>;
  abstract list(
    scope: Scope,
    wanted: PageWanted & { kind: string },
  ): Promise<PageOf<DoNotContactRow>>;
  /** The oldest entries whose people were not all stopped yet. */
  abstract running(scope: Scope, limit: number): Promise<readonly string[]>;
  /** Enrollments under way of whoever these entries mean. */
  abstract meant(
    scope: Scope,
    entryIds: readonly string[],
    limit: number,
  ): Promise<readonly string[]>;
  abstract close(scope: Scope, entryIds: readonly string[], at: Instant): Promise<void>;
  /** Across workspaces: who has such entries. */
  abstract workspacesRunning(): Promise<readonly string[]>;
}

/** Exactly one of the four names. */
export interface NewEntry {
  readonly linkedinUrl?: string;
  readonly email?: string;
  readonly companyName?: string;
  readonly domain?: string;
  readonly reason: string;
}

/**
 * Once this is answered no intent for this person or company can be recorded, in any campaign (F054, P17). Whoever is
 * under way is stopped by a loop, in batches: answering costs the same for ten people and ten million.
 */
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
    scope.tx.afterCommit(() => ports.work.wake('do-not-contact'));
    return ports.doNotContact.add(scope, row);
  });
}

/** From here on they may be added again; what was stopped stays stopped. */
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
  wanted: PageWanted & { kind: string },
): Promise<PageOf<DoNotContactRow>> {
  if (wanted.kind !== '' && !entryKinds.some((kind) => kind === wanted.kind)) {
    const message = `Expected one of ${entryKinds.join(', ')}.`;
    throw new InvalidInputError([{ path: '/kind', message }]);
  }
  return inTransaction(ports, caller, (scope) => ports.doNotContact.list(scope, wanted));
}

type Named = Pick<DoNotContactRow, 'kind' | 'fingerprint' | 'name'>;

function nameOf({ names }: Ports, { tenantId }: Caller, entry: NewEntry): Named {
  const { linkedinUrl = '', email = '', companyName = '', domain = '' } = entry;
  if ([linkedinUrl, email, companyName, domain].filter((text) => text !== '').length !== 1) {
    const message = 'Expected exactly one of linkedinUrl, email, companyName and domain.';
    throw new InvalidInputError([{ path: '', message }]);
  }
  if (linkedinUrl !== '') {
    const name = names.read(tenantId, linkedinUrl);
    if ('problem' in name) throw refusal('/linkedinUrl', name.problem);
    return { kind: 'person', fingerprint: name.fingerprint, name: '' };
  }
  if (domain !== '') {
    const name = names.domain(tenantId, domain);
    if ('problem' in name) throw refusal('/domain', name.problem);
    return { kind: 'domain', fingerprint: name.fingerprint, name: name.domain };
  }
  return email === '' ? companyOf(names, tenantId, companyName) : emailOf(names, tenantId, email);
}

function companyOf(names: Ports['names'], tenantId: string, companyName: string): Named {
  const fingerprint = names.company(tenantId, companyName);
  if (fingerprint === '') throw refusal('/companyName', 'This names no company.');
  return { kind: 'company', fingerprint, name: label(companyName) };
}

function emailOf(names: Ports['names'], tenantId: string, email: string): Named {
  const fingerprint = names.email(tenantId, email);
  if (fingerprint === '') throw refusal('/email', 'This is no e-mail address.');
  return { kind: 'email', fingerprint, name: '' };
}

function refusal(path: string, message: string): InvalidInputError {
  return new InvalidInputError([{ path, message }]);
}

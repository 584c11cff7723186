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
  const given = fields.filter((field) => (entry[field] ?? '') !== '');
  const [field] = given;
  if (field === undefined || given.length > 1) {
    const message = 'Expected exactly one of linkedinUrl, email, companyName and domain.';
    throw new InvalidInputError([{ path: '', message }]);
  }
  const named = readers[field](names, tenantId, entry[field] ?? '');
  if (typeof named !== 'string') return named;
  throw new InvalidInputError([{ path: `/${field}`, message: named }]);
}

const fields = ['linkedinUrl', 'email', 'companyName', 'domain'] as const;

/** Gives what a text names, or why it names nothing. */
type Reader = (names: Ports['names'], tenantId: string, text: string) => Named | string;

const readers: Readonly<Record<(typeof fields)[number], Reader>> = {
  linkedinUrl(names, tenantId, url) {
    const name = names.read(tenantId, url);
    if ('problem' in name) return name.problem;
    return { kind: 'person', fingerprint: name.fingerprint, name: '' };
  },
  email(names, tenantId, email) {
    const fingerprint = names.email(tenantId, email);
    return fingerprint === ''
      ? 'This is no e-mail address.'
      : { kind: 'email', fingerprint, name: '' };
  },
  companyName(names, tenantId, company) {
    const fingerprint = names.company(tenantId, company);
    if (fingerprint === '') return 'This names no company.';
    return { kind: 'company', fingerprint, name: label(company) };
  },
  domain(names, tenantId, text) {
    const name = names.domain(tenantId, text);
    if ('problem' in name) return name.problem;
    return { kind: 'domain', fingerprint: name.fingerprint, name: name.domain };
  },
};

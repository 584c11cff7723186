import { DomainError, InvalidInputError, NotFoundError } from '@overture/kernel';
import { fieldProblems, leadProblems } from './check-lead.js';
import { openLeads, type LeadDetails, type NewLead } from './lead-details.js';
import { showLead, type ShownLead } from './leads.js';
import { decideOnLead } from './merge-leads.js';
import type { Ports } from './ports.js';
import { recognize } from './recognize-person.js';
import { inTransaction, type Caller, type Scope } from './scope.js';
import { writeLead } from './write-lead.js';

export interface LeadChange {
  readonly leadId: string;
  /** 0: whatever the version is. */
  readonly expectedVersion: number;
  /** What is absent stays as it is. */
  readonly fields: { readonly [Name in keyof Omit<NewLead, 'customFields'>]?: string | undefined };
  /** Set or replaced; the others stay. */
  readonly customFields: Readonly<Record<string, string>>;
  readonly removedCustomFields: readonly string[];
}

/** Changes a lead's own fields (F049). They are sealed as before; the fact says which fields, never what they hold. */
export function updateLead(ports: Ports, caller: Caller, change: LeadChange): Promise<ShownLead> {
  const { leadId } = change;
  return inTransaction(ports, caller, async (scope) => {
    const before = await lockedLead(ports, scope, change);
    const after = changed(before, change);
    const problems = leadProblems(after);
    if (problems.length > 0) throw new InvalidInputError(fieldProblems(problems));
    const fields = differing(before, after);
    if (fields.length === 0) return showLead(ports, scope, leadId);
    if (fields.includes('linkedinUrl')) await readdress(ports, scope, { leadId, after });
    // Whoever corrects an address may have had the wrong person before.
    const memberId = fields.includes('linkedinUrl') ? '' : before.memberId;
    await writeLead(ports, scope, { leadId, after, memberId });
    const at = ports.clock.now();
    await decideOnLead(ports, scope, leadId, { type: 'ChangeLead', data: { leadId, fields, at } });
    return showLead(ports, scope, leadId);
  });
}

async function lockedLead(
  ports: Ports,
  scope: Scope,
  { leadId, expectedVersion }: LeadChange,
): Promise<LeadDetails> {
  const row = await ports.leads.lock(scope, leadId);
  if (row === undefined) throw new NotFoundError('lead', leadId);
  if (expectedVersion !== 0 && expectedVersion !== row.version) {
    throw new DomainError(
      'lead/changed',
      `Expected version ${expectedVersion}, found ${row.version}: read it again and decide again.`,
      { leadId, expectedVersion, version: row.version },
    );
  }
  const [lead] = await openLeads(ports, scope, [row]);
  if (lead === undefined || lead.erased) {
    throw new DomainError('lead/erased', 'This person was erased.', { leadId });
  }
  return lead;
}

const fieldNames = [
  'firstName',
  'lastName',
  'linkedinUrl',
  'companyName',
  'companyWebsite',
  'title',
  'email',
  'timeZone',
  'pickedSource',
  'pickedBecause',
] as const satisfies readonly (keyof NewLead)[];

/** A lead with some fields replaced. */
export function changed(
  before: LeadDetails,
  {
    fields,
    customFields = {},
    removedCustomFields = [],
  }: Pick<LeadChange, 'fields'> & Partial<LeadChange>,
): NewLead {
  const texts = fieldNames.map((name) => [name, (fields[name] ?? before[name]).trim()]);
  const kept = Object.entries({ ...before.customFields, ...customFields });
  const left = kept.filter(([name]) => !removedCustomFields.includes(name));
  return { ...(Object.fromEntries(texts) as NewLead), customFields: Object.fromEntries(left) };
}

/** The names of the fields that are not the same. */
export function differing(before: NewLead, after: NewLead): string[] {
  const texts = fieldNames.filter((name) => before[name] !== after[name]);
  const same = sorted(before.customFields) === sorted(after.customFields);
  return same ? texts : [...texts, 'customFields'];
}

function sorted(fields: Readonly<Record<string, string>>): string {
  return JSON.stringify(
    Object.keys(fields)
      .sort()
      .map((name) => [name, fields[name]]),
  );
}

// Another address of the same person, as after a renamed handle; an address of somebody else is nobody's mistake to keep.
async function readdress(
  ports: Ports,
  scope: Scope,
  { leadId, after }: { leadId: string; after: NewLead },
): Promise<void> {
  const name = ports.names.read(scope.tenantId, after.linkedinUrl);
  if ('problem' in name) {
    throw new InvalidInputError([{ path: '/linkedinUrl', message: name.problem }]);
  }
  const bearers = await ports.persons.bearers(scope, [name.fingerprint]);
  const bearer = bearers.get(name.fingerprint) ?? leadId;
  if (bearer !== leadId) {
    throw new DomainError('lead/other-person', 'Another lead has this address.', {
      leadId: bearer,
    });
  }
  await recognize(ports, scope, { leadId, fingerprints: [name.fingerprint] });
}

import type { PersonFields } from '@overture/event-store';
import { erasedMarker } from '@overture/event-store';
import type { Instant } from '@overture/kernel';
import type { Ports } from './ports.js';
import type { Scope } from './scope.js';
import type { LeadRow } from './tables.js';

/** What somebody tells us about a person. */
export interface NewLead {
  readonly firstName: string;
  readonly lastName: string;
  readonly linkedinUrl: string;
  readonly companyName: string;
  readonly title: string;
  readonly email: string;
  readonly timeZone: string;
  readonly customFields: Readonly<Record<string, string>>;
  /** Where and why this person was picked (S3-14, F056). */
  readonly pickedSource: string;
  readonly pickedBecause: string;
  readonly companyWebsite: string;
}

/** A lead with its personal fields in clear. */
export interface LeadDetails extends NewLead {
  readonly leadId: string;
  readonly erased: boolean;
  readonly createdAt: Instant;
  /** The older lead who proved to be the same person; empty: nobody. */
  readonly duplicateOf: string;
  /** Of these fields. */
  readonly version: number;
  /** The id that LinkedIn never changes, once its profile was read; empty: not known. */
  readonly memberId: string;
  /** When its profile was last read (F050). */
  readonly enrichedAt?: Instant;
}

/** The fields that are sealed; the zone stays clear, planning needs it after an erase too. */
export function personFields(lead: NewLead, memberId = ''): PersonFields {
  const { timeZone: _, customFields, ...fields } = lead;
  const known = memberId === '' ? {} : { memberId };
  return { ...fields, customFields: JSON.stringify(customFields), ...known };
}

/** Opens leads with one statement, whoever and however many they are. */
export async function openLeads(
  { personKeys }: Pick<Ports, 'personKeys'>,
  { tx, tenantId }: Scope,
  rows: readonly LeadRow[],
): Promise<LeadDetails[]> {
  const opened = await personKeys.open(
    tx,
    tenantId,
    rows.map(({ sealed }) => sealed),
  );
  return rows.map((row, index) => detailsOf(row, opened[index] ?? {}));
}

/** For lists that people read. */
export function fullName({ erased, firstName, lastName }: LeadDetails): string {
  return erased ? erasedMarker : `${firstName} ${lastName}`.trim();
}

function detailsOf(row: LeadRow, fields: Record<string, string>): LeadDetails {
  const { leadId, timeZone, createdAt, duplicateOf, version, enrichedAt } = row;
  const erased = fields['linkedinUrl'] === erasedMarker;
  const text = (name: string): string => fields[name] ?? '';
  return {
    leadId,
    firstName: text('firstName'),
    lastName: text('lastName'),
    linkedinUrl: text('linkedinUrl'),
    companyName: text('companyName'),
    title: text('title'),
    email: text('email'),
    timeZone,
    customFields: erased
      ? {}
      : (JSON.parse(text('customFields') || '{}') as Record<string, string>),
    pickedSource: text('pickedSource'),
    pickedBecause: text('pickedBecause'),
    companyWebsite: text('companyWebsite'),
    erased,
    createdAt,
    duplicateOf,
    version,
    memberId: erased ? '' : text('memberId'),
    ...(enrichedAt && { enrichedAt }),
  };
}

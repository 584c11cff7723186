import { DomainError, InvalidInputError, NotFoundError, type Instant } from '@overture/kernel';
import { refuseUncleanLine } from './input.js';
import { newId } from './new-id.js';
import type { Ports } from './ports.js';
import { inTransaction, type Caller, type Scope } from './scope.js';
import { refuseUnfitFilter, type SegmentFilter } from './segment-filter.js';
import type { LeadRow, PageOf, PageWanted } from './tables.js';

/** A filter over the leads of a workspace, by name; asked anew each time (F048). */
export interface SegmentRow {
  readonly segmentId: string;
  readonly name: string;
  readonly filter: SegmentFilter;
  readonly version: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export abstract class Segments {
  /** False when another segment of the workspace has this name already, in whatever capitals. */
  abstract save(scope: Scope, row: SegmentRow): Promise<boolean>;
  /** The row, held until the transaction ends. */
  abstract take(scope: Scope, segmentId: string): Promise<SegmentRow | undefined>;
  abstract find(scope: Scope, segmentId: string): Promise<SegmentRow | undefined>;
  /** By name. */
  abstract list(scope: Scope, wanted: PageWanted): Promise<PageOf<SegmentRow>>;
  abstract remove(scope: Scope, segmentId: string): Promise<SegmentRow | undefined>;
  /** Whom a filter means, in the order of their ids; nobody who is shown as the duplicate of another. */
  abstract leads(scope: Scope, wanted: PageWanted & Keyed): Promise<PageOf<LeadRow>>;
}

/** A filter whose sealed fields are asked by keyed fingerprint. */
export interface Keyed {
  readonly filter: SegmentFilter;
  readonly companies: readonly string[];
  /** For each role the words that must all be in the title. */
  readonly titles: readonly (readonly string[])[];
  readonly industries: readonly string[];
}

const nameLengthMax = 200;

export function createSegment(
  ports: Ports,
  caller: Caller,
  { name, filter }: Pick<SegmentRow, 'name' | 'filter'>,
): Promise<SegmentRow> {
  const at = ports.clock.now();
  const made = { version: 1, createdAt: at, updatedAt: at };
  const row = { segmentId: newId(at), name: name.trim(), filter, ...made };
  refuseUnfit(ports, caller, row);
  return inTransaction(ports, caller, (scope) => saved(ports, scope, row));
}

/** What is absent stays as it is. */
export interface SegmentChange extends Partial<Pick<SegmentRow, 'name' | 'filter'>> {
  readonly segmentId: string;
  /** 0: whatever the version is. */
  readonly expectedVersion: number;
}

export function updateSegment(
  ports: Ports,
  caller: Caller,
  { segmentId, expectedVersion, ...change }: SegmentChange,
): Promise<SegmentRow> {
  return inTransaction(ports, caller, async (scope) => {
    const row = known(await ports.segments.take(scope, segmentId), segmentId);
    if (expectedVersion !== 0 && expectedVersion !== row.version) {
      const values = { segmentId, expectedVersion, version: row.version };
      const message = `Expected version ${expectedVersion}, found ${row.version}: read it again.`;
      throw new DomainError('segment/changed', message, values);
    }
    const changed = { ...row, ...change };
    const named = { ...changed, name: changed.name.trim() };
    refuseUnfit(ports, caller, named);
    return saved(ports, scope, {
      ...named,
      version: row.version + 1,
      updatedAt: ports.clock.now(),
    });
  });
}

export function getSegment(ports: Ports, caller: Caller, segmentId: string): Promise<SegmentRow> {
  return inTransaction(ports, caller, (scope) => findSegment(ports, scope, segmentId));
}

export function listSegments(ports: Ports, caller: Caller, wanted: PageWanted) {
  return inTransaction(ports, caller, (scope) => ports.segments.list(scope, wanted));
}

export function deleteSegment(ports: Ports, caller: Caller, segmentId: string) {
  return inTransaction(ports, caller, async (scope) =>
    known(await ports.segments.remove(scope, segmentId), segmentId),
  );
}

/** A page of whom a segment means now. */
export async function leadsOfSegment(
  ports: Ports,
  scope: Scope,
  { segmentId, ...page }: PageWanted & { segmentId: string },
): Promise<PageOf<LeadRow>> {
  const { filter } = await findSegment(ports, scope, segmentId);
  return ports.segments.leads(scope, { ...page, ...keyed(ports, scope.tenantId, filter) });
}

async function findSegment(ports: Ports, scope: Scope, segmentId: string): Promise<SegmentRow> {
  return known(await ports.segments.find(scope, segmentId), segmentId);
}

function keyed({ names }: Pick<Ports, 'names'>, tenantId: string, filter: SegmentFilter): Keyed {
  return {
    filter,
    companies: filter.companies.map((name) => names.company(tenantId, name)),
    titles: filter.titles.map((title) => names.titleWords(tenantId, title)),
    industries: filter.industries.map((name) => names.industry(tenantId, name)),
  };
}

function refuseUnfit(ports: Ports, { tenantId }: Caller, { name, filter }: SegmentRow): void {
  refuseUncleanLine('/name', name);
  if (name === '' || name.length > nameLengthMax) {
    const message = `Expected 1 to ${nameLengthMax} characters.`;
    throw new InvalidInputError([{ path: '/name', message }]);
  }
  refuseUnfitFilter(filter);
  const { titles, companies, industries } = keyed(ports, tenantId, filter);
  const wordless = { titles, companies, industries };
  for (const [field, values] of Object.entries(wordless)) {
    const index = values.findIndex(({ length }) => length === 0);
    if (index === -1) continue;
    const message = 'There is no word in this.';
    throw new InvalidInputError([{ path: `/filter/${field}/${index}`, message }]);
  }
}

async function saved(ports: Ports, scope: Scope, row: SegmentRow): Promise<SegmentRow> {
  if (await ports.segments.save(scope, row)) return row;
  const { name } = row;
  throw new DomainError('segment/name-taken', `There is a segment "${name}" already.`, { name });
}

function known(row: SegmentRow | undefined, segmentId: string): SegmentRow {
  if (row === undefined) throw new NotFoundError('segment', segmentId);
  return row;
}

import type { Transaction } from '@overture/event-store';
import type { Instant } from '@overture/kernel';
import { conclude, type AttemptNews, type Conclusion, type OpenClaim } from '@overture/planner';
import { claimStream, type ClaimEvent } from '../app/claim-events.js';
import { enrollmentOf } from '../app/timetable.js';
import {
  claimsInFlight,
  claimsSettling,
  endSettling,
  keepSettling,
  landClaims,
  putBack,
  takeClaims,
} from './outcome.sql.js';
import { columns } from './sql.js';
import { writeBreakers } from './write-breakers.js';
import { giveBack, writeLanes } from './write-lanes.js';

/** A claim as this timetable keeps it. */
export interface KeptClaim extends OpenClaim {
  readonly queueId: number;
  readonly leadId: string;
  readonly campaignId: string;
  readonly hasNote: boolean;
  /** The breaker of its identity is open, or was: the next outcome tells. */
  readonly tripped: boolean;
}

export interface Outcome<To extends Conclusion = Conclusion> {
  readonly claim: KeptClaim;
  readonly conclusion: To;
}

export type Closed = Outcome<Extract<Conclusion, { state: 'closed' }>>;

/** Applies what the sender reported to the claims it is about. Their identities must be locked. */
export async function writeOutcomes(
  tx: Transaction,
  tenantId: string,
  { news, at }: { news: readonly AttemptNews[]; at: Instant },
): Promise<void> {
  if (news.length === 0) return;
  const byAction = newsByAction(news);
  const claims = await openClaims(tx, tenantId, byAction);
  const outcomes = claims.flatMap((claim) => outcomeOf(claim, byAction.get(claim.actionId) ?? []));
  await moveClaims(tx, tenantId, outcomes);
  const closed = outcomes.filter(isClosed);
  await writeClosed(tx, tenantId, { closed, at });
  await writeBreakers(tx, tenantId, { closed, at });
}

/** All news about one claim, in order, as one outcome: a batch often brings an attempt from its start to its end. */
function outcomeOf(claim: KeptClaim, news: readonly AttemptNews[]): Outcome[] {
  let conclusion: Conclusion | undefined;
  for (const each of news) {
    conclusion = conclude(claim, each) ?? conclusion;
    if (conclusion?.state === 'closed') break;
  }
  return conclusion === undefined ? [] : [{ claim, conclusion }];
}

async function moveClaims(
  tx: Transaction,
  tenantId: string,
  outcomes: readonly Outcome[],
): Promise<void> {
  const flying = outcomes.filter(({ claim }) => claim.state !== 'settling');
  const run = async (statement: { name: string; text: string }, ids: readonly string[]) => {
    if (ids.length > 0) await tx.query(statement, [tenantId, ids]);
  };
  const identitiesOf = (of: readonly Outcome[]) => of.map(({ claim }) => claim.identityId);
  const to = (state: Conclusion['state']) =>
    flying.filter(({ conclusion }) => conclusion.state === state);
  await run(takeClaims, identitiesOf(to('taken')));
  await run(keepSettling, identitiesOf(to('settling')));
  await run(landClaims, identitiesOf([...to('settling'), ...to('closed')]));
  const settled = outcomes.filter((each) => each.claim.state === 'settling' && isClosed(each));
  await run(
    endSettling,
    settled.map(({ claim }) => claim.actionId),
  );
}

async function writeClosed(
  tx: Transaction,
  tenantId: string,
  { closed, at }: { closed: readonly Closed[]; at: Instant },
): Promise<void> {
  const returned = closed.filter(({ conclusion }) => conclusion.givesBack);
  const companies: (string | null)[] = [];
  for (const { claim } of returned) companies.push(await giveBack(tx, tenantId, claim));
  if (returned.length > 0) {
    const [companyKeys] = columns(companies, (key) => key);
    await tx.query(putBack, [tenantId, ...returnedColumns(returned), at, companyKeys]);
  }
  await writeLanes(tx, tenantId, closed);
  for (const { claim, conclusion } of closed) {
    const stream = claimStream(claim.actionId);
    await tx.append(tenantId, stream, [eventOf(claim, conclusion)], claim.epoch);
  }
}

function isClosed(outcome: Outcome): outcome is Closed {
  return outcome.conclusion.state === 'closed';
}

function eventOf(claim: KeptClaim, { at, outcome, givesBack }: Closed['conclusion']): ClaimEvent {
  const { actionId, epoch, leadId, campaignId, identityId } = claim;
  const enrollment = { enrollmentId: enrollmentOf(actionId), campaignId, leadId, identityId };
  const about = { enrollment, actionId, epoch, at };
  return givesBack
    ? { type: 'ClaimGivenBack', data: { ...about, cause: outcome } }
    : { type: 'ClaimClosed', data: { ...about, outcome } };
}

function returnedColumns(returned: readonly Closed[]): string[] {
  return columns<Closed>(
    returned,
    ({ claim }) => claim.actionId,
    ({ claim }) => claim.identityId,
    ({ claim }) => claim.queueId,
    ({ claim }) => claim.leadId,
    ({ claim, conclusion }) => (claim.dropped ? null : (conclusion.backAt ?? null)),
    ({ claim }) => claim.hasNote,
    ({ claim }) => claim.epoch + 1,
  );
}

function newsByAction(news: readonly AttemptNews[]): Map<string, AttemptNews[]> {
  const byAction = new Map<string, AttemptNews[]>();
  for (const each of news) {
    const known = byAction.get(each.actionId);
    if (known) known.push(each);
    else byAction.set(each.actionId, [each]);
  }
  return byAction;
}

async function openClaims(
  tx: Transaction,
  tenantId: string,
  byAction: ReadonlyMap<string, readonly AttemptNews[]>,
): Promise<KeptClaim[]> {
  const actionIds = [...byAction.keys()];
  const identityIds = [...byAction.values()].map(([first]) => first?.identityId);
  const flying = await tx.query<ClaimRow>(claimsInFlight, [tenantId, actionIds, identityIds]);
  const found = new Set(flying.rows.map(({ action_id }) => action_id));
  const others = actionIds.filter((actionId) => !found.has(actionId));
  if (others.length === 0) return flying.rows.map(fromRow);
  const settling = await tx.query<ClaimRow>(claimsSettling, [tenantId, others]);
  return [...flying.rows, ...settling.rows].map(fromRow);
}

interface ClaimRow {
  readonly action_id: string;
  readonly epoch: number;
  readonly queue_id: number;
  readonly identity_id: string;
  readonly lead_id: string;
  readonly campaign_id: string;
  readonly kind: OpenClaim['kind'];
  readonly due_at: Instant;
  readonly has_note: boolean;
  readonly state: OpenClaim['state'];
  readonly dropped: boolean;
  readonly strikes: number;
  readonly tripped: boolean;
}

function fromRow(row: ClaimRow): KeptClaim {
  const { action_id, queue_id, identity_id, lead_id, campaign_id, due_at, has_note, ...same } = row;
  return {
    ...same,
    actionId: action_id,
    queueId: queue_id,
    identityId: identity_id,
    leadId: lead_id,
    campaignId: campaign_id,
    dueAt: due_at,
    hasNote: has_note,
  };
}

import type { Transaction } from '@overture/event-store';
import type { Instant } from '@overture/kernel';
import { claimStream, type ClaimEvent } from '../app/claim-events.js';
import { conclude, type AttemptNews, type Conclusion, type OpenClaim } from '../app/conclude.js';
import { enrollmentOf } from '../app/timetable.js';
import {
  calmLane,
  closeClaims,
  giveBackUse,
  holdLane,
  liftLaterUses,
  lowerLaterUses,
  moveClaims,
  openClaims,
  refreshLastUses,
} from './outcome.sql.js';
import { kinds } from '../kinds.js';
import { columns } from './sql.js';

type Closed = Extract<Conclusion, { state: 'closed' }>;

interface Outcome {
  readonly claim: OpenClaim;
  readonly conclusion: Conclusion;
}

/** Applies what the sender reported to the claims it is about. Their identities must be locked. */
export async function writeOutcomes(
  tx: Transaction,
  tenantId: string,
  { news, at }: { news: readonly AttemptNews[]; at: Instant },
): Promise<void> {
  if (news.length === 0) return;
  const byAction = newsByAction(news);
  const { rows } = await tx.query<ClaimRow>(openClaims, [tenantId, [...byAction.keys()]]);
  const outcomes = rows
    .map(fromRow)
    .flatMap((claim) => outcomeOf(claim, byAction.get(claim.actionId) ?? []));
  if (outcomes.length === 0) return;
  await tx.query(moveClaims, [tenantId, ...stateColumns(outcomes)]);
  const closed = outcomes.filter(isClosed);
  if (closed.length > 0) await writeClosed(tx, tenantId, { closed, at });
}

async function writeClosed(
  tx: Transaction,
  tenantId: string,
  { closed, at }: { closed: readonly (Outcome & { conclusion: Closed })[]; at: Instant },
): Promise<void> {
  await tx.query(closeClaims, [tenantId, ...closedColumns(closed), at]);
  for (const { claim, conclusion } of closed) {
    if (conclusion.givesBack) await giveBack(tx, tenantId, claim);
  }
  await writeLanes(tx, tenantId, closed);
  for (const { claim, conclusion } of closed) {
    const stream = claimStream(claim.actionId);
    await tx.append(tenantId, stream, [eventOf(claim, conclusion)], claim.epoch);
  }
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

/** All news about one claim, in order, as one outcome: a batch often brings an attempt from its start to its end. */
function outcomeOf(claim: OpenClaim, news: readonly AttemptNews[]): Outcome[] {
  let conclusion: Conclusion | undefined;
  for (const each of news) {
    conclusion = conclude(claim, each) ?? conclusion;
    if (conclusion?.state === 'closed') break;
  }
  return conclusion === undefined ? [] : [{ claim, conclusion }];
}

function isClosed(outcome: Outcome): outcome is Outcome & { conclusion: Closed } {
  return outcome.conclusion.state === 'closed';
}

function eventOf(claim: OpenClaim, { at, outcome, givesBack }: Closed): ClaimEvent {
  const { actionId, epoch, leadId, campaignId, identityId } = claim;
  const enrollment = { enrollmentId: enrollmentOf(actionId), campaignId, leadId, identityId };
  const about = { enrollment, actionId, epoch, at };
  return givesBack
    ? { type: 'ClaimGivenBack', data: { ...about, cause: outcome } }
    : { type: 'ClaimClosed', data: { ...about, outcome } };
}

function stateColumns(outcomes: readonly Outcome[]): unknown[][] {
  return columns<Outcome, unknown>(
    outcomes,
    ({ claim }) => claim.actionId,
    ({ claim }) => claim.identityId,
    ({ conclusion }) => conclusion.state,
  );
}

function closedColumns(closed: readonly (Outcome & { conclusion: Closed })[]): unknown[][] {
  return columns<Outcome & { conclusion: Closed }, unknown>(
    closed,
    ({ claim }) => claim.actionId,
    ({ conclusion }) => conclusion.givesBack,
    ({ conclusion }) => conclusion.backAt ?? null,
  );
}

/** Those behind it move up by one: places in the ledger have no holes. */
async function giveBack(
  tx: Transaction,
  tenantId: string,
  { identityId, kind, actionId }: OpenClaim,
): Promise<void> {
  const lane = [tenantId, identityId, kind];
  const { rows } = await tx.query<{ ordinal: number }>(giveBackUse, [...lane, actionId]);
  const [use] = rows;
  if (use === undefined) return;
  const { rowCount } = await tx.query(liftLaterUses, [...lane, use.ordinal]);
  if (rowCount) await tx.query(lowerLaterUses, lane);
  await tx.query(refreshLastUses, [tenantId, identityId, kinds]);
}

async function writeLanes(
  tx: Transaction,
  tenantId: string,
  closed: readonly (Outcome & { conclusion: Closed })[],
): Promise<void> {
  const news = closed.flatMap(({ claim, conclusion: { lane } }) =>
    lane === undefined || (claim.strikes === 0 && lane.strikes === 0 && lane.hold === undefined)
      ? []
      : [{ claim, ...lane }],
  );
  for (const { claim, strikes, hold } of news) {
    await tx.query(hold === undefined ? calmLane : holdLane, [
      tenantId,
      claim.identityId,
      claim.kind,
      strikes,
      ...(hold === undefined ? [] : [hold.until, hold.cause]),
    ]);
  }
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
  readonly state: OpenClaim['state'];
  readonly dropped: boolean;
  readonly strikes: number;
}

function fromRow(row: ClaimRow): OpenClaim {
  const { action_id, queue_id, identity_id, lead_id, campaign_id, due_at, ...same } = row;
  return {
    ...same,
    actionId: action_id,
    queueId: queue_id,
    identityId: identity_id,
    leadId: lead_id,
    campaignId: campaign_id,
    dueAt: due_at,
  };
}

import { randomUUID } from 'node:crypto';
import { companion } from '@overture/providers';
import { dayMs, plus } from '@overture/kernel';
import { authorise, lookFirst, release, type Cleared, type Refused } from './clear-to-send.js';
import { decideHeld } from './decide-attempt.js';
import type { Job, JobKind, LeasedJob } from './jobs.js';
import { rejection } from './perform-action.js';
import type { SenderDeps } from './sender-deps.js';

// Each refused job goes back with its reason; a poll tries a few, the next poll the others.
const triesMax = 5;
// A browser may sleep over it; after a day without a word a person is asked.
const answerWithinMs = dayMs;

export const actionOf: Readonly<Record<JobKind, companion.CompanionAction>> = {
  connect: 'connection_request',
  message: 'message',
  comment: 'comment',
};
const kinds = Object.keys(actionOf) as readonly JobKind[];

/** A job with everything the browser needs; none of it is kept here. */
export interface HandedJob {
  readonly job: Job;
  readonly prospectUrl: string;
  readonly body: string;
}

export interface ClaimRequest {
  readonly tenantId: string;
  readonly identityId: string;
}

/**
 * The oldest approved job, leased for five minutes (S3-34, S3-36): cap check and lock in one transaction (S3-35), then
 * every rule is asked once more, as before any send (F073). Undefined: nothing to do now.
 */
export async function claimJob(
  deps: SenderDeps,
  request: ClaimRequest,
): Promise<HandedJob | undefined> {
  for (let attempt = 1; attempt <= triesMax; attempt++) {
    const leased = await lease(deps, request);
    if (leased === undefined) return undefined;
    const handed = await handOut(deps, leased);
    if (handed !== undefined) return handed;
  }
  return undefined;
}

function lease(
  { database, jobs, clock }: SenderDeps,
  { tenantId, identityId }: ClaimRequest,
): Promise<LeasedJob | undefined> {
  const now = clock.now();
  return database.tenant(tenantId, async (tx) => {
    const uses = await jobs.usesForClaim(tx, tenantId, plus(now, -companion.capWindowMs));
    const used = new Map(uses.map((use) => [use.kind, use.used]));
    const open = kinds.filter((kind) => companion.canSendNow(actionOf[kind], used.get(kind) ?? 0));
    const lockedUntil = companion.lockUntil(now);
    const wanted = { tenantId, identityId, kinds: open, now, lockedUntil, leaseId: randomUUID() };
    return jobs.lease(tx, wanted);
  });
}

async function handOut(deps: SenderDeps, leased: LeasedJob): Promise<HandedJob | undefined> {
  const cleared = await clear(deps, leased);
  if ('cause' in cleared) {
    await giveBack(deps, leased, cleared);
    return undefined;
  }
  const { job } = leased;
  const { text: body, profileUrl, postUrl } = cleared.action;
  const prospectUrl = job.kind === 'comment' ? postUrl : profileUrl;
  const checked = companion.preflight(actionOf[job.kind], { url: prospectUrl, body });
  if (!checked.ok) {
    await refuse(deps, leased, { cleared, reasons: checked.reasons });
    return undefined;
  }
  return (await begin(deps, leased, cleared)) ? { job, prospectUrl, body } : undefined;
}

async function clear(deps: SenderDeps, { held }: LeasedJob): Promise<Cleared | Refused> {
  const look = await lookFirst(deps, held);
  return 'cause' in look ? look : authorise(deps, held, look);
}

// Handed out once, nobody here knows what became of it: it stays open, and only a result or a person ends it (I10).
async function giveBack(deps: SenderDeps, { job, held }: LeasedJob, refused: Refused) {
  if (held.status === 'reserved') {
    await deps.database.tenant(job.tenantId, (tx) => deps.jobs.expire(tx, job.tenantId, job.jobId));
    return release(deps, held, refused);
  }
  await deps.database.tenant(job.tenantId, async (tx) => {
    await deps.jobs.unlock(tx, job);
    await deps.attempts.postpone(tx, held, job.expiresAt);
  });
}

/** The last write before the browser acts: only who gets the event back hands the job out (I1). */
async function begin(deps: SenderDeps, { job, held }: LeasedJob, cleared: Cleared) {
  const at = deps.clock.now();
  const until = plus(at, answerWithinMs);
  const trace = deps.linkedIn.traceOf(held.tenantId, cleared.action);
  const data = { epoch: held.attempt.epoch, textSha256: trace.textSha256, at };
  const events = await decideHeld(
    deps,
    held,
    { type: 'StartAttempt', data },
    {
      before: (tx) => deps.attempts.trace(tx, held, trace),
      after: async (tx) => {
        await deps.jobs.handedOut(tx, job, { at, expiresAt: until });
        await deps.attempts.postpone(tx, held, until);
      },
    },
  );
  return events !== undefined && (events.length > 0 || held.status === 'started');
}

async function refuse(
  deps: SenderDeps,
  leased: LeasedJob,
  { cleared, reasons }: { cleared: Cleared; reasons: readonly string[] },
): Promise<void> {
  if (!(await begin(deps, leased, cleared))) return;
  const { job } = leased;
  const at = deps.clock.now();
  const detail = reasons.join(' ');
  const data = { status: 'failed', at, resultUrl: null, errorMessage: detail } as const;
  await decideHeld(
    deps,
    leased.held,
    rejection(job.epoch, { label: 'INVALID_INPUT', detail }, at),
    { before: (tx) => deps.jobs.report(tx, job, data) },
  );
}

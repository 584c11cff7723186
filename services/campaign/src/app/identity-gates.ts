import type { Instant } from '@overture/kernel';
import { authPauseId } from '@overture/domain-campaign';
import type { Ports } from './ports.js';
import type { Scope } from './scope.js';
import type { Gate } from './tables.js';

interface LoginFact {
  readonly identityId: string;
  /** Grows with every login: a late word about an older one changes nothing. */
  readonly generation: number;
}

/**
 * The login is lost: its gate closes first, one row, so no intent can be recorded from here on; then the history of each
 * lead is written in batches (F097, S4-22). Repeated and late signals find nothing to do.
 */
export async function loseLogin(ports: Ports, scope: Scope, { identityId, generation }: LoginFact) {
  const gate = await ports.gates.lock(scope, { kind: 'login', gateId: identityId });
  const news = generation > gate.epoch || (generation === gate.epoch && gate.open);
  if (!news) return;
  const closed = { ...gate, open: false, cause: authExpired, epoch: generation };
  await shut(ports, scope, closed, authPauseId(identityId, generation));
}

/** The same leads go on where they stood; the resume names the pause it ends (S4-53, I8). */
export async function restoreLogin(
  ports: Ports,
  scope: Scope,
  { identityId, generation }: LoginFact,
) {
  const gate = await ports.gates.lock(scope, { kind: 'login', gateId: identityId });
  if (generation <= gate.epoch) return;
  const opened = { ...gate, open: true, cause: '', epoch: generation };
  await reopen(ports, scope, { before: gate, opened }, authPauseId(identityId, gate.epoch));
}

/** A person, or a breaker, pauses what an identity does; a lost login is another matter and another gate. */
export async function pauseIdentity(
  ports: Ports,
  scope: Scope,
  { identityId, cause }: { identityId: string; cause: string },
) {
  const gate = await ports.gates.lock(scope, { kind: 'identity', gateId: identityId });
  if (!gate.open) return;
  const epoch = gate.epoch + 1;
  await shut(ports, scope, { ...gate, open: false, cause, epoch }, pauseIdOf(identityId, epoch));
}

export async function resumeIdentity(
  ports: Ports,
  scope: Scope,
  { identityId }: { identityId: string },
) {
  const gate = await ports.gates.lock(scope, { kind: 'identity', gateId: identityId });
  const opened = { ...gate, open: true, cause: '' };
  await reopen(ports, scope, { before: gate, opened }, pauseIdOf(identityId, gate.epoch));
}

const authExpired = 'auth_expired';

function pauseIdOf(identityId: string, epoch: number): string {
  return `identity-${identityId}-${epoch}`;
}

async function shut(ports: Ports, scope: Scope, gate: Gate, pauseId: string): Promise<void> {
  await ports.gates.set(scope, gate);
  await tellLeads(ports, scope, { kind: 'pause', gate, pauseId, at: ports.clock.now() });
}

async function reopen(
  ports: Ports,
  scope: Scope,
  { before, opened }: { before: Gate; opened: Gate },
  pauseId: string,
): Promise<void> {
  await ports.gates.set(scope, opened);
  if (before.open) return;
  await ports.searches.release(scope, opened.gateId, ports.clock.now());
  await ports.enrichments.release(scope, opened.gateId, ports.clock.now());
  await tellLeads(ports, scope, { kind: 'resume', gate: opened, pauseId, at: ports.clock.now() });
  scope.tx.afterCommit(() => {
    ports.work.wake('start');
    ports.work.wake('search');
    ports.work.wake('enrichment');
  });
}

async function tellLeads(
  { fanOuts, work }: Ports,
  scope: Scope,
  {
    kind,
    gate,
    pauseId,
    at,
  }: { kind: 'pause' | 'resume'; gate: Gate; pauseId: string; at: Instant },
): Promise<void> {
  const { gateId: identityId, cause } = gate;
  const { meta } = scope;
  await fanOuts.open(scope, { kind, identityId, pauseId, cause, meta, createdAt: at });
  scope.tx.afterCommit(() => work.wake('fan-out'));
}

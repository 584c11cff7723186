import { plus, type Instant } from '@overture/kernel';
import type { Transaction } from '@overture/event-store';
import type { DeliveryResult, EndpointKey } from '../app/ports.js';
import { breakerMs, isHopeless } from '../app/retry-policy.js';

interface HealthRow {
  readonly failures: number;
  readonly failingSince: Instant | null;
}

/** What a batch of answers says about the endpoints behind it: success heals, failure in a row opens the breaker. */
export async function recordHealth(
  tx: Transaction,
  results: readonly DeliveryResult[],
): Promise<void> {
  for (const of of endpointsOf(results)) {
    const own = results.filter(({ delivery }) => delivery.endpointId === of.endpointId);
    await recordOne(tx, of, own);
  }
}

async function recordOne(
  tx: Transaction,
  of: EndpointKey,
  results: readonly DeliveryResult[],
): Promise<void> {
  const { rows } = await tx.query<HealthRow>(
    `select failures, failing_since as "failingSince" from endpoints
     where tenant_id = $1 and endpoint_id = $2 for update`,
    [of.tenantId, of.endpointId],
  );
  if (!rows[0]) return;
  const health = results.reduce(after, { ...rows[0], openUntil: null, gone: false });
  const last = results.at(-1)?.at as Instant;
  const hopeless = isHopeless(health.failingSince, last);
  if (health.gone || hopeless) {
    await disable(
      tx,
      of,
      health.gone ? 'it answered 410 Gone' : 'nothing got through for five days',
      last,
    );
    return;
  }
  await tx.query(
    `update endpoints set failures = $3, failing_since = $4, open_until = $5
     where tenant_id = $1 and endpoint_id = $2`,
    [of.tenantId, of.endpointId, health.failures, health.failingSince, health.openUntil],
  );
}

interface Health extends HealthRow {
  readonly openUntil: Instant | null;
  readonly gone: boolean;
}

function after(health: Health, { answer, at }: DeliveryResult): Health {
  if (answer.errorClass === '')
    return { failures: 0, failingSince: null, openUntil: null, gone: false };
  const failures = health.failures + 1;
  const pauseMs = breakerMs(failures, answer);
  return {
    failures,
    failingSince: health.failingSince ?? at,
    openUntil: pauseMs > 0 ? plus(at, pauseMs) : health.openUntil,
    gone: answer.statusCode === 410,
  };
}

/** Switched off with its reason, and said so as a fact. */
async function disable(
  tx: Transaction,
  of: EndpointKey,
  cause: string,
  at: Instant,
): Promise<void> {
  const { rowCount } = await tx.query(
    `update endpoints set status = 'disabled', disabled_because = $3, open_until = null
     where tenant_id = $1 and endpoint_id = $2 and status = 'enabled'`,
    [of.tenantId, of.endpointId, cause],
  );
  if (rowCount !== 1) return;
  const streamId = `endpoint-${of.endpointId}`;
  const { version } = await tx.read(of.tenantId, streamId);
  const data = { endpointId: of.endpointId, cause, at };
  await tx.append(of.tenantId, streamId, [{ type: 'EndpointDisabled', data }], version);
}

function endpointsOf(results: readonly DeliveryResult[]): EndpointKey[] {
  const byId = new Map(results.map(({ delivery }) => [delivery.endpointId, delivery]));
  // One order for everybody who locks several.
  return [...byId.values()].sort((a, b) => (a.endpointId < b.endpointId ? -1 : 1));
}

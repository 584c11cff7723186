import type { StreamEvent } from '@overture/event-store';
import {
  enrollmentStream,
  explainEnrollment,
  tellEvent,
  type ClosedGate,
  type EnrollmentEvent,
  type Explanation,
} from '@overture/domain-campaign';
import { NotFoundError } from '@overture/kernel';
import { gatesOf } from './campaigns.js';
import { emptyView, evolveView } from './enrollment-view.js';
import type { EnrollmentRow } from './enrollment-view.js';
import type { Ports } from './ports.js';
import { inTransaction, type Caller, type Scope } from './scope.js';
import type { GateName } from './tables.js';

/** One event that led to where a lead stands. */
export interface Cause {
  readonly eventId: string;
  readonly version: number;
  readonly type: string;
  readonly at: string;
  readonly what: string;
  readonly actor: string;
  readonly causationId: string;
  /** The actions it is about. */
  readonly actionIds: readonly string[];
}

export interface ExplainedEnrollment extends Explanation {
  readonly enrollmentId: string;
  readonly campaignId: string;
  readonly leadId: string;
  readonly identityId: string;
  readonly causes: readonly Cause[];
}

/** Why a lead stands where it stands, in everything it is enrolled in (M1, F055). */
export function explainLead(
  ports: Ports,
  caller: Caller,
  leadId: string,
): Promise<readonly ExplainedEnrollment[]> {
  return inTransaction(ports, caller, async (scope) => {
    const [lead] = await ports.leads.find(scope, [leadId]);
    if (lead === undefined) throw new NotFoundError('lead', leadId);
    return explain(ports, scope, await ports.enrollments.ofLeads(scope, [leadId]));
  });
}

export function explainOne(
  ports: Ports,
  caller: Caller,
  enrollmentId: string,
): Promise<ExplainedEnrollment> {
  return inTransaction(ports, caller, async (scope) => {
    const row = await ports.enrollments.find(scope, enrollmentId);
    const [explained] = await explain(ports, scope, row === undefined ? [] : [row]);
    if (explained === undefined) throw new NotFoundError('enrollment', enrollmentId);
    return explained;
  });
}

// From the log, never from a read model: whoever asks later gets the answer of the same events.
async function explain(
  ports: Ports,
  scope: Scope,
  rows: readonly EnrollmentRow[],
): Promise<ExplainedEnrollment[]> {
  const streams = rows.map(({ enrollmentId }) => enrollmentStream(enrollmentId));
  const read = await scope.tx.readMany<EnrollmentEvent>(scope.tenantId, streams);
  const gatesFor = await closedGates(ports, scope, rows);
  return rows.map((row, index) => {
    const { enrollmentId, campaignId, leadId, identityId } = row;
    const events = read[index]?.events ?? [];
    const { state } = events.reduce(evolveView, emptyView);
    return {
      ...explainEnrollment(state, gatesFor(row)),
      enrollmentId,
      campaignId,
      leadId,
      identityId,
      causes: events.map(causeOf),
    };
  });
}

type Placed = Pick<EnrollmentRow, 'campaignId' | 'identityId'>;

/** One question for all that a lead is enrolled in. */
async function closedGates(
  { gates }: Pick<Ports, 'gates'>,
  scope: Scope,
  rows: readonly Placed[],
): Promise<(row: Placed) => ClosedGate[]> {
  const namesOf = ({ campaignId, identityId }: Placed) =>
    gatesOf(scope, { campaignId, identityIds: [identityId] });
  const closed = await gates.closed(scope, rows.flatMap(namesOf));
  return (row) => {
    const own = new Set(namesOf(row).map(keyOf));
    return closed
      .filter((gate) => own.has(keyOf(gate)))
      .map(({ kind, cause }) => ({ kind, cause }));
  };
}

function keyOf({ kind, gateId }: GateName): string {
  return `${kind} ${gateId}`;
}

function causeOf(event: StreamEvent<EnrollmentEvent>): Cause {
  const { id, version, type, data, meta } = event;
  return {
    eventId: id,
    version,
    type,
    at: data.at,
    what: tellEvent(event),
    actor: meta.actor ?? '',
    causationId: meta.causationId ?? '',
    actionIds: actionsOf(data),
  };
}

function actionsOf(data: EnrollmentEvent['data']): string[] {
  if ('actionId' in data) return [data.actionId];
  return 'steps' in data ? data.steps.map(({ actionId }) => actionId) : [];
}

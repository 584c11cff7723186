import { DomainError } from '@overture/kernel';
import type { StreamEvent } from '@overture/event-store';
import {
  enrollment,
  enrollmentStream,
  type EnrollmentCommand,
  type EnrollmentEvent,
} from '@overture/domain-campaign';
import type { ActionRow } from './action-row.js';
import { emptyView, evolveView, rowOf, type EnrollmentView } from './enrollment-view.js';
import type { ChangedEnrollment } from './enrollments.js';
import { keepDrafts, type DraftPorts } from './keep-drafts.js';
import type { Ports } from './ports.js';
import type { Scope } from './scope.js';
import { noteColleagues } from './note-colleagues.js';

export interface EnrollmentDecision {
  readonly enrollmentId: string;
  readonly command: EnrollmentCommand;
  /** As read in this transaction, where it was looked at already. */
  readonly view?: EnrollmentView;
}

/** One enrollment after a decision; `refusal` when a rule said no and `refused: 'collect'` was asked. */
export interface Decided {
  readonly enrollmentId: string;
  readonly view: EnrollmentView;
  readonly events: readonly StreamEvent<EnrollmentEvent>[];
  readonly refusal?: DomainError;
}

interface Options {
  /** The streams are new: nothing is read. */
  readonly fresh?: boolean;
  /** A refusal of one enrollment leaves the others alone. */
  readonly refused?: 'throw' | 'collect';
}

/**
 * The one way in which enrollments change: decides on their streams, appends, and writes the read models in the same
 * transaction. One statement reads, one writes events, two write rows, however many enrollments there are.
 */
export async function decideEnrollments(
  ports: DraftPorts & Pick<Ports, 'work' | 'clock' | 'colleagueStops'>,
  scope: Scope,
  decisions: readonly EnrollmentDecision[],
  options: Options = {},
): Promise<Decided[]> {
  if (decisions.length === 0) return [];
  const views = await readViews(scope, decisions, options);
  const decided: Decided[] = [];
  for (const [index, decision] of decisions.entries()) {
    decided.push(await decideOne(scope, decision, views[index] ?? emptyView, options));
  }
  ports.enrollments.save(scope, changes(decided, views));
  await keepDrafts(ports, scope, decided);
  await noteColleagues(ports, scope, decided);
  announce(ports, scope, decided);
  return decided;
}

/** The enrollments as their streams tell them, for whoever decides on them in this transaction. */
export async function viewEnrollment(scope: Scope, enrollmentId: string): Promise<EnrollmentView> {
  const [view] = await readViews(scope, [{ enrollmentId }], {});
  return view ?? emptyView;
}

/** The same of many, in the order asked: one statement reads them. */
export function viewEnrollments(
  scope: Scope,
  enrollmentIds: readonly string[],
): Promise<EnrollmentView[]> {
  return readViews(
    scope,
    enrollmentIds.map((enrollmentId) => ({ enrollmentId })),
    {},
  );
}

async function readViews(
  scope: Scope,
  decisions: readonly { enrollmentId: string; view?: EnrollmentView }[],
  { fresh = false }: Options,
): Promise<EnrollmentView[]> {
  if (fresh) return decisions.map(() => emptyView);
  const unread = decisions.filter(({ view }) => view === undefined);
  const streams = await scope.tx.readMany<EnrollmentEvent>(
    scope.tenantId,
    unread.map(({ enrollmentId }) => enrollmentStream(enrollmentId)),
  );
  const views = streams.map(({ events }) => events.reduce(evolveView, emptyView)).values();
  return decisions.map(({ view }) => view ?? views.next().value ?? emptyView);
}

async function decideOne(
  scope: Scope,
  { enrollmentId, command }: EnrollmentDecision,
  view: EnrollmentView,
  { refused = 'throw' }: Options,
): Promise<Decided> {
  try {
    const facts = enrollment.decide(command, view.state);
    const events = await append(scope, enrollmentId, facts, view);
    return { enrollmentId, view: events.reduce(evolveView, view), events };
  } catch (error) {
    if (refused === 'throw' || !(error instanceof DomainError)) throw error;
    return { enrollmentId, view, events: [], refusal: error };
  }
}

async function append(
  { tx, tenantId, meta }: Scope,
  enrollmentId: string,
  facts: readonly EnrollmentEvent[],
  view: EnrollmentView,
): Promise<StreamEvent<EnrollmentEvent>[]> {
  if (facts.length === 0) return [];
  const events = facts.map((fact) => ({ ...withRef(fact, view), meta }));
  const recorded = await tx.append(tenantId, enrollmentStream(enrollmentId), events, view.version);
  return recorded as StreamEvent<EnrollmentEvent>[];
}

// Stored with every event, so that a relay can say whom it is about without reading the stream.
function withRef(fact: EnrollmentEvent, { state }: EnrollmentView): { type: string; data: object } {
  if (state.status === 'new') return fact;
  const { enrollmentId, campaignId, leadId, identityId } = state;
  const enrollment = { enrollmentId, campaignId, leadId, identityId };
  return { type: fact.type, data: { ...fact.data, enrollment } };
}

function changes(decided: readonly Decided[], before: readonly EnrollmentView[]) {
  const changed: ChangedEnrollment[] = [];
  decided.forEach(({ view, events }, index) => {
    const row = rowOf(view);
    if (events.length === 0 || row === undefined) return;
    changed.push({ row, actions: changedActions(before[index] ?? emptyView, view) });
  });
  return changed;
}

function changedActions(before: EnrollmentView, after: EnrollmentView): ActionRow[] {
  return [...after.actions.values()].filter((row) => before.actions.get(row.actionId) !== row);
}

function announce({ work }: Pick<Ports, 'work'>, { tx }: Scope, decided: readonly Decided[]): void {
  const changed = decided.filter(({ events }) => events.length > 0).map(({ view }) => view);
  if (changed.some(({ endedAt }) => endedAt !== undefined))
    tx.afterCommit(() => work.wake('finish'));
  if (changed.some((view) => rowOf(view)?.deadlineAt)) tx.afterCommit(() => work.wake('deadline'));
}

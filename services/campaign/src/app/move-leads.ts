import { DomainError, InvalidInputError } from '@overture/kernel';
import type { EnrollmentCommand, Planning, Sequence } from '@overture/domain-campaign';
import { actorOf } from './actor.js';
import { decideEnrollments, viewEnrollment, type Decided } from './decide-enrollments.js';
import { planningOf } from './planning.js';
import { findCampaign } from './decide-campaign.js';
import { label } from './input.js';
import { lacksAfterMove, landingOf, type ShownLanding, type Versions } from './landings.js';
import { newId } from './new-id.js';
import type { Ports } from './ports.js';
import { inTransaction, type Caller, type Scope } from './scope.js';

export interface MoveWanted {
  readonly campaignId: string;
  readonly fromVersion: number;
  /** 0: the newest. */
  readonly toVersion: number;
  /** Empty: everybody under way on that version. */
  readonly leadIds: readonly string[];
  readonly reason: string;
}

export interface MoveReport {
  readonly moveId: string;
  readonly moved: number;
  readonly refused: readonly ShownLanding[];
}

/** Leads looked at or moved in one transaction. */
const batchMax = 200;

/** Where each lead would land; the same function decides when they are moved (M10, P16). */
export async function previewMoves(
  ports: Ports,
  caller: Caller,
  wanted: MoveWanted,
): Promise<{ from: number; to: number; landings: ShownLanding[] }> {
  const versions = await versionsOf(ports, caller, wanted);
  const { from, to } = versions;
  const batches = await eachBatch(ports, caller, wanted, async (scope, ids) => {
    const plans = await planningOf(ports, scope, ids, { fields: 'always' });
    const landings: ShownLanding[] = [];
    for (const enrollmentId of ids) {
      const { state } = await viewEnrollment(scope, enrollmentId);
      const fields = plans.get(enrollmentId)?.fields;
      landings.push({ enrollmentId, ...landingOf(state, versions, fields) });
    }
    return landings;
  });
  return { from: from.version, to: to.version, landings: batches.flat() };
}

/** Moves them, each in its own right: who cannot be moved now is left where it stands, with the reason (F016). */
export async function moveLeads(
  ports: Ports,
  caller: Caller,
  wanted: MoveWanted,
): Promise<MoveReport> {
  const { from, to } = await versionsOf(ports, caller, wanted);
  const moveId = newId(ports.clock.now());
  const said = { moveId, reason: label(wanted.reason), by: actorOf(caller) };
  return changeAll(ports, caller, { wanted, moveId }, (planning, at, state) => {
    const because = lacksAfterMove(state, { from, to }, planning.fields);
    if (because !== '') return new DomainError('move/missing-field', because, { because });
    return {
      type: 'MoveToVersion',
      data: { ...said, from, planning: { ...planning, sequence: to }, at },
    };
  });
}

/** Brings back exactly the plans from before; who has gone on since stays where it went. */
export async function undoMove(
  ports: Ports,
  caller: Caller,
  wanted: { campaignId: string; moveId: string; reason: string },
): Promise<MoveReport> {
  const { campaignId, moveId } = wanted;
  const said = { moveId, reason: label(wanted.reason), by: actorOf(caller) };
  const everybody = { campaignId, fromVersion: 0, toVersion: 0, leadIds: [], reason: '' };
  const sequences = await inTransaction(ports, caller, async (scope) => {
    await findCampaign(ports, scope, campaignId);
    return ports.campaigns.versions(scope, campaignId);
  });
  const before = (version: number | undefined): Sequence | undefined =>
    sequences.find(({ sequence }) => sequence.version === version)?.sequence;
  return changeAll(ports, caller, { wanted: everybody, moveId }, (planning, at, state) => {
    if (state.status === 'new' || state.beforeMove?.moveId !== moveId) return undefined;
    const sequence = before(state.beforeMove.sequenceVersion) ?? planning.sequence;
    return { type: 'UndoMove', data: { ...said, planning: { ...planning, sequence }, at } };
  });
}

type CommandFor = (
  planning: Planning,
  at: ReturnType<Ports['clock']['now']>,
  state: Decided['view']['state'],
) => EnrollmentCommand | DomainError | undefined;

async function changeAll(
  ports: Ports,
  caller: Caller,
  { wanted, moveId }: { wanted: MoveWanted; moveId: string },
  commandFor: CommandFor,
): Promise<MoveReport> {
  const batches = await eachBatch(ports, caller, wanted, async (scope, ids) => {
    const at = ports.clock.now();
    const plans = await planningOf(ports, scope, ids, { fields: 'always' });
    const all: Decided[] = [];
    for (const enrollmentId of ids) {
      const view = await viewEnrollment(scope, enrollmentId);
      const planning = plans.get(enrollmentId);
      const command = planning && commandFor(planning, at, view.state);
      if (command === undefined) continue;
      if (command instanceof DomainError) {
        all.push({ enrollmentId, view, events: [], refusal: command });
        continue;
      }
      const decision = { enrollmentId, command, view };
      all.push(...(await decideEnrollments(ports, scope, [decision], { refused: 'collect' })));
    }
    return all;
  });
  const decided = batches.flat();
  const refused = decided.flatMap((each) => (each.refusal ? [refusalOf(each, each.refusal)] : []));
  return { moveId, moved: decided.filter(({ events }) => events.length > 0).length, refused };
}

function refusalOf({ enrollmentId, view }: Decided, { code, values }: DomainError): ShownLanding {
  const leadId = view.state.status === 'new' ? '' : view.state.leadId;
  const because = typeof values['because'] === 'string' ? values['because'] : code;
  return { leadId, enrollmentId, lands: 'nowhere', stepId: '', because };
}

// One transaction for each batch: a thousand leads are moved without holding up anybody.
async function eachBatch<T>(
  ports: Ports,
  caller: Caller,
  { campaignId, fromVersion, leadIds }: MoveWanted,
  work: (scope: Scope, enrollmentIds: readonly string[]) => Promise<T>,
): Promise<T[]> {
  const done: T[] = [];
  let afterId = '';
  for (;;) {
    const page = { campaignId, version: fromVersion, leadIds, afterId, limit: batchMax };
    const batch = await inTransaction(ports, caller, async (scope) => {
      const ids = await ports.enrollments.following(scope, page);
      return { last: ids.at(-1), result: await work(scope, ids) };
    });
    done.push(batch.result);
    if (batch.last === undefined) return done;
    afterId = batch.last;
  }
}

function versionsOf(ports: Ports, caller: Caller, wanted: MoveWanted): Promise<Versions> {
  return inTransaction(ports, caller, async (scope) => {
    const row = await findCampaign(ports, scope, wanted.campaignId);
    const versions = await ports.campaigns.versions(scope, wanted.campaignId);
    const pick = (version: number, path: string): Sequence => {
      const found = versions.find(({ sequence }) => sequence.version === version);
      if (found !== undefined) return found.sequence;
      throw new InvalidInputError([{ path, message: `There is no version ${version}.` }]);
    };
    return {
      from: pick(wanted.fromVersion, '/fromVersion'),
      to: pick(wanted.toVersion || row.sequenceVersion, '/toVersion'),
    };
  });
}

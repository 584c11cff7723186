import { dayMs, msBetween } from '@overture/kernel';
import type { Action, DraftOpened, EnrollmentEvent, RenderedStep } from '@overture/domain-campaign';
import type { Decided } from './decide-enrollments.js';
import type { DraftRow } from './draft-texts.js';
import { openLeads } from './lead-details.js';
import type { Ports } from './ports.js';
import { renderFor, renderOrSay } from './render-draft.js';
import type { Scope } from './scope.js';

export type DraftPorts = Pick<Ports, 'drafts' | 'intents' | 'personKeys' | 'enrollments'>;

/** Keeps the words of drafts in step with what was just decided: written when opened, closed when over (S3-18). */
export async function keepDrafts(
  ports: DraftPorts,
  scope: Scope,
  decided: readonly Decided[],
): Promise<void> {
  const over = decided.flatMap(closedDrafts);
  await ports.drafts.close(scope, over);
  const rows: DraftRow[] = [];
  for (const each of decided) {
    if (each.events.some(({ type }) => type === 'EnrollmentMoved')) {
      await ports.enrollments.settle(scope);
    }
    for (const event of each.events) rows.push(...(await rowFor(ports, scope, each, event)));
  }
  if (rows.length > 0) await ports.drafts.save(scope, rows);
}

const closing: ReadonlySet<string> = new Set([
  'DraftSkipped',
  'DraftExpired',
  'ActionDropped',
  'ActionSucceeded',
]);

function closedDrafts({ view: { state }, events }: Decided): string[] {
  if (state.status === 'new') return [];
  const drafts = Object.values(state.actions).filter((action) => action.expiresAt !== undefined);
  return events.flatMap((event) => {
    if (!('actionId' in event.data)) return [];
    const { actionId } = event.data;
    if (closing.has(event.type)) return drafts.some(isOf(actionId)) ? [actionId] : [];
    if (event.type !== 'DraftOpened') return [];
    // Whatever became of the earlier ones of this step, the new one takes their place.
    const { stepId } = state.actions[actionId] ?? {};
    const others = drafts.filter((each) => each.stepId === stepId && each.actionId !== actionId);
    return others.map((each) => each.actionId);
  });
}

const isOf = (actionId: string) => (action: Action) => action.actionId === actionId;

async function rowFor(
  ports: DraftPorts,
  scope: Scope,
  decided: Decided,
  { type, data }: EnrollmentEvent,
): Promise<DraftRow[]> {
  if (type === 'ActionPlanned' && data.restores !== undefined) {
    return again(ports, scope, data.restores, data.actionId);
  }
  if (type !== 'DraftOpened') return [];
  const { restores } = data;
  const restored = restores === undefined ? [] : await again(ports, scope, restores, data.actionId);
  return restored.length > 0 ? restored : fresh(ports, scope, decided, data);
}

// A plan that is brought back has the words it had, edited or not.
async function again(
  { drafts }: DraftPorts,
  scope: Scope,
  restores: string,
  actionId: string,
): Promise<DraftRow[]> {
  const before = await drafts.find(scope, restores);
  return before === undefined ? [] : [{ ...before, actionId, open: true }];
}

async function fresh(
  ports: DraftPorts,
  scope: Scope,
  { enrollmentId, view }: Decided,
  data: DraftOpened['data'],
): Promise<DraftRow[]> {
  const facts = await ports.intents.facts(scope, enrollmentId);
  const { state, enrolledAt = data.at } = view;
  if (facts === undefined || state.status === 'new') return [];
  const [lead] = await openLeads(ports, scope, [facts.lead]);
  if (lead === undefined) return [];
  const action = { step: data.step, plan: data };
  const { rendered, problem } = renderOrSay(() =>
    renderFor(facts.steps, action, { lead, tier: facts.tier }),
  );
  const sealed = await sealDraft(ports, scope, state.leadId, rendered);
  const { actionId, kind, stepId = `s${data.step + 1}` } = data;
  const { campaignId, leadId } = state;
  const dayOffset = Math.floor(msBetween(enrolledAt, data.notBefore) / dayMs);
  const ids = { actionId, enrollmentId, campaignId, leadId };
  return [{ ...ids, kind, stepId, dayOffset, sealed, problem, open: true }];
}

export async function sealDraft(
  { personKeys }: Pick<Ports, 'personKeys'>,
  { tx, tenantId }: Scope,
  personId: string,
  { text, subject, postUrl }: RenderedStep,
): Promise<DraftRow['sealed']> {
  const fields = { text, subject, postUrl };
  const [sealed] = await personKeys.seal(tx, tenantId, [{ personId, fields }]);
  return sealed as DraftRow['sealed'];
}

/** The words of drafts, in clear. */
export async function openDrafts(
  { personKeys }: Pick<Ports, 'personKeys'>,
  { tx, tenantId }: Scope,
  rows: readonly Pick<DraftRow, 'sealed'>[],
): Promise<RenderedStep[]> {
  const opened = await personKeys.open(
    tx,
    tenantId,
    rows.map(({ sealed }) => sealed),
  );
  return opened.map(({ text = '', subject = '', postUrl = '' }) => ({ text, subject, postUrl }));
}

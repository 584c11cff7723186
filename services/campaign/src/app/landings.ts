import {
  placeOf,
  previewMove,
  textsFor,
  type Enrollment,
  type FieldValues,
  type LeadText,
  type Sequence,
} from '@overture/domain-campaign';
import { lackingFields } from './texts-of.js';

export interface ShownLanding {
  readonly leadId: string;
  readonly enrollmentId: string;
  readonly lands: string;
  readonly stepId: string;
  readonly because: string;
}

export interface Versions {
  readonly from: Sequence;
  readonly to: Sequence;
}

/** Where a lead would land, or why it stays where it stands. */
export function landingOf(
  state: Enrollment,
  versions: Versions,
  fields: FieldValues | undefined,
): Omit<ShownLanding, 'enrollmentId'> {
  const { from, to } = versions;
  const leadId = state.status === 'new' ? '' : state.leadId;
  const lacks = lacksAfterMove(state, versions, fields);
  const nowhere = { leadId, lands: 'nowhere', stepId: '' };
  if (lacks !== '') return { ...nowhere, because: lacks };
  const landing = previewMove(state, from, to);
  if (landing.lands === 'nowhere') return { ...nowhere, because: landing.because };
  const stepId = landing.lands === 'start' ? '' : landing.stepId;
  return { leadId, lands: landing.lands, stepId, because: '' };
}

/**
 * Why a move would leave this lead without words; empty: it would not. A lead that a new version has nothing to say to
 * stays on the one it has, as a campaign that lacks a field does not begin (F063).
 */
export function lacksAfterMove(
  state: Enrollment,
  versions: Versions,
  values: FieldValues | undefined,
): string {
  const missing = lackingFields(textsAfterMove(state, versions, values));
  return missing.length === 0 ? '' : `text/missing-field: ${missing.join(', ')}`;
}

/** What a version still has to say to a lead who is moved to it, from where it would land; nothing to whom nobody can move. */
export function textsAfterMove(
  state: Enrollment,
  { from, to }: Versions,
  values: FieldValues | undefined,
): readonly LeadText[] {
  if (state.status === 'new' || values === undefined) return [];
  const landing = previewMove(state, from, to);
  if (landing.lands === 'nowhere') return [];
  const start = landing.lands === 'start' ? 0 : (placeOf(to.steps, landing.stepId) ?? 0);
  const { campaignId, leadId } = state;
  return textsFor(to.steps, { campaignId, leadId, values }, start);
}

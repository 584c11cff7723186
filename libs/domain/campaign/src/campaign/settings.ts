import { InvalidInputError, type FieldProblem, type Instant } from '@overture/kernel';
import { actionKinds, type ActionKind } from '@overture/policy';
import { canonical } from './canonical.js';
import { companyProblems, type CompanySettings } from './company-settings.js';
import type { CampaignEvent } from './events.js';
import type { CreatedCampaign } from './state.js';

/** What a campaign may be told beside its sequence and its schedule. */
export interface CampaignSettings {
  /** At most so many of a kind in 24 hours, for each identity; the lowest of all caps counts (F025). */
  readonly dailyCaps?: Readonly<Partial<Record<ActionKind, number>>>;
  /** The same on one day of the identity's own calendar, on top of the 24 hours (P27). */
  readonly calendarDayCaps?: Readonly<Partial<Record<ActionKind, number>>>;
  /** What goes first when both wait; absent: follow-ups (F020). */
  readonly first?: 'follow_ups' | 'new_leads';
  readonly company?: CompanySettings;
  /** What an invitation does once the month's notes are used up; absent: it goes without one (F027, P20). */
  readonly whenNotesUsedUp?: 'send_without' | 'wait';
}

/** What holds where nothing was said is said. */
export function settingsInForce(settings: CampaignSettings): CampaignSettings {
  return { first: 'follow_ups', whenNotesUsedUp: 'send_without', ...settings };
}

const capMax = 1_000;

export function settingsProblems(settings: CampaignSettings = {}): FieldProblem[] {
  const caps = [
    ...capProblems('dailyCaps', settings),
    ...capProblems('calendarDayCaps', settings),
    ...companyProblems(settings.company),
  ];
  return [
    ...caps,
    ...choiceProblems('first', settings.first, ['follow_ups', 'new_leads']),
    ...choiceProblems('whenNotesUsedUp', settings.whenNotesUsedUp, ['send_without', 'wait']),
  ];
}

function choiceProblems(
  name: keyof CampaignSettings,
  chosen: string | undefined,
  choices: readonly string[],
): FieldProblem[] {
  if (chosen === undefined || choices.includes(chosen)) return [];
  return [{ path: `/settings/${name}`, message: `Expected ${choices.join(' or ')}.` }];
}

function capProblems(
  name: 'dailyCaps' | 'calendarDayCaps',
  settings: CampaignSettings,
): FieldProblem[] {
  return Object.entries(settings[name] ?? {}).flatMap(([kind, cap]) => {
    const path = `/settings/${name}/${kind}`;
    if (!(actionKinds as readonly string[]).includes(kind)) {
      return [{ path, message: `Expected one of ${actionKinds.join(', ')}.` }];
    }
    if (Number.isInteger(cap) && cap >= 0 && cap <= capMax) return [];
    return [{ path, message: `Expected 0 to ${capMax}.` }];
  });
}

/** All of them at once; what is not named has no setting any more. */
export function changeSettings(
  { data: { settings, at } }: { data: { settings: CampaignSettings; at: Instant } },
  state: CreatedCampaign,
): CampaignEvent[] {
  const problems = settingsProblems(settings);
  if (problems.length > 0) throw new InvalidInputError(problems);
  const [wanted, known] = [settings, state.settings].map(settingsInForce).map(canonical);
  if (wanted === known) return [];
  const { campaignId } = state;
  return [{ type: 'CampaignSettingsChanged', data: { campaignId, settings, at } }];
}

import type { ExplainedCampaign, PacingGroup, QuietGroup } from './overture-api.js';

/** What the leads of a campaign wait for, in words, the most first; `home` is where leads of unknown zone are. */
export function reasonsOf({ campaign, pacing = [] }: ExplainedCampaign, home = ''): string[] {
  const quiet = (campaign.groups ?? []).filter(isWaiting).map(told);
  const paced = pacing.filter(isOfPacing).map((group) => toldOfPacing(group, home));
  return [...merged([...quiet, ...paced])]
    .sort(([, a], [, b]) => b.count - a.count)
    .map(([text, { count, nextAt }]) => `${count} ${text}${nextAt ? ` ${timeText(nextAt)}` : ''}`);
}

interface Told {
  readonly text: string;
  readonly count: number;
  /** Shown where a person asks "until when?". */
  readonly nextAt?: string;
}

/** Groups of several kinds of actions that read the same are one. */
function merged(all: readonly Told[]): Map<string, Told> {
  const byText = new Map<string, Told>();
  for (const { text, count, nextAt } of all) {
    const known = byText.get(text);
    const soonest = [known?.nextAt, nextAt].filter((at) => at !== undefined).sort()[0];
    const sum = count + (known?.count ?? 0);
    byText.set(text, { text, count: sum, ...(soonest !== undefined && { nextAt: soonest }) });
  }
  return byText;
}

// Without a reason of its own a lead waits for its action, and the rules of pacing say why.
function isWaiting({ ended = false, reason = '' }: QuietGroup): boolean {
  return !ended && reason !== '';
}

const ofLeads: Readonly<Record<string, string>> = {
  await_acceptance: 'wait for acceptance',
  await_time: 'wait between two steps',
  await_review: 'with a draft to approve',
  await_task: 'tasks to do',
  await_outcome: 'on their way',
  check_relation: 'being looked up',
  draft_expired: 'need a person: the draft expired',
};

function told({ status, reason = '', leads = 0 }: QuietGroup): Told {
  const plain = reason.replaceAll('_', ' ');
  const text = status === 'paused' ? `paused: ${plain}` : `need a person: ${plain}`;
  return { text: ofLeads[reason] ?? text, count: leads };
}

// The leads themselves say so already.
const ofGates: ReadonlySet<string> = new Set(['enrollment_paused', 'auth_expired', 'login_lost']);

function isOfPacing({ reason = '' }: PacingGroup): boolean {
  return !ofGates.has(reason);
}

function toldOfPacing(group: PacingGroup, home: string): Told {
  const { kind, reason = '', zone = home, actions = 0, nextAt } = group;
  const { says, more } = wordsFor(reason, kind);
  if (more === 'time') return { text: `${says}, next`, count: actions, ...(nextAt && { nextAt }) };
  const isPlaced = more === 'place' && zone !== '';
  return { text: isPlaced ? `${says} (${zone})` : says, count: actions };
}

interface Words {
  readonly says: string;
  /** What a person asks next: until when, or where. */
  readonly more?: 'time' | 'place';
}

const inLine: Words = { says: 'in line', more: 'time' };
const words: Readonly<Record<string, Words>> = {
  '': { says: 'not due yet', more: 'time' },
  not_before: { says: 'not due yet', more: 'time' },
  window: { says: 'outside hours', more: 'place' },
  holiday: { says: 'on a holiday', more: 'place' },
  in_flight: inLine,
  spacing: inLine,
  spacing_of_kind: inLine,
  spacing_of_first_touch: inLine,
};

function wordsFor(reason: string, kind: string): Words {
  if (reason.startsWith('cap_')) return { says: `at the cap of ${kind}s`, more: 'time' };
  return words[reason] ?? { says: reason.replaceAll('_', ' ').toLowerCase() };
}

function timeText(at: string): string {
  const date = new Date(at);
  return `${date.toUTCString().slice(0, 3)} ${date.toISOString().slice(11, 16)}`;
}

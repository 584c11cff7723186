import { dayMs, hourMs, latest, plus, type Instant } from '@overture/kernel';
import {
  currentAction,
  enrollment,
  openPauses,
  type Action,
  type CampaignType,
  type Enrolled,
  type Enrollment,
  type EnrollmentCommand,
  type Planning,
  type Relation,
} from '../src/index.js';
import { branching } from './branching.js';
import { byHand, planningFor, senseByHand } from './stories-by-hand.js';
import { command, connector, messenger, ref, start } from './story.js';

/** One draw of chance: which of the sensible things happens next, how much later, and whether sense is followed. */
export interface Draw {
  readonly choice: number;
  readonly hours: number;
  readonly noise: boolean;
}

/** What a story is told about: a plain connector or messenger, or a connector with everything there is. */
export type Plot = CampaignType | 'branching';

export const plannings: Readonly<Record<Plot, Planning>> = { connector, messenger, branching };

type Tell = (at: Instant) => EnrollmentCommand;

/** Turns draws into the commands of one lead's life, mostly sensible, some of them late, repeated or out of place. */
export function tell(plot: Plot, draws: readonly Draw[]): EnrollmentCommand[] {
  let at = start;
  let state: Enrollment = enrollment.initialState;
  const told: EnrollmentCommand[] = [];
  for (const { choice, hours, noise } of draws) {
    at = plus(at, hours * hourMs);
    const options = noise ? nonsense(state, { plot, told, choice }) : sense(state, plot);
    const next = options[Math.floor(choice / 10) % options.length] as Tell;
    const said = next(at);
    at = latest(at, said.data.at);
    told.push(said);
    state = hear(state, said);
  }
  return told;
}

function hear(state: Enrollment, said: EnrollmentCommand): Enrollment {
  try {
    return enrollment.decide(said, state).reduce(enrollment.evolve, state);
  } catch {
    return state;
  }
}

function sense(state: Enrollment, plot: Plot): Tell[] {
  if (state.status === 'new') return [enroll(plot)];
  const planning = plot === 'branching' ? planningFor(state) : plannings[plot];
  if (state.status === 'checking') return checks(planning);
  const [pauseId] = openPauses(state);
  if (pauseId !== undefined) return [(at) => command('ResumeEnrollment', { pauseId }, at)];
  if (state.status === 'halted') return [(at) => command('RetryAction', { planning }, at)];
  const forPerson = plot === 'branching' ? senseByHand(state, planning) : [];
  if (forPerson.length > 0) return forPerson;
  if (state.status === 'invited') return [accept(planning, 'sync')];
  const action = currentAction(state);
  return action === undefined ? [enroll(plot)] : senseOf(action, planning);
}

function senseOf(action: Action, planning: Planning): Tell[] {
  const { actionId, epoch } = action;
  const claim = { actionId, epoch };
  const settled = { ...claim, planning };
  switch (action.status) {
    case 'planned':
      return [intend(action)];
    case 'intended':
      return [
        ...times(5, (at: Instant) => command('RecordAccepted', settled, at)),
        ...times(2, (at: Instant) => command('RecordUnknown', claim, at)),
        (at) => command('RecordReleased', { ...settled, cause: 'auth_expired' }, at),
        ...labels.map(
          (label): Tell =>
            (at) =>
              command('RecordRejected', { ...settled, label }, at),
        ),
      ];
    case 'unknown':
      return [
        (at) => command('RecordConfirmed', settled, at),
        (at) => command('RecordAbsent', settled, at),
        (at) => command('RecordUndecided', settled, at),
      ];
    default:
      return [accept(planning, 'sync'), reply('m-9')];
  }
}

const labels = [
  'LIMIT_REACHED',
  'STATUS_429',
  'ALREADY_CONNECTED',
  'INVITATION_PENDING',
  'NOT_CONNECTED',
  'PROFILE_NOT_ACCESSIBLE',
  'INVALID_INPUT',
];

function nonsense(
  state: Enrollment,
  { plot, told, choice }: { plot: Plot; told: readonly EnrollmentCommand[]; choice: number },
): Tell[] {
  const lead = plot === 'branching' && state.status !== 'new' ? state : undefined;
  const planning = lead === undefined ? plannings[plot] : planningFor(lead);
  const known = state.status === 'new' ? [] : Object.values(state.actions);
  const kinds = [
    () => interruptions(planning),
    ...(lead === undefined ? [] : times(2, () => byHand(lead, planning))),
    () => checks(planning),
    // Most of all a sender that has not heard of what happened meanwhile.
    () => known.map(intend),
    () => known.map(intend),
    () => known.flatMap((action) => outOfPlace(action, planning)),
    () =>
      told.slice(-10).map(
        (said): Tell =>
          (at) =>
            restamp(said, at),
      ),
  ];
  const some = kinds[choice % kinds.length]?.() ?? [];
  return some.length > 0 ? some : interruptions(planning);
}

function interruptions(planning: Planning): Tell[] {
  return [
    reply('m-1'),
    accept(planning, 'webhook'),
    gone(planning),
    (at) => command('PassDeadline', { planning }, at),
    (at) => command('StopEnrollment', { cause: 'asked' }, at),
    (at) => command('RetryAction', { planning }, at),
    (at) => command('RecognizePerson', { fingerprints: ['f-2'] }, at),
    ...['p-1', 'p-2', 'p-3'].flatMap((pauseId): Tell[] => [
      (at) => command('PauseEnrollment', { pauseId, cause: 'auth_expired' }, at),
      (at) => command('ResumeEnrollment', { pauseId }, at),
    ]),
  ];
}

/** What overtaken claims and late read-backs report, about any action of the lead. */
function outOfPlace(action: Action, planning: Planning): Tell[] {
  const { actionId } = action;
  return [action.epoch - 1, action.epoch, action.epoch + 1].flatMap((epoch): Tell[] => {
    const settled = { actionId, epoch, planning };
    return [
      intend({ ...action, epoch: epoch - 1, notBefore: start }),
      (at) => command('RecordAccepted', settled, at),
      (at) => command('RecordAccepted', { ...settled, alreadyConnected: true }, at),
      (at) => command('RecordConfirmed', settled, at),
      (at) => command('RecordAbsent', settled, at),
      (at) => command('RecordUnknown', { actionId, epoch }, at),
      (at) => command('RecordUndecided', settled, at),
      ...[...labels, 'relation/not-connected'].map(
        (label): Tell =>
          (at) =>
            command('RecordRejected', { ...settled, label }, at),
      ),
      ...causes.map(
        (cause): Tell =>
          (at) =>
            command('RecordReleased', { ...settled, cause }, at),
      ),
    ];
  });
}

const causes = [
  'gate/closed',
  'relation/already-connected',
  'relation/invitation-pending',
  'relation/not-connected',
  'text/missing-field',
  'do-not-contact/listed',
];

function enroll(plot: Plot): Tell {
  const campaignType: CampaignType = plot === 'messenger' ? plot : 'connector';
  const data = { ...ref, campaignType, sequenceVersion: 1, fingerprints: ['f-1'] };
  return (at) => command('EnrollLead', data, at);
}

function checks(planning: Planning): Tell[] {
  const usual = planning === messenger ? 'first_degree' : 'not_connected';
  return [usual, usual, usual, 'first_degree', 'pending', 'not_connected'].map(
    (relation): Tell =>
      (at) =>
        command(
          'CheckRelation',
          { relation: relation as 'pending', lastMessageFromLead: false, planning },
          at,
        ),
  );
}

function intend({ actionId, epoch, notBefore, kind, approvedSha256 = 'abc' }: Action): Tell {
  return (at) => {
    const when = latest(at, notBefore);
    const relation = seen[kind] ?? 'not_connected';
    const data = { actionId, epoch: epoch + 1, textSha256: approvedSha256, syncedAt: when };
    return command('IntendAction', { ...data, relation }, when);
  };
}

const seen: Readonly<Record<string, Relation>> = { message: 'first_degree', withdraw: 'pending' };

function accept(planning: Planning, witness: string): Tell {
  return (at) => command('RecordAcceptance', { acceptedAt: at, witness, planning }, at);
}

function gone(planning: Planning): Tell {
  return (at) => {
    const reinviteLockedUntil = plus(at, 21 * dayMs);
    const seen = { sentAt: at, goneAt: at, witness: 'sync', reinviteLockedUntil };
    return command('RecordInvitationGone', { ...seen, planning }, at);
  };
}

function reply(messageId: string): Tell {
  return (at) => command('RecordReply', { messageId, repliedAt: at, witness: 'sync' }, at);
}

function restamp(said: EnrollmentCommand, at: Instant): EnrollmentCommand {
  return { ...said, data: { ...said.data, at } } as EnrollmentCommand;
}

function times<T>(count: number, one: T): T[] {
  return Array.from({ length: count }, () => one);
}

/** The lead as the whole history leaves it. */
export function after(history: readonly Parameters<typeof enrollment.evolve>[1][]): Enrollment {
  return history.reduce(enrollment.evolve, enrollment.initialState);
}

export function isEnrolled(state: Enrollment): state is Enrolled {
  return state.status !== 'new';
}

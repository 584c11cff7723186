import { plus, type Instant } from '@overture/kernel';
import { keepsTheLaws, play } from '@overture/testing/decider';
import fc from 'fast-check';
import { after, isEnrolled, plannings, tell } from '../../test/stories.js';
import type { CampaignType } from '../campaign/sequence.js';
import type { EnrollmentCommand } from './commands.js';
import { enrollment } from './decide.js';
import type { EnrollmentEvent } from './events.js';
import { nextAction } from './next-action.js';
import { hasEnded, isInFlight, type Enrollment } from './state.js';

// Commands twice, late, out of order, from claims that were overtaken: what must hold whatever happens.
const seed = 20_260_302;
const runs = 300;

function stories(campaignType: CampaignType, without: readonly string[] = []) {
  const draw = fc.record({
    choice: fc.nat(10_000),
    hours: fc.constantFrom(0, 0, 1, 12, 24, 96),
    // Mostly sensible, or no story would get far.
    noise: fc.constantFrom(false, false, false, true),
  });
  return fc
    .array(draw, { minLength: 10, maxLength: 50 })
    .map((draws) => tell(campaignType, draws).filter(({ type }) => !without.includes(type)));
}

/** Events that did happen in some story, to be told again in any order. */
function lived(campaignType: CampaignType): EnrollmentEvent[] {
  return fc.sample(stories(campaignType), { seed, numRuns: 200 }).flatMap(historyOf);
}

function historyOf(story: readonly EnrollmentCommand[]): EnrollmentEvent[] {
  return play(enrollment, story);
}

describe.each(['connector', 'messenger'] as const)('An enrollment of a %s', (campaignType) => {
  const check = (
    property: (story: EnrollmentCommand[]) => void,
    without: readonly string[] = [],
  ): void =>
    fc.assert(fc.property(stories(campaignType, without), property), { seed, numRuns: runs });

  keepsTheLaws(enrollment, {
    stories: stories(campaignType),
    events: fc.constantFrom(...lived(campaignType)),
    seed,
  });

  it('intends nothing after a reply, an end, or while paused (I2)', () =>
    check((story) => {
      const pauses = new Set<string>();
      let over = false;
      for (const event of historyOf(story)) {
        if (event.type === 'ActionIntended') expect([over, ...pauses]).toEqual([false]);
        if (event.type === 'EnrollmentPaused') pauses.add(event.data.pauseId);
        if (event.type === 'EnrollmentResumed') pauses.delete(event.data.pauseId);
        if (endings.has(event.type)) over = true;
        if (event.type === 'ActionPlanned') over = false;
      }
    }));

  it('plans nothing after a reply, ever', () =>
    check((story) => {
      const types = historyOf(story).map(({ type }) => type);
      const reply = types.indexOf('ReplyReceived');
      if (reply !== -1) expect(types.slice(reply)).not.toContain('ActionPlanned');
    }));

  it('sends a step once (I1)', () =>
    check(
      (story) => {
        const steps = historyOf(story).flatMap((event) =>
          event.type === 'ActionSucceeded' ? [event.data.actionId.split('.')[1]] : [],
        );
        expect(new Set(steps).size).toBe(steps.length);
      },
      ['RetryAction'],
    ));

  it('sends one action once, also when a person retries', () =>
    check((story) => {
      const sent = historyOf(story).flatMap((event) =>
        event.type === 'ActionSucceeded' ? [event.data.actionId] : [],
      );
      expect(new Set(sent).size).toBe(sent.length);
    }));

  it('keeps the delay before each step, whatever failed before (F083)', () =>
    check((story) => {
      const { steps } = plannings[campaignType].sequence;
      const sentAt = new Map<number, Instant>();
      for (const { type, data } of historyOf(story)) {
        // A second try by hand may succeed too; the next step counts from the first.
        if (type === 'ActionSucceeded' && !sentAt.has(stepOf(data.actionId))) {
          sentAt.set(stepOf(data.actionId), data.at);
        }
        if (type !== 'ActionIntended' || !data.actionId.endsWith('.0')) continue;
        const step = stepOf(data.actionId);
        const before = sentAt.get(step - 1);
        const delayMs = steps[step]?.delayMs ?? 0;
        if (before !== undefined && steps[step - 1]?.kind !== 'connect') {
          expect(data.at >= plus(before, delayMs)).toBe(true);
        }
      }
    }));

  it('has one action waiting or in flight, unless a person retried one of unknown outcome', () =>
    check(
      (story) => {
        let state: Enrollment = enrollment.initialState;
        for (const event of historyOf(story)) {
          state = enrollment.evolve(state, event);
          if (!isEnrolled(state)) continue;
          const open = Object.values(state.actions).filter(
            (action) => action.status === 'planned' || isInFlight(action),
          );
          expect(open.length).toBeLessThanOrEqual(open.some(isInFlight) ? 2 : 1);
        }
      },
      ['RetryAction'],
    ));

  it('leaves nothing waiting once it has ended (F084)', () =>
    check((story) => {
      const state = after(historyOf(story));
      if (!isEnrolled(state) || !hasEnded(state)) return;
      const waiting = Object.values(state.actions).filter(({ status }) => status === 'planned');
      expect(waiting).toEqual([]);
    }));

  it('always knows what it waits for (I7)', () =>
    check((story) => {
      const state = after(historyOf(story));
      const next = nextAction(state);
      expect(next.do === 'nothing').toBe(hasEnded(state));
      if (next.do === 'await_operator') expect(next.because).not.toBe('nothing_planned');
    }));

  it('accepts, replies and checks at most once', () =>
    check((story) => {
      for (const type of ['InvitationAccepted', 'ReplyReceived', 'RelationChecked']) {
        expect(historyOf(story).filter((event) => event.type === type).length).toBeLessThan(2);
      }
    }));
});

const endings = new Set<EnrollmentEvent['type']>([
  'ReplyReceived',
  'EnrollmentCompleted',
  'EnrollmentStopped',
  'EnrollmentFailed',
  'EnrollmentSkipped',
  'EnrollmentExpired',
]);

function stepOf(actionId: string): number {
  return Number(actionId.split('.')[1]);
}

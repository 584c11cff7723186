import { dayMs, fold, hourMs, instant, minuteMs, msBetween, plus, toMs } from '@overture/kernel';
import { defaultLimits, defaultSchedule, isOpen, type Use } from '@overture/policy';
import { connector, connectorSequence, messenger } from '../../test/story.js';
import { enrollment } from '../enrollment/decide.js';
import type { EnrollmentEvent } from '../enrollment/events.js';
import { seededAnswers } from './answers.js';
import { forecast } from './report.js';
import { play, type Send } from './play.js';
import type { Answers, KnownLead, World } from './world.js';

const monday = instant('2026-03-02T08:00:00Z');
const month = plus(monday, 35 * dayMs);
const nobody: Answers = {
  accepts: () => undefined,
  repliesAfterMs: () => undefined,
  approvesAfterMs: () => undefined,
};

function lead(number: number, campaignId: string, over: Partial<KnownLead> = {}): KnownLead {
  const enrollmentId = `e-${campaignId}-${String(number).padStart(5, '0')}`;
  const ids = { enrollmentId, campaignId, leadId: `l-${number}`, identityId: 'i-1' };
  const isConnector = campaignId.startsWith('connector');
  const type = isConnector ? 'connector' : 'messenger';
  const state = fold(enrollment, [
    {
      type: 'LeadEnrolled',
      data: { ...ids, campaignType: type, sequenceVersion: 1, fingerprints: [], at: monday },
    },
  ]);
  return {
    ...ids,
    state,
    planning: isConnector ? connector : messenger,
    relation: isConnector ? 'not_connected' : 'first_degree',
    ...over,
  };
}

function world(leads: readonly KnownLead[], uses: readonly Use[] = []): World {
  const campaignIds = [...new Set(leads.map(({ campaignId }) => campaignId))];
  return {
    now: monday,
    identities: [
      {
        identityId: 'i-1',
        zone: 'Europe/Lisbon',
        gate: { open: true },
        limits: { profile: defaultLimits },
        uses,
        holds: [],
      },
    ],
    campaigns: campaignIds.map((campaignId) => {
      const gate = { open: true };
      return { campaignId, gate, schedule: defaultSchedule, holidays: new Map() };
    }),
    leads,
  };
}

function run<T>(generator: Generator<unknown, T>): T {
  for (;;) {
    const { done, value } = generator.next();
    if (done) return value;
  }
}

function played(given: World, answers: Answers = nobody) {
  const sends: Send[] = [];
  const events: EnrollmentEvent[] = [];
  const leads = run(
    play(given, answers, month, {
      onSend: (send) => sends.push(send),
      onEvent: (_, event) => events.push(event),
    }),
  );
  return { sends, events, leads };
}

const crowd = (count: number, campaignId: string) =>
  Array.from({ length: count }, (_, index) => lead(index, campaignId));

describe('A forecast (F044, M3)', () => {
  it('sends every message of a messenger to everybody who stays silent', () => {
    const { sends, leads } = played(world(crowd(20, 'messenger')));
    expect(sends).toHaveLength(60);
    expect(leads.every(({ state }) => state.status === 'completed')).toBe(true);
  });

  it('keeps windows, spacing and caps of the live rules (I3, I4)', () => {
    const { sends } = played(world([...crowd(60, 'messenger'), ...crowd(60, 'connector')]));
    for (const { at } of sends) expect(isOpen(defaultSchedule, 'Europe/Lisbon', at, 0)).toBe(true);
    sends.slice(1).forEach(({ at }, index) => {
      expect(msBetween(sends[index]!.at, at)).toBeGreaterThanOrEqual(90_000);
    });
    for (const { at, kind } of sends) {
      const day = sends.filter(
        (other) => other.kind === kind && Math.abs(toMs(other.at) - toMs(at)) < dayMs / 2,
      );
      expect(day.length).toBeLessThanOrEqual(defaultLimits.caps[kind].per24h);
    }
  });

  it('begins with what was used before, however late somebody asks', () => {
    const used = Array.from({ length: defaultLimits.caps.message.per24h }, (_, index): Use => {
      return { kind: 'message', at: plus(monday, -hourMs - index * minuteMs), firstTouch: false };
    });
    const [first] = played(world(crowd(3, 'messenger'), used)).sends;
    expect(msBetween(monday, first!.at)).toBeGreaterThan(22 * hourMs);
  });

  it('stops at an answer, and waits for an acceptance (F084, F013)', () => {
    const answers = {
      ...nobody,
      accepts: () => ({ afterMs: dayMs, seenAfterMs: dayMs }),
      repliesAfterMs: () => hourMs,
    };
    const { sends, leads } = played(world(crowd(5, 'connector')), answers);
    expect(sends.map(({ kind }) => kind).sort()).toEqual([
      ...Array(5).fill('connect'),
      ...Array(5).fill('message'),
      ...Array(5).fill('visit'),
    ]);
    expect(leads.every(({ state }) => state.status === 'replied')).toBe(true);
  });

  it('lets invitations expire when nobody accepts', () => {
    const { leads } = played(world(crowd(3, 'connector')));
    expect(leads.map(({ state }) => state.status)).toEqual(['expired', 'expired', 'expired']);
  });

  it('is the same for the same seed, and another for another', () => {
    const seeded = (seed: string) =>
      played(
        world(crowd(30, 'connector')),
        seededAnswers({ seed, acceptShare: 0.5, replyShare: 0.3 }),
      ).events;
    expect(seeded('a')).toEqual(seeded('a'));
    expect(seeded('a')).not.toEqual(seeded('b'));
  });

  it('names who is blocked and why, when a campaign ends, and where campaigns clash', () => {
    const given = world([
      ...crowd(70, 'messenger'),
      ...crowd(40, 'messenger-2'),
      lead(900, 'messenger-2', { blocked: 'missing: company_name' }),
    ]);
    const report = run(forecast(given, nobody, month));
    expect(report.blocked).toEqual([
      {
        campaignId: 'messenger-2',
        because: 'missing: company_name',
        leads: 1,
        exampleLeadIds: ['l-900'],
      },
    ]);
    expect(report.ends.map(({ campaignId }) => campaignId)).toEqual(['messenger']);
    expect(new Set(report.clashes.map(({ campaignId }) => campaignId)).size).toBe(2);
    const sends = report.hours.reduce((sum, { sends: each }) => sum + each, 0);
    expect(sends).toBe(330);
    expect(report.hours.every(({ hour }) => hour >= 9 && hour < 17)).toBe(true);
  });

  describe('of invitations with a note (F027, F044, P20)', () => {
    const told = (more: Partial<World['campaigns'][number]>, known: object = {}): World => {
      const given = world(crowd(7, 'connector'));
      return {
        ...given,
        identities: given.identities.map((identity) => ({
          ...identity,
          limits: { profile: defaultLimits, tier: 'classic' as const },
          ...known,
        })),
        campaigns: given.campaigns.map((campaign) => ({ ...campaign, ...more })),
      };
    };
    const invitations = (given: World) =>
      played(given).sends.filter(({ kind }) => kind === 'connect');

    it('lets them go without it once the month is used up', () => {
      const sent = invitations(told({}));
      expect(sent.map(({ withoutNote }) => withoutNote)).toEqual([
        ...Array<boolean>(5).fill(false),
        true,
        true,
      ]);
    });

    it('waits for the next month where the campaign says so, and names the clash', () => {
      const given = told({ whenNotesUsedUp: 'wait' });
      const sent = invitations(given);
      expect(sent.every(({ withoutNote }) => !withoutNote)).toBe(true);
      expect(msBetween(sent[0]!.at, sent[5]!.at)).toBeGreaterThan(31 * dayMs);
      const { clashes } = run(forecast(given, nobody, month));
      expect(clashes).toContainEqual(expect.objectContaining({ rule: 'note_quota' }));
    });

    it('begins with the notes that were used before, here and by hand', () => {
      const at = plus(monday, -10 * dayMs);
      const uses = [{ kind: 'connect', at, firstTouch: true, hasNote: true }];
      const here = invitations(told({}, { uses }));
      expect(here.filter(({ withoutNote }) => !withoutNote)).toHaveLength(4);
      const byHand = invitations(told({}, { uses, notesLeft: 1 }));
      expect(byHand.filter(({ withoutNote }) => !withoutNote)).toHaveLength(1);
    });
  });

  it('plans no lead whose sequence it does not know', () => {
    const other = { ...connector, sequence: { ...connectorSequence, version: 2 } };
    const { sends } = played(world([lead(1, 'connector', { planning: other })]));
    expect(sends).toEqual([]);
  });

  it('gives way to its caller while it plays', () => {
    const generator = play(world(crowd(100, 'messenger')), nobody, month);
    expect(generator.next().done).toBe(false);
  });
});

import { dayMs, fold, hourMs, instant, minuteMs, plus } from '@overture/kernel';
import { defaultLimits, defaultSchedule, type CompanyCap } from '@overture/policy';
import { messenger } from '../../test/story.js';
import { enrollment } from '../enrollment/decide.js';
import type { EnrollmentEvent } from '../enrollment/events.js';
import { play, type Send } from './play.js';
import type { Answers, KnownCampaign, KnownLead, World } from './world.js';

const monday = instant('2026-03-02T10:00:00Z');
const cap = { people: 1, days: 7 };

function lead(number: number, identityId: string, companyKey: string): KnownLead {
  const enrollmentId = `e-${number}`;
  const ids = { enrollmentId, campaignId: 'c-1', leadId: `l-${number}`, identityId };
  const data = { ...ids, campaignType: 'messenger', sequenceVersion: 1, fingerprints: [] } as const;
  const state = fold(enrollment, [{ type: 'LeadEnrolled', data: { ...data, at: monday } }]);
  const planning = { ...messenger, companyKey };
  return { ...ids, state, planning, relation: 'first_degree' };
}

function world(leads: readonly KnownLead[], chosen: Partial<KnownCampaign> = {}): World {
  const gate = { open: true };
  return {
    now: monday,
    leads,
    identities: ['i-1', 'i-2'].map((identityId) => {
      const limits = { profile: defaultLimits };
      return { identityId, zone: 'Etc/UTC', gate, limits, uses: [], holds: [] };
    }),
    campaigns: [
      { campaignId: 'c-1', gate, schedule: defaultSchedule, holidays: new Map(), ...chosen },
    ],
  };
}

const silent: Answers = {
  accepts: () => undefined,
  repliesAfterMs: () => undefined,
  approvesAfterMs: () => undefined,
};

function played(given: World, answers: Answers = silent) {
  const sends: Send[] = [];
  const events: EnrollmentEvent[] = [];
  const generator = play(given, answers, plus(monday, 30 * dayMs), {
    onSend: (send) => sends.push(send),
    onEvent: (_, event) => events.push(event),
  });
  for (;;) {
    const { done, value: leads } = generator.next();
    if (done) return { sends, events, leads };
  }
}

const firsts = (sends: readonly Send[]) =>
  sends.filter(({ actionId }) => actionId.endsWith('.0.0'));

describe('A forecast of people who work together', () => {
  it('contacts as few of a company as its campaign allows, by all identities together (F034, M3)', () => {
    const leads = [lead(1, 'i-1', 'acme'), lead(2, 'i-2', 'acme'), lead(3, 'i-1', 'other')];
    const { sends } = played(world(leads, { companyCap: cap }));
    const [ada, other, ben] = firsts(sends);
    expect([ada?.leadId, other?.leadId, ben?.leadId]).toEqual(['l-1', 'l-3', 'l-2']);
    expect(ben!.at >= plus(ada!.at, 7 * dayMs)).toBe(true);
    expect(firsts(played(world(leads)).sends).map(({ at }) => at < plus(monday, dayMs))).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('counts who was contacted before it begins (F034, M3)', () => {
    const contacts = [{ companyKey: 'acme', leadId: 'l-9', at: plus(monday, -dayMs) }];
    const given = { ...world([lead(1, 'i-1', 'acme')], { companyCap: cap }), contacts };
    const [ada] = firsts(played(given).sends);
    expect(ada!.at >= plus(monday, 6 * dayMs + 15 * minuteMs)).toBe(true);
  });

  it('stops colleagues when somebody answers, where the campaign does (F034, M3)', () => {
    const leads = [lead(1, 'i-1', 'acme'), lead(2, 'i-2', 'acme'), lead(3, 'i-1', 'other')];
    const answers: Answers = {
      ...silent,
      repliesAfterMs: ({ leadId }) => (leadId === 'l-1' ? hourMs : undefined),
    };
    const statuses = (given: World) =>
      played(given, answers).leads.map(({ state }) => state.status);
    const stopping = { answered: new Set<string>() };
    expect(statuses(world(leads, stopping))).toEqual(['replied', 'stopped', 'completed']);
    expect(statuses(world(leads))).toEqual(['replied', 'completed', 'completed']);
    const known = world([lead(2, 'i-2', 'acme')], { answered: new Set(['acme']) });
    expect(statuses(known)).toEqual(['stopped']);
  });

  it('decides like a scheduler that has several under one cap on its hands at once (F034)', () => {
    const many: readonly KnownLead[] = Array.from({ length: 40 }, (_, n) =>
      lead(n, n % 2 === 0 ? 'i-1' : 'i-2', `company-${n % 4}`),
    );
    const few: CompanyCap = { people: 2, days: 3 };
    const { sends } = played(world(many, { companyCap: few }));
    const byCompany = new Map<string, Send[]>();
    for (const send of firsts(sends)) {
      const key = many.find(({ leadId }) => leadId === send.leadId)?.planning.companyKey ?? '';
      byCompany.set(key, [...(byCompany.get(key) ?? []), send]);
    }
    expect(byCompany.size).toBe(4);
    for (const contacted of byCompany.values()) {
      expect(contacted.length).toBeGreaterThan(8);
      for (const { at } of contacted) {
        const within = contacted.filter((each) => each.at <= at && each.at > plus(at, -3 * dayMs));
        expect(within.length).toBeLessThanOrEqual(2);
      }
    }
  });
});
